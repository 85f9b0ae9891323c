"""`rj hand-over`: one, several or all cases of somebody, to a successor or for a supervisor to
allocate afresh, with a note for whoever takes them on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

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
    from collections.abc import Sequence

    from client.leaving import NotHandedOver
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
To = Annotated[
    str | None,
    Parameter(
        name="--to",
        metavar="PRACTITIONER",
        help="a successor, who takes the same places in each case; for a supervisor of it to say",
    ),
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
    to: To = None,
    from_: From = None,
    as_: ActsAs = None,
    command_id: Id = None,
    json: Json = False,
) -> int:
    """Hand cases over: each is free then, and a supervisor allocates it afresh; or, with --to, it
    is a named successor's at once.

    The note goes into the vault of each case, for whoever takes it on: what was agreed, what is
    open, what to be careful about. A meeting that is under way takes a break.

    Without --to it is never refused for stage, training or time. With --to it is an allocation: a
    supervisor makes it, as the rules of each case allow; a case that cannot go to the successor
    stays where it is, and the others go.
    """
    settings = settings_now()
    actor = acting(as_, settings)
    if bool(cases) == all_:
        raise nonsense("name the cases to hand over, or --all of them")
    whose = reference(practitioner, PRACTITIONER_PREFIX) if practitioner else actor.id
    successor = reference(to, PRACTITIONER_PREFIX) if to else None
    own_id = command_id_of(command_id)
    chosen = [*dict.fromkeys(reference(one, CASE_PREFIX) for one in cases)]
    words = _note(from_)
    require_data(settings)
    theirs = chosen or _all_of(as_, whose)
    sent = _Sent(whose, successor, own_id, words)
    stayed = asyncio.run(_handed_over(settings, actor, theirs, sent))
    _tell(sent, theirs, stayed, as_json=json)
    return Code.REFUSED if stayed else Code.DONE


@dataclass(frozen=True, slots=True)
class _Sent:
    """What is handed over with each case: from whom, to whom, by which id, and with which note."""

    whose: str
    to: str | None
    own_id: str
    words: str | None


def _tell(
    sent: _Sent, theirs: Sequence[str], stayed: Sequence[NotHandedOver], *, as_json: bool
) -> None:
    kept = {one.case for one in stayed}
    went = [case for case in theirs if case not in kept]
    if as_json:
        told: dict[str, Any] = {"practitioner": sent.whose, "to": sent.to, "cases": went}
        told["not_handed_over"] = [
            {"case": one.case, "reasons": list(one.reasons)} for one in stayed
        ]
        outcome = "refused" if stayed else "accepted"
        tell_json({"outcome": outcome, **told, "command_id": sent.own_id})
    whom = f"to {sent.to}" if sent.to else "for a supervisor to allocate afresh"
    for case in () if as_json else went:
        tell(f"{case}: handed over, {whom}.")
    for one in stayed:
        note(f"rj: {one.case} is not handed over: {'; '.join(one.reasons)}")
    if not theirs:
        note(f"rj: no case that you may see is allocated to {sent.whose}")


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
    settings: Settings, actor: Actor, theirs: list[str], sent: _Sent
) -> list[NotHandedOver]:
    async with door_to(settings) as door:
        try:
            with progress("Handing over") as moved:
                return await hand_over_each(
                    door,
                    actor,
                    sent.whose,
                    theirs,
                    after=sent.own_id,
                    to=sent.to,
                    note=sent.words,
                    progress=moved,
                )
        except BaseException:
            note(
                "rj: not all of them may be handed over yet. Type the same again with "
                f"--command-id {sent.own_id} to finish it: nothing is done twice"
            )
            raise
