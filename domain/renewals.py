"""What keeps a practitioner in date, and when each of it lapses: one row a clock.

Whether they may act is asked at each act on its day (`domain/competence.py`). This says what is to
be renewed by when, early enough; what was not is an event and a task, and never changes what
somebody may do or what becomes of their cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.calendar import end_of, local_day, working_days_after
from domain.case import wait_key
from domain.competence import YEAR, developed, trained_for
from domain.missed import EXPLAINING
from domain.words import Act, Credential

if TYPE_CHECKING:
    from datetime import datetime

    from domain.limits import Limits
    from domain.matrix import Matrix
    from domain.practitioner import Practitioner


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what lapses, what each is to do about it, and how it is found."""

    name: str
    sentence: str
    """What it means to whoever is to do it."""
    once_missed: str
    """What it means to the other of the two, once it was not done in time."""
    find: Callable[[Practitioner, Matrix, Limits], Iterator[Found]]
    by_a_supervisor: bool = False
    """Whether somebody else does it; else it is the practitioner's own."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """One thing that keeps somebody in date, and when it ends."""

    row: Row
    subject: str
    """The practitioner, or which credential it is, as a code."""
    since: datetime
    due: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from any other, its date included."""
        return wait_key(self.row.name, self.subject, self.due)


def renewals(who: Practitioner, limits: Limits, matrix: Matrix) -> tuple[Renewal, ...]:
    """Return everything that somebody is to have renewed, what ends first in front; and what
    follows from an observation, or from a clock that was missed."""
    if not who.active or who.registered_at is None:
        return ()
    found = [Renewal(row, *one) for row in TABLE for one in row.find(who, matrix, limits)]
    return tuple(sorted(found, key=lambda one: (one.due, one.row.name, one.subject)))


def lapses(who: Practitioner, at: datetime, limits: Limits, matrix: Matrix) -> tuple[Renewal, ...]:
    """Return what has lapsed by this moment, or will soon, what ends first in front."""
    ahead = timedelta(days=limits.before_lapse)
    return tuple(one for one in renewals(who.on(at), limits, matrix) if one.due <= at + ahead)


def missed(who: Practitioner, limits: Limits, matrix: Matrix, at: datetime) -> tuple[Renewal, ...]:
    """Return what lapsed by this moment and was not told to be missed yet."""
    return tuple(one for told, one in _to_tell(who, limits, matrix) if told <= at)


def next_missed(who: Practitioner, limits: Limits, matrix: Matrix) -> datetime | None:
    """Return the earliest moment at which something is to be told that was not told yet."""
    return min((told for told, _ in _to_tell(who, limits, matrix)), default=None)


def _to_tell(
    who: Practitioner, limits: Limits, matrix: Matrix
) -> Iterator[tuple[datetime, Renewal]]:
    for one in renewals(who, limits, matrix):
        if one.key not in who.missed:
            yield _told_at(who, limits, one.due), one


def _told_at(who: Practitioner, limits: Limits, due: datetime) -> datetime:
    """Whoever is entered into the register is entered step by step: that is not late."""
    if who.entered_at is None or due > who.entered_at:
        return due
    return working_days_after(who.entered_at, limits.catching_up)


Found = tuple[str, "datetime", "datetime"]
"""Subject, since when, and when it ends."""


def _supervision(who: Practitioner, matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    span = timedelta(weeks=matrix.in_date.supervision_weeks)
    yield from _since(who, matrix, who.supervised_at, span)


def _observed(who: Practitioner, matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    span = timedelta(days=matrix.in_date.observed_days)
    yield from _since(who, matrix, who.observed_at, span)


def _practised(who: Practitioner, matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    span = timedelta(days=matrix.in_date.practised_days)
    yield from _since(who, matrix, who.practised_at, span)


def _development(who: Practitioner, matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    began = who.registered_at
    if began is None:
        return
    ends = (at + YEAR for at, _ in who.development)
    enough = (end for end in ends if developed(who.on(end), end, matrix))
    due = max(enough, default=began)
    if _facilitates_on(who, due, matrix):
        yield who.id, began, due


def _credentials(who: Practitioner, _matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    for credential, end in who.until.items():
        since = who.credentials.get(credential, who.registered_at or end)
        yield credential.value, since, end


def _refresher(who: Practitioner, matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    days = matrix.local_resolution.refresher_days
    last = who.trained_at.get(Credential.LOCAL_RESOLUTION)
    if days is None or last is None:
        return
    due = last + timedelta(days=days)
    if trained_for(who.on(due), Act.LOCAL_RESOLUTION, matrix):
        yield who.id, last, due


def _planned(who: Practitioner, matrix: Matrix, _limits: Limits) -> Iterator[Found]:
    plan = who.observation
    if plan and plan.observed_at is None:
        due = end_of(local_day(plan.planned_for))
        if _facilitates_on(who, due, matrix):
            yield who.id, plan.planned_at, due


def _fed_back(who: Practitioner, _matrix: Matrix, limits: Limits) -> Iterator[Found]:
    held = who.observation and who.observation.observed_at
    if held:
        yield who.id, held, working_days_after(held, limits.observation_feedback)


def _unexplained(who: Practitioner, _matrix: Matrix, limits: Limits) -> Iterator[Found]:
    for one in who.clocks.values():
        if one.cause is None:
            yield one.id, one.since, working_days_after(one.since, limits.explain_missed)


def _since(
    who: Practitioner, matrix: Matrix, last: datetime | None, span: timedelta
) -> Iterator[Found]:
    began = who.registered_at
    since = last or began
    due = last + span if last else began
    if since and due and _facilitates_on(who, due, matrix):
        yield who.id, since, due


def _facilitates_on(who: Practitioner, day: datetime, matrix: Matrix) -> bool:
    """What lapses after somebody stopped being a facilitator binds nobody."""
    return trained_for(who.on(day), Act.FACILITATE, matrix)


TABLE = (
    Row(
        "supervision",
        "supervise this practitioner, or they are out of date",
        "you are out of date until you are supervised: ask for it",
        _supervision,
        by_a_supervisor=True,
    ),
    Row(
        "observed_practice",
        "observe this practitioner's practice, or they are out of date",
        "you are out of date until your practice is observed: ask for it",
        _observed,
        by_a_supervisor=True,
    ),
    Row(
        "practice",
        "take part in a process or a training, or be out of date",
        "this practitioner is out of date until they take part in a process or a training",
        _practised,
    ),
    Row(
        "development",
        "add hours of development, approved ones too, or be out of date",
        "this practitioner is out of date until hours of development are added",
        _development,
    ),
    Row(
        "credential",
        "renew a credential that was given for a time",
        "a credential of this practitioner has ended: have it renewed, or withdraw it",
        _credentials,
    ),
    Row(
        "refresher",
        "refresh your training for local resolution, or be out of date for it",
        "this practitioner is out of date for local resolution until they are trained again",
        _refresher,
    ),
    Row(
        "planned_observation",
        "see that this practitioner's practice is observed as planned, or put it off",
        "your practice was to be observed and was not: ask for another day",
        _planned,
        by_a_supervisor=True,
    ),
    Row(
        "observation_feedback",
        "see that what was observed of this practitioner's practice is talked through with them",
        "nobody has talked through with you what was observed of your practice: ask for it",
        _fed_back,
        by_a_supervisor=True,
    ),
    Row(
        EXPLAINING,
        "say why what keeps this practitioner in date was not renewed in time",
        "nobody has said why something of yours was not renewed in time: tell your supervisor",
        _unexplained,
        by_a_supervisor=True,
    ),
)
"""Every clock of a practitioner. A new one is a row and its function."""
