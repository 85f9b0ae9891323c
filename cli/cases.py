"""`rj cases`: the cases that the reader may see, what was done last in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.behind import lists
from cli.ending import Code, nonsense
from cli.looking import DEMO, OVERVIEW
from cli.mistyped import close_to
from cli.moments import shown
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.state import as_json
from cli.typed import as_typed
from cli.wording import stage_words
from domain.permissions import View
from domain.stage import STAGES
from projections import cases as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections import ListedCase

Stage = Annotated[
    str | None,
    Parameter(
        name="--stage",
        metavar="STAGE",
        help=f"only those at this stage: {', '.join(as_typed(code) for code in STAGES)}",
    ),
]
Mine = Annotated[bool, Parameter(name="--mine", help="only those that you work on", negative="")]


def cases(*, stage: Stage = None, mine: Mine = False, as_: As = None, json: Json = False) -> int:
    """List the cases that you may see, with where each stands and who works on it.

    References and codes only. It says how far behind the log it is.
    """
    wanted = _stage(stage)
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        worked_on_by = here.reader.id if mine else None
        found = here.listed(
            lambda: listed(here.views, here.reader, stage=wanted, worked_on_by=worked_on_by),
            lambda rows: (one.case for one in rows),
            stage=wanted,
            worked_on_by=worked_on_by,
        )
        if json:
            tell_json({**here.as_json(), "cases": [as_json(one) for one in found]})
            return Code.DONE
        if found:
            table(_COLUMNS, [_row(one) for one in found])
        else:
            tell("No cases that you may see.")
        here.note()
    return Code.DONE


_THEIR_PACE = "THEIR_PACE"
_COLUMNS = ("case", "", "stands", "last", "pairs", "lead")


def _row(one: ListedCase) -> Sequence[str]:
    counts = {"open": one.pairs_open, "ended": one.pairs_ended}
    pairs = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    theirs = one.at_their_pace and one.stage != _THEIR_PACE
    stands = stage_words(one.stage) + ("; at their pace" if theirs else "")
    last = shown(one.last_activity).partition(" ")[0]
    return one.case, DEMO if one.demo else "", stands, last, pairs or "—", one.lead or "—"


def _stage(typed: str | None) -> str | None:
    if typed is None:
        return None
    code = typed.upper().replace("-", "_")
    if code not in STAGES:
        near = close_to(code, STAGES) or f"; one of {', '.join(as_typed(c) for c in STAGES)}"
        raise nonsense(f"--stage: there is no such stage{near}")
    return code
