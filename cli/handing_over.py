"""`rj hand-over`: one, several or all cases of somebody, with a note for whoever takes them on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.asking import can_ask, note_of
from cli.behind import lists
from cli.ending import Code, nonsense
from cli.installed import door_to, require_data, settings_now
from cli.looking import OVERVIEW
from cli.options import ActsAs, Json
from cli.output import note, tell, tell_json
from cli.progress import progress
from cli.references import reference
from cli.send import command_id_of
from cli.source import read_source
from cli.who import acting
from client.leaving import hand_over_each
from domain.ids import CASE_PREFIX, PRACTITIONER_PREFIX
from domain.permissions import View
from projections import cases as listed

if TYPE_CHECKING:
    from domain.record import Actor
    from settings import Settings

Cases = Annotated[str, Parameter(name="CASE", help="the cases, by their references")]
All = Annotated[
    bool,
    Parameter(
        name="--all",
        help="all of theirs that you may see",
        negative="",
        show_default=False,
    ),
]
Whose = Annotated[
    str | None,
    Parameter(name="--practitioner", metavar="PRACTITIONER", help="whose cases; yours if left out"),
]
From = Annotated[
    str | None,
    Parameter(
        name="--from",
        metavar="FILE",
        help='the note, as {"note": …}; - is standard input; asked for on a terminal',
        allow_leading_hyphen=True,
    ),
]
Id = Annotated[
    str | None,
    Parameter(name="--command-id", metavar="ID", help="to go on where it was broken off"),
]


def hand_over(
    *cases: Cases,
    all_: All = False,
    practitioner: Whose = None,
    from_: From = None,
    as_: ActsAs = None,
    command_id: Id = None,
    json: Json = False,
) -> int:
    """Hand cases over: each is free from then on, and a supervisor allocates it afresh.

    The note goes into the vault of each case, for whoever takes it on: what was agreed, what is
    open, what to be careful about. Handing over is never refused for stage, training or time; a
    meeting that is under way takes a break.
    """
    settings = settings_now()
    actor = acting(as_, settings)
    if bool(cases) == all_:
        raise nonsense("name the cases to hand over, or --all of them")
    whose = reference(practitioner, PRACTITIONER_PREFIX) if practitioner else actor.id
    own_id = command_id_of(command_id)
    chosen = [*dict.fromkeys(reference(one, CASE_PREFIX) for one in cases)]
    words = _note(from_)
    require_data(settings)
    theirs = chosen or _all_of(as_, whose)
    asyncio.run(_handed_over(settings, actor, whose, theirs, (own_id, words)))
    if json:
        told = {"practitioner": whose, "cases": theirs, "command_id": own_id}
        tell_json({"outcome": "accepted", **told})
    for case in () if json else theirs:
        tell(f"{case}: handed over, for a supervisor to allocate afresh.")
    if not theirs:
        note(f"rj: no case that you may see is allocated to {whose}")
    return Code.DONE


def _note(source: str | None) -> str | None:
    if source is None:
        return note_of("what whoever takes them on should know") if can_ask() else None
    given = read_source(source)
    words = given.get("note")
    if given.keys() != {"note"} or not isinstance(words, str) or not words.strip():
        raise nonsense('the note is read as a JSON object of one field: {"note": …}')
    return words


def _all_of(as_: str | None, whose: str) -> list[str]:
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        found = here.listed(
            lambda: listed(here.views, here.reader, worked_on_by=whose),
            lambda rows: (one.case for one in rows),
            worked_on_by=whose,
        )
        here.note()
        return [one.case for one in found]


async def _handed_over(
    settings: Settings, actor: Actor, whose: str, theirs: list[str], sent: tuple[str, str | None]
) -> None:
    own_id, words = sent
    async with door_to(settings) as door:
        try:
            with progress("Handing over") as moved:
                await hand_over_each(
                    door, actor, whose, theirs, after=own_id, note=words, progress=moved
                )
        except BaseException:
            note(
                "rj: not all of them may be handed over yet. Type the same again with "
                f"--command-id {own_id} to finish it: nothing is done twice"
            )
            raise
