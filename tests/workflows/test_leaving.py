"""Somebody leaves: each case of theirs is handed over, and to repeat it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client.leaving import hand_over_each
from domain.events.staff import CaseHandedOver
from domain.fold import fold
from domain.record import Actor
from tests.cases import a_referred_case
from tests.serving import new_id

if TYPE_CHECKING:
    from tests.serving import Service

NOTE = "They would rather be rung in the evening. (Invented.)"


async def test_what_somebody_had_who_left_is_handed_over_once(service: Service) -> None:
    cases = [await a_referred_case(service, command_id=new_id()) for _ in range(2)]
    lead = service.someone("lead")
    for case in cases:
        await service.do("supervisor", "accept_referral", more={"stream": case})
        await service.do("supervisor", "allocate_case", more={"stream": case}, lead=lead)
    actor = Actor(id=service.someone("trainer"), identified="unverified")
    seen: list[tuple[int, int]] = []
    for some in (cases[:1], cases, cases):
        await hand_over_each(
            service.door,
            actor,
            lead,
            some,
            after="left-0001",
            note=NOTE,
            progress=lambda done, of_all: seen.append((done, of_all)),
        )
    for case in cases:
        entries = service.log(case)
        assert [e.name for e in entries].count("case_handed_over") == 1
        assert fold(entries).lead is None
        (note,) = [e.event.note for e in entries if isinstance(e.event, CaseHandedOver)]
        assert note is not None
        assert service.recorder.turns.vault.words_many(case, [note]) == {note.id: NOTE}
        assert NOTE not in "".join(e.envelope.model_dump_json() for e in entries)
    assert seen == [(1, 1), (1, 2), (2, 2), (1, 2), (2, 2)]
