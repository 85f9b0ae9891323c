"""What a reader of one case learns of another: yes or no, whom to ask, and never which it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from client.failures import Denied
from domain.words import Operation
from tests.linked import person_in, somebody, two_cases
from tests.looks import how_many, since

if TYPE_CHECKING:
    from tests.serving import Service


async def seen_by_the_lead(service: Service) -> tuple[str, str]:
    """Return two cases of one person; the lead works on the second only."""
    first, second = await two_cases(service)
    await service.do("supervisor", "allocate_case", more={"stream": second}, lead="@lead")
    return first, second


async def test_a_reader_of_one_case_is_told_whom_to_ask_and_not_which_case_it_is(
    service: Service,
) -> None:
    first, second = await seen_by_the_lead(service)
    await service.do("intake", "stop_contact", more={"stream": first}, party="V1")
    reading = service.door.readings
    found = reading.person(somebody(service, "lead"), second, "V1", "case_work")
    assert found
    (other,) = found.appearances
    assert (other.case, other.party) == (None, None)
    assert service.someone("worker") in other.ask
    assert other.wishes
    assert other.wishes.no_contact
    assert found.holds.no_contact
    seen = reading.person(somebody(service, "worker"), second, "V1", "case_work")
    assert seen
    assert [one.case for one in seen.appearances] == [first]


async def test_neither_the_case_nor_its_history_shows_a_case_that_the_reader_may_not_see(
    service: Service,
) -> None:
    first, second = await seen_by_the_lead(service)
    reading = service.door.readings
    for who, shown in (("lead", False), ("worker", True)):
        actor = somebody(service, who)
        case = reading.case_as_it_is(actor, second, "case_work")
        history = reading.history(actor, second, "case_work")
        assert (case.persons["V1"].other == first) is shown
        data = [entry.envelope.data for entry in history]
        assert any(first in one.values() for one in data) is shown


async def test_who_may_not_see_the_case_is_told_nothing_of_its_people(service: Service) -> None:
    first, _ = await seen_by_the_lead(service)
    with pytest.raises(Denied):
        service.door.readings.person(somebody(service, "lead"), first, "V1", "case_work")


async def test_each_use_of_a_link_is_written_down(service: Service) -> None:
    first, second = await two_cases(service)
    person = person_in(service, second)
    before = how_many(service.door)
    service.door.readings.person(somebody(service, "worker"), second, "V1", "case_work")
    look = since(service.door, before)[-1]
    assert (look.operation, look.about) == (Operation.COMBINATION, (second, person, first))
