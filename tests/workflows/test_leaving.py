"""Somebody leaves or hands over: each case of theirs, and to repeat it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client.leaving import NOT_ALLOWED, NotHandedOver, hand_over_each
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


async def test_cases_go_straight_to_a_successor_and_those_that_cannot_stay(
    service: Service,
) -> None:
    cases = [await a_referred_case(service, command_id=new_id()) for _ in range(3)]
    lead, successor = service.someone("lead"), service.someone("intermediate")
    for case in cases:
        await service.do("supervisor", "accept_referral", more={"stream": case})
        await service.do("supervisor", "allocate_case", more={"stream": case}, lead=lead)
    conflict = {"practitioner": successor}
    await service.do("auditor", "declare_conflict", more={"stream": cases[1]}, **conflict)
    actor = Actor(id=service.someone("supervisor"), identified="unverified")
    after = new_id()
    for _ in range(2):
        stayed = await hand_over_each(
            service.door, actor, lead, cases, after=after, to=successor, note=NOTE
        )
        (one,) = stayed
        assert one.case == cases[1]
        assert any("conflict of interest" in reason for reason in one.reasons)
    states = [fold(service.log(case)) for case in cases]
    assert [case.lead for case in states] == [successor, lead, successor]
    for case in (cases[0], cases[2]):
        names = [e.name for e in service.log(case)]
        assert (names.count("case_handed_over"), names.count("case_allocated")) == (1, 2)


async def test_whoever_does_not_supervise_a_case_gives_it_to_nobody(service: Service) -> None:
    case = await a_referred_case(service, command_id=new_id())
    lead = service.someone("lead")
    await service.do("supervisor", "accept_referral", more={"stream": case})
    await service.do("supervisor", "allocate_case", more={"stream": case}, lead=lead)
    actor = Actor(id=lead, identified="unverified")
    to = service.someone("intermediate")
    stayed = await hand_over_each(service.door, actor, lead, [case], after=new_id(), to=to)
    assert stayed == [NotHandedOver(case, (NOT_ALLOWED,))]
    assert fold(service.log(case)).lead == lead
