"""`rj rights list`: the data-protection register, what is due first in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.behind import lists
from cli.ending import Code
from cli.looking import DEMO
from cli.moments import shown_day
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.state import as_json
from cli.wording import words_of
from domain.permissions import View
from projections import dossiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections import Listed

RIGHTS = "rights"
"""What a reading of the register is for."""
Closed = Annotated[
    bool,
    Parameter(name="--closed", help="what is closed, too", negative="", show_default=False),
]
Nobody = Annotated[
    bool,
    Parameter(
        name="--nobody",
        help="only those that name nobody, open or closed: whom they are about is still to be said",
        negative="",
        show_default=False,
    ),
]
_COLUMNS = ("dossier", "", "what", "", "received", "due", "decided", "cases")


def listed(
    *, closed: Closed = False, nobody: Nobody = False, as_: As = None, json: Json = False
) -> int:
    """List the register of requests, breaches and requests for notes: what is open, and when the
    answer is due; and how many name nobody, so that they are found for nobody. For the
    data-protection officer; each look is written down."""
    with lists(as_, View.DOSSIER, RIGHTS) as here:
        every = here.listed(
            lambda: dossiers(here.views, closed=True),
            lambda rows: (one.dossier for one in _shown(rows, closed=closed, nobody=nobody)),
            closed=closed,
            nobody=nobody,
        )
        found = _shown(every, closed=closed, nobody=nobody)
        unnamed = [one.dossier for one in every if one.names_nobody]
        if json:
            told = [{**as_json(one), "names_nobody": one.names_nobody} for one in found]
            tell_json({**here.as_json(), "dossiers": told, "unnamed": len(unnamed)})
            return Code.DONE
        if found:
            table(_COLUMNS, [_row(one) for one in found])
        else:
            tell("There is no such entry." if nobody else "There is nothing open in the register.")
        if unnamed and not nobody:
            tell(f"{len(unnamed)} name nobody, closed ones among them (--nobody lists them).")
        elif unnamed:
            tell("Once it is known whom one is about: rj rights about DOSSIER CASE=PARTY.")
        here.note()
    return Code.DONE


def _shown(every: Sequence[Listed], *, closed: bool, nobody: bool) -> list[Listed]:
    if nobody:
        return [one for one in every if one.names_nobody]
    return [one for one in every if closed or one.closed is None]


def _row(one: Listed) -> Sequence[str]:
    due = _closed(one) if one.closed else shown_day(one.due)
    return (
        one.dossier,
        DEMO if one.demo else "",
        words_of(one.kind),
        words_of(one.what),
        shown_day(one.received),
        due,
        words_of(one.decision),
        ", ".join(one.subjects) or "—",
    )


def _closed(one: Listed) -> str:
    if one.erased:
        return f"closed; words erased {shown_day(one.erased)}"
    return f"closed; looked at {shown_day(one.due)}"
