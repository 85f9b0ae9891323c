"""Reading: always current, as at any moment by either clock, and only by those who may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from access import Outcome
from client import Denied, What
from domain.permissions import View
from domain.record import Actor
from domain.words import Operation, Relation
from tests.cases import ATTEMPT, a_referred_case
from tests.looks import how_many, looks, since
from tests.paths import referred
from vault import Unopened

if TYPE_CHECKING:
    from tests.serving import Service


def actor(service: Service, who: str) -> Actor:
    return Actor(id=service.staff[who], identified="unverified")


async def test_a_case_as_it_is_has_what_was_recorded_a_moment_ago(service: Service) -> None:
    case = await a_referred_case(service)
    readings, worker = service.door.readings, actor(service, "worker")
    assert readings.case_as_it_is(worker, case, "TEST").accepted_at is None
    await service.do("supervisor", "accept_referral", more={"stream": case})
    assert readings.case_as_it_is(worker, case, "TEST").accepted_at is not None


async def test_a_case_as_at_a_moment_by_either_clock(service: Service) -> None:
    now = datetime.now(UTC)
    opened, tried = (now - timedelta(days=days) for days in (3, 1))
    refer = referred()[0].given
    case = (await service.do("worker", "refer", **refer, effective_at=opened.isoformat())).stream
    known = datetime.now(UTC)
    given = {**ATTEMPT, "effective_at": tried.isoformat()}
    await service.do("worker", "record_contact_attempt", more={"stream": case}, **given)
    readings, auditor = service.door.readings, actor(service, "auditor")

    def attempts(**clocks: datetime) -> int:
        seen = readings.case_as_at(auditor, case, "TEST", **clocks)
        return len(seen.parties["V1"].attempts)

    assert attempts(true_at=tried - timedelta(hours=1)) == 0
    assert attempts(true_at=tried + timedelta(hours=1)) == 1
    assert attempts(known_at=known) == 0
    assert attempts(true_at=tried + timedelta(hours=1), known_at=known) == 0
    assert attempts(known_at=datetime.now(UTC)) == 1


async def test_what_was_known_then_is_for_those_who_review(service: Service) -> None:
    case = await a_referred_case(service)
    with pytest.raises(Denied):
        service.door.readings.case_as_at(
            actor(service, "worker"), case, "TEST", known_at=datetime.now(UTC)
        )


async def test_the_history_says_who_when_and_what_in_the_order_of_recording(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    history = service.door.readings.history(actor(service, "worker"), case, "TEST")
    assert [e.version for e in history] == list(range(1, len(history) + 1))
    assert {e.envelope.actor.id for e in history} == {service.staff["worker"]}


async def test_whoever_may_not_see_a_case_gets_nothing_and_that_is_written_down(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    readings, lead = service.door.readings, actor(service, "lead")
    with pytest.raises(Denied):
        readings.history(lead, case, "TEST")
    look = looks(service.door)[-1]
    assert (look.actor, look.view, look.purpose, look.about) == (lead, "HISTORY", "TEST", (case,))
    assert (look.outcome, look.relation) == (Outcome.DENIED, Relation.NOT_THEIRS)


async def test_every_reading_is_written_down_before_it_is_handed_over(service: Service) -> None:
    case = await a_referred_case(service)
    readings, worker = service.door.readings, actor(service, "worker")
    before = how_many(service.door)
    with readings.reading(worker, What(View.CASE, case), "TEST") as found:
        (look,) = since(service.door, before)
        assert (look.actor, look.view, look.about) == (worker, "CASE", (case,))
        assert (look.outcome, look.operation) == (Outcome.GIVEN, Operation.CONSULTATION)
        assert look.relation is Relation.ALLOCATED
        assert found == service.log(case)


async def test_all_histories_are_those_of_the_cases_that_one_may_see_and_one_look(
    service: Service,
) -> None:
    case, other = await a_referred_case(service), await a_referred_case(service)
    auditor, readings = actor(service, "auditor"), service.door.readings
    conflict = {"practitioner": auditor.id}
    await service.do("worker", "declare_conflict", more={"stream": other}, **conflict)
    everything = What(View.HISTORY, medium="EXPORT")
    before = how_many(service.door)
    with readings.every_history(auditor, everything, "research") as histories:
        written = since(service.door, before)
        seen = {entries[0].stream for entries in histories}
    assert [(one.purpose, one.about, one.medium) for one in written] == [("research", (), "EXPORT")]
    assert case in seen
    assert other not in seen
    assert {stream[:3] for stream in seen} == {"RJ-"}
    with (
        pytest.raises(Denied),
        readings.every_history(actor(service, "worker"), everything, "research"),
    ):
        raise AssertionError


async def test_nobody_unknown_reads_anything(service: Service) -> None:
    case = await a_referred_case(service)
    stranger = Actor(id="PR-00000000-0", identified="unverified")
    with pytest.raises(Denied):
        service.door.readings.case_as_it_is(stranger, case, "TEST")


async def test_words_are_read_by_those_who_work_on_the_case(service: Service) -> None:
    case = await a_referred_case(service)
    readings, worker = service.door.readings, actor(service, "worker")
    details = readings.case_as_it_is(worker, case, "TEST").parties["V1"].details
    assert details is not None
    words = readings.words(worker, case, [details], "TEST")
    assert "Vera Example" in str(words[details.id])
    assert not isinstance(words[details.id], Unopened)
    assert looks(service.door)[-1].texts == (details.id,)
    with pytest.raises(Denied):
        readings.words(actor(service, "lead"), case, [details], "TEST")
