"""`rj seen`: ticking off a queued command that was not accepted, once somebody has seen to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from access import open_refusals
from cli.behind import lists
from cli.ending import Code, Ended, Failure
from cli.looking import OVERVIEW
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.references import reference
from cli.waiting import REFUSED_SIGNAL, not_accepted
from domain.ids import PREFIXES
from domain.permissions import View
from projections import joined
from projections import waiting as queue

if TYPE_CHECKING:
    from projections import Waiting

Ref = Annotated[str, Parameter(name="CASE", help="the reference that `rj waiting` shows")]
CommandOf = Annotated[str, Parameter(name="COMMAND-ID", help="as `rj waiting` shows it")]


def seen(case: Ref, command_id: CommandOf, /, *, as_: As = None, json: Json = False) -> int:
    """Tick off a queued command that was not accepted: a task of yours in `rj waiting`.

    It changes nothing in the case: what should have been done is asked for again, under a new id.
    """
    about = reference(case, *PREFIXES)
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        also = joined(here.views, not_accepted(here))

        def find() -> list[Waiting]:
            mine = queue(here.views, here.reader, datetime.now(UTC), here.reader.id, also)
            return [w for w in mine if (w.case, w.name, w.subject) == this]

        this = (about, REFUSED_SIGNAL, command_id)
        if not here.listed(find, lambda rows: (one.case for one in rows), who=here.reader.id):
            sentence = "there is no such task, or it is not yours"
            raise Ended(Failure(Code.REFUSED, "denied", (sentence,)))
        refusals = open_refusals(here.look.settings.database("access"), create=False)
        try:
            refusals.done(about, command_id)
        finally:
            refusals.close()
    if json:
        tell_json({"outcome": "seen", "stream": about, "command_id": command_id})
    else:
        tell(f"{about}: seen to.")
    return Code.DONE
