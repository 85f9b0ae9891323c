"""`rj waiting`: the work queue, and apart what waits at a person's own pace."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from access import open_refusals
from cli.audit.review import is_due
from cli.behind import lists
from cli.ending import Code
from cli.looking import DEMO, OVERVIEW
from cli.moments import shown, shown_day
from cli.options import As, Json
from cli.output import heading, table, tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.wording import words_of
from domain.ids import DOSSIER_PREFIX, PRACTITIONER_PREFIX
from domain.permissions import View, may
from projections import (
    AREA,
    TEAM,
    OtherTask,
    Standing,
    joined,
    lapsing,
    of_dossiers,
    review_of_looks,
)
from projections import waiting as queue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from access import NotAccepted
    from cli.behind import Lists
    from projections import Waiting

Who = Annotated[
    str | None,
    Parameter(
        name="--who",
        metavar="WHO",
        help="whose work: a practitioner's reference, me, team (your organisation's), or area",
    ),
]
ME = "me"
REFUSED_SIGNAL = "refused_signal"
_TITLES = {
    Standing.OVERDUE: "Overdue",
    Standing.DUE: "Due today",
    Standing.LATER: "Due later",
    Standing.UNDATED: "Without a date",
    Standing.AT_THEIR_PACE: "At their own pace (nobody is hurried)",
}


def waiting(*, who: Who = None, as_: As = None, json: Json = False) -> int:
    """List what is waited for in the cases that you may see: overdue, due, and on whom.

    What waits at a person's own pace stands apart: it is nobody's task to hurry it.
    """
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        now = datetime.now(UTC)
        also = elsewhere(here, now)
        whose = _who(who, here)
        found = here.listed(
            lambda: queue(here.views, here.reader, now, whose, also),
            lambda rows: (one.case for one in rows),
            who=whose,
        )
        if json:
            tell_json({**here.as_json(), "waiting": [as_json(one) for one in found]})
            return Code.DONE
        for standing, title in _TITLES.items():
            rows = [_row(one) for one in found if one.standing is standing]
            if rows:
                heading(title)
                table(_COLUMNS, rows)
        if not found:
            tell("Nothing is waited for in the cases that you may see.")
        here.note()
    return Code.DONE


_COLUMNS = ("case", "", "due", "what", "about", "whom")


def _row(one: Waiting) -> Sequence[str]:
    theirs = one.standing is Standing.AT_THEIR_PACE
    due = f"since {shown(one.since)}" if theirs else shown_day(one.due)
    whom = "—" if theirs else whose(one)
    return one.case, DEMO if one.demo else "", due, one.sentence, about(one), whom


def whose(one: Waiting) -> str:
    """Return whose task something is, and in whose place, for people."""
    if one.whom is None:
        return "a supervisor"
    return f"{one.whom} (for {one.in_place_of})" if one.in_place_of else one.whom


def about(one: Waiting) -> str:
    """Return what something that is waited for is about, and of which kind it is."""
    itself = _ITSELF.get(one.case[:2], "the case")
    subject = itself if one.subject == one.case else one.subject
    return f"{subject} ({words_of(one.about)})" if one.about else subject


_ITSELF = {PRACTITIONER_PREFIX: "the practitioner", DOSSIER_PREFIX: "the entry"}


def elsewhere(here: Lists, now: datetime) -> list[Mapping[str, Any]]:
    """Return the work that stands elsewhere than in cases: queued commands that were not accepted,
    what keeps practitioners in date, and the data-protection register."""
    of_looks = review_of_looks(here.reader, _review_due(here, now))
    register = of_dossiers(here.views, here.reader)
    accepted = joined(here.views, not_accepted(here))
    return [*accepted, *lapsing(here.views, now), *of_looks, *register]


def _who(typed: str | None, here: Lists) -> str | None:
    if typed is None or typed.lower() in (TEAM, AREA):
        return typed and typed.lower()
    if typed.lower() == ME:
        return here.reader.id
    return reference(typed, PRACTITIONER_PREFIX)


def _review_due(here: Lists, now: datetime) -> datetime | None:
    return is_due(here.look, now) if may(here.reader, View.ACCESS_LOG) else None


def not_accepted(here: Lists) -> list[OtherTask]:
    """Return the queued commands that were not accepted and that staff have yet to see to."""
    refusals = open_refusals(here.look.settings.database("access"), create=False)
    try:
        return [_as_task(task) for task in refusals.tasks()]
    finally:
        refusals.close()


def _as_task(task: NotAccepted) -> OtherTask:
    return OtherTask(
        stream=task.stream,
        name=REFUSED_SIGNAL,
        sentence="see to a queued command that was not accepted",
        subject=task.command,
        about=task.name,
        since=task.recorded_at,
        by=task.actor,
    )
