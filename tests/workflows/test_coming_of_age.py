"""Somebody who turns 18, through the service with time skipped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.calendar import LONDON, is_working_day
from domain.words import Role
from tests.cases import a_referred_case
from tests.linked import case_of, everything_follows, person_in, person_of
from tests.serving import new_id
from tests.steps import offender, referred, victim
from tests.waiting import until

if TYPE_CHECKING:
    from tests.serving import Service


async def test_somebody_who_turns_18_is_an_adult_in_each_case_from_the_next_month(
    service: Service,
) -> None:
    today = datetime.now(LONDON).date()
    birthday = today + timedelta(days=9)
    details = {"name": "Vera Example (invented)", "born": birthday.replace(
        year=birthday.year - 18).isoformat()}  # fmt: skip
    young = victim(role="CHILD_VICTIM", details=details)
    refer = referred(young, offender())[0]
    case = await service.do(refer.who, refer.name, more={"command_id": new_id()}, **refer.given)
    mother = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_VICTIM", "of": "V1"}
    more = {"stream": case.stream}
    await service.do("worker", "add_party", more=more, **mother)
    other = await a_referred_case(service, command_id=new_id())
    await service.do("intake", "record_under_age", more={"stream": other}, party="V1")
    link = {"party": "V1", "other": case.stream, "there": "V1", "same_matter": False}
    await everything_follows(service)
    await service.do("worker", "link_person", more={"stream": other}, **link)
    person = person_in(service, case.stream)
    assert person_in(service, other) == person
    month = (birthday.replace(day=1) + timedelta(days=32)).replace(day=1)
    first = next(d for n in range(9) if is_working_day(d := month + timedelta(days=n)))
    await service.later(person, days=(first - today).days - 1)
    assert person_of(service, person).awaits_age
    assert (await service.present(person)).next_due
    await service.later(person, days=2)
    await until(lambda: _came_of_age(service, person))
    (came,) = (e for e in service.log(person) if e.name == "came_of_age")
    assert came.recorded_at.astimezone(LONDON).date() == first
    assert came.envelope.data == {}
    await everything_follows(service)
    for one in (case.stream, other):
        assert case_of(service, one).party("V1").role is Role.DIRECT_VICTIM
    there = case_of(service, case.stream)
    assert there.party("S1").role is Role.SUPPORTER_OF_VICTIM
    assert "CHANGE" in {task.kind for task in there.tasks.values()}


async def test_a_persons_workflow_is_made_again_from_the_log(service: Service) -> None:
    young = victim(role="CHILD_VICTIM", details={"name": "Vera Example (invented)"})
    refer = referred(young, offender())[0]
    case = await service.do(refer.who, refer.name, more={"command_id": new_id()}, **refer.given)
    await everything_follows(service)
    person = person_in(service, case.stream)
    await service.run(person).terminate()
    await service.door.recovery.recover()
    assert (await service.present(person)).waits_for == ("clock",)


async def _came_of_age(service: Service, person: str) -> bool:
    return not person_of(service, person).awaits_age
