"""A command goes in, is judged by the rules, recorded, and answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from client import Denied, Nonsense, Refused, Unforeseen
from domain.commands.opening import AcceptReferral
from domain.rule import refusal
from domain.rules.contact import nobody_who_asked_not_to_be_contacted_is_contacted
from tests.cases import ATTEMPT, WISH, a_referred_case

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tests.serving import Service

STOP = {"name": "stop_contact", "body": {"party": "V1"}}


async def test_a_command_is_recorded_and_answered_with_what_happened(service: Service) -> None:
    case = await a_referred_case(service)
    answer = await service.do("supervisor", "accept_referral", more={"stream": case})
    assert [event["event"] for event in answer.events] == ["referral_accepted"]
    assert answer.version == len(service.log(case))
    assert service.log(case)[-1].envelope.command == answer.command_id


async def test_every_rule_that_speaks_against_it_comes_back_as_its_sentence(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    await service.do("worker", "stop_contact", more={"stream": case}, party="V1")
    before = service.log(case)
    with pytest.raises(Refused) as refused:
        await service.do("worker", "record_contact_attempt", more={"stream": case}, **ATTEMPT)
    assert refusal(nobody_who_asked_not_to_be_contacted_is_contacted) in refused.value.refusals
    assert service.log(case) == before


async def test_a_visit_is_recorded_through_the_workflow_together_or_only_what_protects_in_it(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    said = [
        {"name": "record_wish", "body": WISH},
        STOP,
    ]
    tried = {"name": "record_contact_attempt", "body": ATTEMPT}
    here = {"stream": case, "command_id": "the-visit-of-monday", "origin": "paper"}
    before = service.log(case)
    with pytest.raises(Refused) as refused:
        await service.do("worker", "record_visit", more={"stream": case}, parts=[*said, tried])
    assert {(r.part, r.command) for r in refused.value.refusals} == {(3, tried["name"])}
    assert refused.value.kept == ((2, "stop_contact"),)
    assert [e.name for e in service.log(case)[len(before) :]] == ["contact_stopped"]
    before = service.log(case)
    first = await service.do("worker", "record_visit", more=here, parts=said)
    assert {e.envelope.command for e in service.log(case)[len(before) :]} == {first.command_id}
    assert await service.do("worker", "record_visit", more=here, parts=said) == first
    assert len(service.log(case)) == first.version == len(before) + len(first.events)


async def test_a_visit_is_never_left_in_a_queue_where_what_protects_in_it_would_wait(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    before = service.log(case)
    with pytest.raises(Nonsense, match="waits for the answer"):
        await service.signal("worker", "record_visit", more={"stream": case}, parts=[STOP])
    assert service.log(case) == before


async def test_a_refused_command_is_written_to_the_refusals_by_its_rules(service: Service) -> None:
    case = await a_referred_case(service)
    await service.do("worker", "stop_contact", more={"stream": case}, party="V1")
    with pytest.raises(Refused) as refused:
        await service.do("worker", "record_contact_attempt", more={"stream": case}, **ATTEMPT)
    (written,) = service.recorder.refusals.of(case)
    assert written.codes == tuple(r.code for r in refused.value.refusals)
    assert (written.name, written.actor) == ("record_contact_attempt", service.staff["worker"])
    assert (written.by_signal, written.task) == (False, None)


async def test_whoever_may_not_act_on_a_case_is_told_only_that(service: Service) -> None:
    case = await a_referred_case(service)
    with pytest.raises(Denied):
        await service.do("auditor", "accept_referral", more={"stream": case})
    assert [r.codes for r in service.recorder.refusals.of(case)] == [("denied",)]


async def test_what_makes_no_sense_in_this_case_is_said_in_a_sentence(service: Service) -> None:
    case = await a_referred_case(service)
    given = {**ATTEMPT, "party": "V7"}
    with pytest.raises(Nonsense) as nonsense:
        await service.do("worker", "record_contact_attempt", more={"stream": case}, **given)
    assert "V7" in nonsense.value.problems[0]


async def test_of_two_that_cannot_both_be_only_the_first_is_recorded(service: Service) -> None:
    case = await a_referred_case(service)
    here = {"stream": case}
    results = await gathered(
        *(service.do("supervisor", "accept_referral", more=here) for _ in range(5))
    )
    assert sorted(type(result).__name__ for result in results) == ["Answer", *["Nonsense"] * 4]
    assert [e.name for e in service.log(case)].count("referral_accepted") == 1


async def test_a_broken_command_is_an_incident_and_a_withdrawal_does_not_wait_behind_it(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await a_referred_case(service)

    def broken(*_: object) -> None:
        raise RuntimeError("Vera Example said something private")

    monkeypatch.setattr(AcceptReferral, "events", broken)
    broken_ones = [
        service.do("supervisor", "accept_referral", more={"stream": case}) for _ in range(3)
    ]
    *incidents, withdrawn = await gathered(
        *broken_ones, service.do("worker", "withdraw_consent", more={"stream": case}, party="V1")
    )
    assert [type(one) for one in incidents] == [Unforeseen] * 3
    assert len({one.incident for one in incidents}) == 3
    assert withdrawn.events[0]["event"] == "consent_withdrawn"


async def gathered(*asked: Coroutine[Any, Any, Any]) -> list[Any]:
    return await asyncio.gather(*asked, return_exceptions=True)
