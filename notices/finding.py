"""What there is to tell whom, as the lists have it now: the same at each look, until it is done.

The outbox takes each notice once. So nothing here remembers what was told, and a look that was
missed is made up for by the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.calendar import end_of, local_day
from domain.covering import covers
from domain.permissions import may
from domain.words import Act
from notices.notice import Kind, Notice
from projections import (
    ALLOCATION,
    OtherTask,
    Staff,
    assigned,
    is_danger,
    joined,
    lapsing,
    of_dossiers,
    owed,
    sight,
    task_of,
)
from projections.practitioners import everybody

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from access import NotAccepted, Refusals
    from domain.limits import Limits
    from domain.practitioner import Practitioner
    from projections import Views

_TO_WORK_ON = "work on it from now on"
_TO_ANSWER = "answer what you are asked about it: rj consulted shows the question"
_TO_COVER = "work in their place until they are back"
_CHECK_OUT = "check_out"
_TO_SEE_TO = "see to a queued command that was not accepted"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where that stands of which staff are told."""

    views: Views
    refusals: Refusals


def to_tell(sources: Sources, now: datetime) -> list[Notice]:
    """Return every notice that follows from how things stand now; what is made up is left out.

    Raises the vault's `Unavailable` of the lists and of the refusals.
    """
    views = sources.views
    working = [(who, demo) for who, demo in everybody(views) if who.active]
    staff = [who for who, _ in working]
    also = joined(views, [_as_task(one) for one in sources.refusals.tasks()])
    by = end_of(local_day(now))
    places = Staff(views, now)
    owing = (row for row in owed(views, by) if _is_time(row, now, views.limits))
    rows = [places.placed(row) for row in (*owing, *also)]
    found = [
        *_assigned(views, staff),
        *_covering(working, now),
        *(n for row in rows for n in _of_row(row, staff)),
        *_of_register(views, staff, by),
        *_of_renewals(views, staff, now, by),
    ]
    return list(dict.fromkeys(found))


def _is_time(row: Mapping[str, Any], now: datetime, limits: Limits) -> bool:
    """Say whether something that is owed today is told yet: whoever is on a visit just said by when
    they are back, and is reminded once that is over."""
    if row["name"] != _CHECK_OUT or row["missed"]:
        return True
    return bool(row["due"] - timedelta(minutes=limits.check_out_minutes) <= now)


def _assigned(views: Views, staff: list[Practitioner]) -> Iterator[Notice]:
    known = {who.id for who in staff}
    for row in assigned(views):
        if row["whom"] in known and not row["demo"]:
            kind = Kind.ASKED if row["asked"] else Kind.ASSIGNED
            task = _TO_ANSWER if row["asked"] else _TO_WORK_ON
            at, subject = row["at"], str(row["version"])
            yield Notice(kind, row["whom"], row["stream"], task, None, at, subject)


def _covering(working: list[tuple[Practitioner, bool]], now: datetime) -> Iterator[Notice]:
    """Yield who covers for whom from now on: told anew if the day of return is another."""
    known = {who.id: who for who, _ in working}
    for who, demo in working:
        absence = who.away(now)
        cover = known.get(absence.cover or "") if absence else None
        if absence and cover and not demo and covers(cover, who, now):
            since, until = absence.covered_since(), absence.back
            yield Notice(Kind.COVERING, cover.id, who.id, _TO_COVER, until, since, absence.id)


def _of_register(views: Views, staff: list[Practitioner], by: datetime) -> Iterator[Notice]:
    """Yield what the data-protection register waits for, to whoever keeps it and nobody else."""
    for who in staff:
        for row in of_dossiers(views, who):
            if row["missed"] or row["due"] <= by:
                yield from _of_row(row, [who])


def _of_renewals(
    views: Views, staff: list[Practitioner], now: datetime, by: datetime
) -> Iterator[Notice]:
    """Yield what keeps practitioners in date, to whoever can do it: weeks before, on the day and
    once it was missed; then to the other of the two as well, with a task of their own."""
    known, ahead = {who.id: who for who in staff}, timedelta(days=views.limits.before_lapse)
    for row in lapsing(views, now):
        who = known.get(row["stream"])
        told = who and not row["demo"] and _told_of(who, row, by, ahead)
        if told:
            kind, since = told
            whom, _ = _whose(row, staff)
            others = whom - {row["stream"]} if row["whom"] is None else whom
            yield from _to_each(others or whom, kind, row, since, row["about"])


def _told_of(
    who: Practitioner, row: Mapping[str, Any], by: datetime, ahead: timedelta
) -> tuple[Kind, datetime] | None:
    """Return as what something that keeps somebody in date is told, and since when; None if not."""
    due: datetime = row["due"]
    if row["missed"]:
        what = (row["name"], row["about"] or row["subject"], due)
        clocks = (one for one in who.clocks.values() if (one.wait, one.subject, one.due) == what)
        return Kind.MISSED, next((one.since for one in clocks), due)
    if who.entered_at is not None and due <= who.entered_at:
        # Whoever is being entered is entered step by step: that is not late.
        return None
    if due <= by:
        return Kind.DUE, due
    return (Kind.LAPSES, due - ahead) if row["since"] < due - ahead else None


def _of_row(row: Mapping[str, Any], staff: list[Practitioner]) -> Iterator[Notice]:
    if row["demo"]:
        return
    kind = _kind(row)
    whom, supervisors = _whose(row, staff)
    # What was missed is a supervisor's to know of as well.
    told = whom | supervisors if kind is Kind.MISSED else whom
    since = row["due"] if kind in (Kind.DUE, Kind.MISSED) and row["due"] else row["since"]
    yield from _to_each(told, kind, row, since)


def _whose(row: Mapping[str, Any], staff: list[Practitioner]) -> tuple[set[str], set[str]]:
    """Return whose task a row is, by reference, and who supervises there."""
    theirs = {who.id for who in staff} - {*row["conflicted"]}
    supervisors = {who.id for who in staff if may(who, Act.SUPERVISE, sight.light(row))} & theirs
    return {row["whom"]} & theirs or supervisors, supervisors


def _to_each(
    told: Iterable[str],
    kind: Kind,
    row: Mapping[str, Any],
    since: datetime,
    of: str | None = None,
) -> Iterator[Notice]:
    subject = f"{row['name']} {of or row['subject']}"
    for one in sorted(told):
        yield Notice(kind, one, row["stream"], task_of(row), row["due"], since, subject)


def _kind(row: Mapping[str, Any]) -> Kind:
    if row["name"] == _REFUSED:
        return Kind.REFUSED
    if row["missed"]:
        return Kind.MISSED
    if is_danger(row):
        return Kind.AT_ONCE
    return Kind.FACILITATOR_NEEDED if row["name"] == ALLOCATION else Kind.DUE


_REFUSED = "refused_signal"


def _as_task(refused: NotAccepted) -> OtherTask:
    return OtherTask(
        stream=refused.stream,
        name=_REFUSED,
        sentence=_TO_SEE_TO,
        subject=refused.command,
        about=None,
        since=refused.recorded_at,
        by=refused.actor,
    )
