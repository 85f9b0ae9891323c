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
_COLUMNS = ("dossier", "", "what", "", "received", "due", "decided", "cases")


def listed(*, closed: Closed = False, as_: As = None, json: Json = False) -> int:
    """List the register of requests, breaches and requests for notes: what is open, and when the
    answer is due. For the data-protection officer; each look is written down."""
    with lists(as_, View.DOSSIER, RIGHTS) as here:
        found = here.listed(
            lambda: dossiers(here.views, closed=closed),
            lambda rows: (one.dossier for one in rows),
            closed=closed,
        )
        if json:
            tell_json({**here.as_json(), "dossiers": [as_json(one) for one in found]})
            return Code.DONE
        if found:
            table(_COLUMNS, [_row(one) for one in found])
        else:
            tell("There is nothing open in the register.")
        here.note()
    return Code.DONE


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
