"""One at a time, by the cheaper way first, and people before machines."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

from temporalio.api.enums.v1 import EventType

from tests.cases import WISH, a_referred_case
from tests.faults import out_of_reach, times
from tests.workflows.replaying import Saved, differences

if TYPE_CHECKING:
    from tests.serving import Service

NAME = "record_wish"
LOCAL, ORDINARY = (
    EventType.EVENT_TYPE_MARKER_RECORDED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
)


async def happened(service: Service, case: str, kind: EventType.ValueType) -> int:
    """Return how often this kind of event stands in the history of the case's run."""
    events = (await service.run(case).fetch_history()).events
    return [e.event_type for e in events].count(kind)


async def test_of_one_case_one_command_at_a_time_is_decided(service: Service) -> None:
    case = await a_referred_case(service)
    inside, most, guard = 0, 0, threading.Lock()

    def enter() -> None:
        nonlocal inside, most
        with guard:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)

    def leave() -> None:
        nonlocal inside
        with guard:
            inside -= 1

    service.faults.before_load[case] = enter
    service.faults.after_append[case] = leave
    here = {"stream": case}
    await asyncio.gather(*(service.do("worker", NAME, more=here, **WISH) for _ in range(8)))
    service.faults.before_load.clear()
    service.faults.after_append.clear()
    assert most == 1


async def test_a_command_is_recorded_by_a_local_activity_while_all_is_well(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    for _ in range(5):
        await service.do("worker", NAME, more={"stream": case}, **WISH)
    assert await happened(service, case, LOCAL) == 6
    assert await happened(service, case, ORDINARY) < 5


async def test_what_a_local_activity_could_not_do_an_ordinary_one_does(service: Service) -> None:
    case = await a_referred_case(service)
    service.faults.before_append[case] = times(1, out_of_reach)
    before = await happened(service, case, ORDINARY)
    await service.do("worker", NAME, more={"stream": case}, **WISH)
    assert await happened(service, case, ORDINARY) == before + 1


async def test_a_local_activity_that_took_too_long_is_replayed_as_it_was(service: Service) -> None:
    case = await a_referred_case(service)
    service.faults.before_append[case] = times(1, lambda: time.sleep(0.8))
    answer = await service.do("worker", NAME, more={"stream": case}, **WISH)
    assert answer.version == len(service.log(case))
    assert await happened(service, case, ORDINARY) >= 1
    history = await service.run(case).fetch_history()
    assert await differences(Saved("too long", history)) == []


async def test_people_go_before_demonstration_data_and_recovery(service: Service) -> None:
    person = await a_referred_case(service)
    demo = await a_referred_case(service, origin="demo")
    lost = await a_referred_case(service)
    await service.run(lost).terminate()
    await service.door.recovery.recover()
    keys = [
        (await service.run(case).describe()).raw_description.workflow_execution_info.priority
        for case in (person, demo, lost)
    ]
    assert [key.priority_key for key in keys] == [1, 5, 5]
