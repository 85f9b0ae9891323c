"""`rj team`: caseloads, cases without a lead, decisions that wait, and what was missed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.behind import lists
from cli.ending import Code
from cli.looking import OVERVIEW
from cli.moments import away, shown, shown_day
from cli.options import As, Json
from cli.output import heading, table, tell, tell_json
from cli.state import as_json
from cli.waiting import about, elsewhere, whose
from domain.permissions import View
from projections import team as overview

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from projections import Load, Waiting
    from projections.team import Overview

Area = Annotated[
    bool, Parameter(name="--area", help="the whole area, and not only your own", negative="")
]


def team(*, area: Area = False, as_: As = None, json: Json = False) -> int:
    """Show who works on how much, what has no lead, what waits for a decision, and what is late.

    Of your own organisation in your area, in cases that you may see; what keeps practitioners in
    date and has lapsed is late too. References and codes only.
    """
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        now = datetime.now(UTC)
        also = elsewhere(here, now)
        found = here.listed(
            lambda: overview(here.views, here.reader, now, area=area, also=also),
            _cases_of,
            area=area,
        )
        if json:
            tell_json({**here.as_json(), **as_json(found)})
            return Code.DONE
        loads = [
            (_who(o), *map(str, (o.lead, o.co, o.worker, o.due, o.overdue, o.at_their_pace)))
            for o in found.loads
        ]
        _part("Caseload", _LOADS, loads)
        without = [(c.case, shown(c.referred_at).partition(" ")[0]) for c in found.unallocated]
        _part("Nobody leads", ("case", "referred"), without)
        _part("Waiting for a decision", _WAITS, [_row(one) for one in found.decisions])
        _part("Overdue", _WAITS, [_row(one) for one in found.missed])
        if not (found.loads or without or found.decisions or found.missed):
            tell("Nothing is in hand in the cases that you may see.")
        here.note()
    return Code.DONE


def _cases_of(team: Overview) -> Iterator[str]:
    yield from (one.case for one in team.unallocated)
    yield from (one.case for one in (*team.decisions, *team.missed))


_LOADS = ("who", "leads", "co", "worker", "due", "overdue", "at their pace")
_WAITS = ("case", "due", "what", "about", "whom")


def _part(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        heading(title)
        table(columns, rows)


def _who(one: Load) -> str:
    if not one.active:
        return f"{one.who} (left)"
    return f"{one.who} ({away(one.absence)})" if one.absence else one.who


def _row(one: Waiting) -> Sequence[str]:
    return one.case, shown_day(one.due), one.sentence, about(one), whose(one)
