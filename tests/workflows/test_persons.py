"""One person in several cases, through the service: what they said holds, whoever records it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from client.failures import Refused
from client.follow_ups import FollowUps
from client.merging import finish
from client.persons import follow
from domain.rules import elsewhere
from domain.waits import Limits, waits
from domain.words import Choice, FutureOffers
from store import Altered
from tests.cases import ATTEMPT, a_referred_case
from tests.faults import Faults
from tests.linked import (
    INFORM,
    NOT_THE_SAME,
    case_of,
    everything_follows,
    followed,
    person_in,
    person_of,
    somebody,
    two_cases,
)
from tests.serving import new_id
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from domain.case import Case
    from domain.waits import Wait
    from tests.serving import Service


async def test_a_link_is_known_in_both_cases_and_in_the_persons_stream(service: Service) -> None:
    first, second = await two_cases(service)
    one, other = (case_of(service, c).persons["V1"] for c in (first, second))
    assert one.person == other.person
    assert one.pending is other.pending is None
    person = person_of(service, one.person)
    assert {(key.case, key.party) for key in person.appearances} == {(first, "V1"), (second, "V1")}
    assert not person.untold


async def test_a_wish_for_no_contact_holds_in_every_case_of_the_matter(service: Service) -> None:
    first, second = await two_cases(service)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    there = case_of(service, second)
    assert there.party("V1").no_contact
    assert there.thread("V1-O1").current.victim.choice is Choice.DECLINED_NO_FURTHER_CONTACT
    assert "first_contact" not in {w.name for w in _waits(there)}
    with pytest.raises(Refused):
        await service.do("worker", "give_information", more={"stream": second}, **INFORM)


async def test_it_holds_at_once_though_the_other_case_was_not_told_yet(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await two_cases(service)
    monkeypatch.setattr("client.door.told_at_once", _nobody_is_told)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    assert not case_of(service, second).party("V1").no_contact
    assert "person_told" in {w.name for w in _waits(case_of(service, first))}
    with pytest.raises(Refused) as refused:
        await service.do("worker", "give_information", more={"stream": second}, **INFORM)
    assert [r.code for r in refused.value.refusals] == [
        elsewhere.a_wish_for_no_contact_holds_in_every_case_of_the_matter.__name__
    ]
    await follow(service.door, first)
    assert case_of(service, second).party("V1").no_contact
    assert "person_told" not in {w.name for w in _waits(case_of(service, first))}


async def test_the_versions_that_were_read_stand_in_the_envelope(service: Service) -> None:
    first, second = await two_cases(service)
    await service.do("worker", "give_information", more={"stream": second}, **INFORM)
    read = service.log(second)[-1].envelope.read
    person = person_in(service, second)
    assert read[person] == len(service.log(person))
    assert read[first] == len(service.log(first))


async def test_a_protective_act_reads_no_other_case(service: Service) -> None:
    first, second = await two_cases(service)
    await service.do("intake", "pause_participation", more={"stream": second}, party="V1")
    entry = next(e for e in service.log(second) if e.name == "participation_paused")
    assert {first, person_in(service, second)}.isdisjoint(entry.envelope.read)


async def test_a_case_without_links_reads_no_person(service: Service) -> None:
    case = await a_referred_case(service, command_id=new_id())
    await service.do("worker", "give_information", more={"stream": case}, **INFORM)
    read = service.log(case)[-1].envelope.read
    assert [stream for stream in read if not stream.startswith("PR-")] == []


async def test_they_lift_it_in_either_case_and_it_is_lifted_in_both(service: Service) -> None:
    first, second = await two_cases(service)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    more = {"stream": second}
    await service.do("worker", "allow_contact", more=more, party="V1", asked_by="V1")
    assert not case_of(service, first).party("V1").no_contact
    assert not case_of(service, second).party("V1").no_contact
    await service.do("worker", "give_information", more={"stream": first}, **INFORM)


async def test_refused_later_offers_are_refused_in_every_case_of_the_matter(
    service: Service,
) -> None:
    first, second = await two_cases(service)
    await service.do("intake", "decline_later_offers", more={"stream": second}, party="V1")
    assert case_of(service, first).party("V1").later_offers is FutureOffers.REFUSED


async def test_in_another_matter_it_does_not_bar_and_is_seen_first(service: Service) -> None:
    first, second = await two_cases(service, same_matter=False)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    assert not case_of(service, second).party("V1").no_contact
    with pytest.raises(Refused) as refused:
        await service.do("worker", "give_information", more={"stream": second}, **INFORM)
    assert [r.code for r in refused.value.refusals] == [
        elsewhere.a_wish_in_another_matter_is_seen_first.__name__
    ]
    await service.do("worker", "note_wish_seen", more={"stream": second}, party="V1")
    await service.do("worker", "give_information", more={"stream": second}, **INFORM)


async def test_an_unsafe_way_is_unsafe_in_every_case(service: Service) -> None:
    first, second = await two_cases(service, same_matter=False)
    closed = {"party": "V1", "channels": ["LETTER"]}
    await service.do("intake", "close_ways", more={"stream": first}, **closed)
    assert case_of(service, second).party("V1").closed_ways == {"LETTER"}


async def test_a_link_made_in_error_is_undone_and_nothing_of_it_holds(service: Service) -> None:
    first, second = await two_cases(service)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    await service.do("intake", "decline_later_offers", more={"stream": second}, party="V1")
    more = {"stream": second}
    await service.do("trainer", "unlink_person", more=more, party="V1", reasons=NOT_THE_SAME)
    one, other = case_of(service, first), case_of(service, second)
    assert one.party("V1").no_contact
    assert not other.party("V1").no_contact
    assert other.party("V1").later_offers is FutureOffers.REFUSED
    assert one.party("V1").later_offers is FutureOffers.NOT_SAID
    person = person_of(service, one.persons["V1"].person)
    assert [key.case for key in person.appearances] == [first]
    assert other.persons["V1"].undone
    assert other.persons["V1"].pending is None
    await service.do("worker", "give_information", more={"stream": second}, **INFORM)


async def test_a_wish_that_nobody_waited_for_is_followed_up_by_the_worker(
    service: Service,
) -> None:
    first, second = await two_cases(service)
    await service.signal("intake", "stop_contact", more={"stream": first}, party="V1")

    async def said() -> bool:
        return case_of(service, first).party("V1").no_contact

    await until(said)
    assert not case_of(service, second).party("V1").no_contact
    with pytest.raises(Refused):
        await service.do("worker", "record_contact_attempt", more={"stream": second}, **ATTEMPT)
    assert first in followed(service)
    await everything_follows(service)
    assert case_of(service, second).party("V1").no_contact
    assert {first, second}.isdisjoint(followed(service))


async def test_what_was_broken_off_is_taken_up_again_and_done_once(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await two_cases(service)
    monkeypatch.setattr("client.persons._from_person", _nothing_is_done)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    person = person_in(service, first)
    monkeypatch.undo()
    assert person in followed(service)
    assert (await service.present(person)).open
    await everything_follows(service)
    assert case_of(service, second).party("V1").no_contact
    before = len(service.log(second))
    await follow(service.door, first)
    await follow(service.door, person)
    assert len(service.log(second)) == before


async def test_a_no_in_a_case_that_goes_on_in_another_is_followed_up_too(service: Service) -> None:
    police = await a_referred_case(service, command_id=new_id())
    herself = await a_referred_case(service, command_id=new_id())
    people = {"V1": "V1", "O1": "O1"}
    more = {"stream": herself}
    await service.do("supervisor", "merge_into", more=more, into=police, people=people)
    await finish(service.door, somebody(service, "supervisor"), herself)
    await service.signal("intake", "stop_contact", more=more, party="V1")

    async def said() -> bool:
        return case_of(service, herself).party("V1").no_contact

    await until(said)
    await everything_follows(service)
    assert case_of(service, police).party("V1").no_contact


async def test_a_case_that_cannot_be_read_keeps_no_other_from_being_told(service: Service) -> None:
    first, second = await two_cases(service)
    third = await a_referred_case(service, command_id=new_id())
    more = {"stream": third}
    given = {"party": "V1", "other": first, "there": "V1"}
    await service.do("worker", "link_person", more=more, **given)
    faults, admission = Faults(), service.door.admission
    faults.before_load[first] = lambda: _altered(first)
    door = replace(service.door, admission=replace(admission, log=faults.into(admission.log)))
    who = service.someone("intake")
    await door.do(who, "unverified", "stop_contact", {"party": "V1"}, stream=third)
    assert not case_of(service, first).party("V1").no_contact
    assert case_of(service, second).party("V1").no_contact
    assert person_in(service, third) in followed(service)
    assert not await follow(door, person_in(service, third))


async def test_what_follows_goes_on_after_a_case_that_cannot_be_read(service: Service) -> None:
    first, _ = await two_cases(service)
    faults, admission = Faults(), service.door.admission
    faults.before_load[first] = lambda: _altered(first)
    door = replace(service.door, admission=replace(admission, log=faults.into(admission.log)))
    asked: list[str] = []

    def left() -> list[str]:
        asked.append(first)
        return [first]

    task = asyncio.create_task(FollowUps(door, left, every=0.01).run())

    async def again() -> bool:
        return len(asked) > 2 or task.done()

    await until(again)
    going_on = not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert going_on


async def test_a_history_names_no_case_that_its_reader_may_not_see(service: Service) -> None:
    first, second = await two_cases(service)
    third = await a_referred_case(service, command_id=new_id())
    here = {"stream": second}
    await service.do("supervisor", "allocate_case", more=here, lead=service.someone("advanced"))
    new = {"kind": "SERVICE_STAFF", "organisation": "DERBYSHIRE_RJ", "roles": ["SUPERVISOR"]}
    untrained = await service.do("service:setup", "register_practitioner", **new)
    service.staff["untrained"] = untrained.stream
    given = {"party": "O1", "other": third, "there": "O1", "happened": True}
    await service.do("untrained", "link_person", more=here, **given)
    await service.do("worker", "give_information", more=here, **INFORM)
    told = service.door.readings.history(somebody(service, "advanced"), second, "TEST")
    assert {"acted_in_breach", "person_linked"} <= {e.name for e in told}
    seen = [(e.envelope.data, e.event.model_dump(), e.envelope.read) for e in told]
    assert not {first, third} & {word for one in seen for word in str(one).split("'")}
    assert not {e.hash for e in told} & {e.hash for e in service.log(second)}
    whole = service.door.readings.history(somebody(service, "worker"), second, "TEST")
    assert [e.hash for e in whole] == [e.hash for e in service.log(second)]


async def _nobody_is_told(*_: object) -> None:
    return


async def _nothing_is_done(*_: object) -> AsyncIterator[str]:
    for told in ():
        yield told


def _altered(case: str) -> None:
    raise Altered(case, 1, "made up for this test")


def _waits(case: Case) -> tuple[Wait, ...]:
    return waits(case, Limits())
