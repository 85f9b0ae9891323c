"""`rj print-pack`: what staff need of one person, on paper, for where no device may go."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import nonsense
from cli.installed import door_to
from cli.looking import looking
from cli.moments import shown, shown_day
from cli.new_file import check_new, write_new
from cli.options import ActsAs, Json, Reason
from cli.output import note, tell, tell_json
from cli.paper.page import box, heading, page, table, text, to_write_on
from cli.references import party, reference
from cli.send import command_id_of
from cli.wording import words_of
from client import Denied
from client.printing import LEFT_OUT, Printed, printed
from domain.ids import CASE_PREFIX, PRACTITIONER_PREFIX
from vault.details import PartyDetails
from vault.problems import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cli.looking import Look
    from domain.case import Case
    from domain.diary import Appointment
    from domain.packs import Pack
    from domain.texts import TextRef
    from settings import Settings

PRINT_PACK = "print_pack"
"""What a look is for."""
ON_PAPER = ("known_as", "name", "phone", "address", "prison", "safe_way", "language", "needs")
"""Of the details, what somebody on the way to the person needs."""
Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
Of = Annotated[str, Parameter(name="PERSON", help="whom it is about, such as V1: nobody else")]
File = Annotated[Path, Parameter(name="FILE", help="an .html file that is not there yet")]
Holder = Annotated[
    str | None,
    Parameter(name="--holder", metavar="PRACTITIONER", help="who carries it; you, if left out"),
]
Days = Annotated[int, Parameter(name="--days", help="working days until it is back; 0 means today")]
Id = Annotated[
    str | None,
    Parameter(name="--command-id", metavar="ID", help="to send the same again: it happens once"),
]


def print_pack(
    case: Ref,
    person: Of,
    file: File,
    /,
    *,
    holder: Holder = None,
    days: Days = 1,
    reason: Reason = None,
    as_: ActsAs = None,
    command_id: Id = None,
    json: Json = False,
) -> int:
    """Write a numbered pack about one person, to print and take to where no device may go.

    It holds what is needed of that person and nothing of how anybody else is reached; a text in
    which that stands is left out. It is written down as a disclosure, and is out until
    `rj pack-back CASE W1 returned` (or destroyed, or lost): the case waits for it. Delete the
    file once it is printed.
    """
    about, person = reference(case, CASE_PREFIX), party(person)
    carried = reference(holder, PRACTITIONER_PREFIX) if holder else None
    own_id = command_id_of(command_id)
    check_new(file)
    with looking(as_, reason) as look:
        # Whoever may not see it is told so before a number is given.
        _known(look, about, person)
        given = {"party": person, "days": days} | ({"holder": carried} if carried else {})
        number = asyncio.run(_made(look, about, given, own_id))
        try:
            state = _known(look, about, person)
            pack = state.packs[number]
            if pack.became is None:
                told = _words(look, state, pack)
                write_new(file, _page(state, pack, told, look.settings))
        except BaseException:
            note(
                f"rj: {number} stands on record, and was not written. Type the same again with "
                f"--command-id {own_id}, or: rj pack-back {about} {number} destroyed"
            )
            raise
    if pack.became is not None:
        gone = f"{number} is accounted for: {words_of(pack.became)}"
        raise nonsense(f"{gone}; it is not written again, make another")
    if json:
        left = sorted(ref.id for ref in _refs(state, pack).values() if told[ref.id] == LEFT_OUT)
        tell_json({"case": about, "pack": number, "command_id": own_id, "left_out": left})
        return 0
    tell(f"{number} of {about}: out with {pack.holder}, back by {shown_day(pack.back_by)}.")
    tell(f"Print {file.name} and delete it; then: rj pack-back {about} {number} returned")
    return 0


def _known(look: Look, about: str, person: str) -> Case:
    state = look.reading.case_as_it_is(look.actor, about, PRINT_PACK)
    if not state.version:
        raise Denied
    if person not in state.parties:
        raise nonsense("there is no such person in this case")
    return state


async def _made(look: Look, about: str, given: dict[str, object], own_id: str) -> str:
    actor = look.actor
    async with door_to(look.settings) as door:
        answer = await door.do(
            actor.id,
            actor.identified,
            "make_print_pack",
            given,
            stream=about,
            command_id=own_id,
            origin="cli",
        )
    return str(next(e["pack"] for e in answer.events if "pack" in e))


def _refs(case: Case, pack: Pack) -> dict[str, TextRef]:
    """Return each text that goes on the page, by what it is; all of them are the person's own."""
    person = case.party(pack.party)
    theirs = {"details": person.details, "word": person.chosen_word}
    theirs |= {q.id: q.words for q in case.questions.values() if q.asker == pack.party}
    theirs |= {a.id: a.place for a in _booked(case, pack)}
    return {name: ref for name, ref in theirs.items() if ref is not None}


def _booked(case: Case, pack: Pack) -> list[Appointment]:
    return [a for a in case.appointments.values() if a.open and a.party == pack.party]


def _words(look: Look, case: Case, pack: Pack) -> dict[str, str]:
    what = Printed(case.id, pack.party, tuple(_refs(case, pack).values()), pack.holder, pack.id)
    return printed(look.reading, look.actor, what, PRINT_PACK)


def _page(case: Case, pack: Pack, told: Mapping[str, str], settings: Settings) -> str:
    words = {name: told[ref.id] for name, ref in _refs(case, pack).items()}
    return page(f"Print pack {pack.id} of {case.id}", _body(case, pack, words, settings))


def _body(case: Case, pack: Pack, words: Mapping[str, str], settings: Settings) -> Iterator[str]:
    yield box(
        (
            f"Number {pack.id} of {case.id}. Carried by {pack.holder}.",
            f"Printed {shown(pack.printed_at)}. Back by {shown_day(pack.back_by)}.",
            f"It goes back to: {settings.contact_point}.",
            "Whoever finds it: please ring there, and do not read on.",
            "It is about one person alone. It is returned or destroyed, and that is recorded.",
        )
    )
    yield heading("Who")
    yield table(_who(words))
    yield heading("How they may be reached, and what they wish")
    yield table(_wishes(case, pack))
    booked = _booked(case, pack)
    if booked:
        yield heading("Booked with them")
        yield table(
            (shown(a.starts), words_of(a.purpose), a.room or words.get(a.id, words_of(a.channel)))
            for a in booked
        )
    asked = [(q.id, words[q.id]) for q in case.questions.values() if q.id in words]
    if asked:
        yield heading("Their own questions, in their words")
        yield table(asked)
    yield heading("Notes, to be typed in with rj visit --paper")
    yield text("When it was, what they said and wish, what was agreed:")
    yield to_write_on(14)


def _who(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "word" in words:
        yield "their word for themselves", words["word"]
    try:
        details = PartyDetails.parse(words.get("details", "{}"))
    except Unfit:
        yield "details", words["details"]
        return
    for name in ON_PAPER:
        if value := getattr(details, name):
            yield name.replace("_", " "), str(value)


def _wishes(case: Case, pack: Pack) -> Iterator[tuple[str, str]]:
    person = case.party(pack.party)
    if person.safe_ways is not None:
        yield "safe ways, and no others", ", ".join(sorted(map(words_of, person.safe_ways)))
    if person.closed_ways:
        yield "not to be reached by", ", ".join(sorted(map(words_of, person.closed_ways)))
    yield "wishes", ", ".join(sorted(map(words_of, person.wishes))) or "—"
    for thread in case.open_threads_of(pack.party):
        yield "with the other person", words_of(thread.side(pack.party).choice)
