"""A run ends when its stream waits for nothing, and begins again with the next command."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from temporalio.client import WorkflowExecutionStatus

from client import Nonsense
from domain.ids import reference
from tests.cases import WISH, a_referred_case, an_ended_case, an_enquiry
from tests.faults import out_of_reach
from tests.serving import new_id
from tests.story import STAFF
from tests.waiting import until
from workflows.run import WORKFLOW, Run

if TYPE_CHECKING:
    from tests.serving import Service

COMPLETED, RUNNING = WorkflowExecutionStatus.COMPLETED, WorkflowExecutionStatus.RUNNING


async def status(service: Service, stream: str) -> WorkflowExecutionStatus | None:
    return (await service.run(stream).describe()).status


async def codes(service: Service, stream: str) -> list[tuple[str, ...]]:
    return [refusal.codes for refusal in service.recorder.refusals.of(stream)]


async def test_the_run_of_a_case_that_waits_for_nothing_ends(service: Service) -> None:
    case = await an_ended_case(service)
    assert await service.run(case).result() is None
    assert await status(service, case) is COMPLETED


async def test_a_command_to_an_ended_case_starts_a_run_from_the_log(service: Service) -> None:
    case = await an_ended_case(service)
    await service.run(case).result()
    given = {"party": "V1", "role": "DIRECT_VICTIM"}
    answer = await service.do("intake", "add_party", more={"stream": case}, **given)
    assert answer.version == len(service.log(case))
    assert answer.events[0]["event"] == "party_added"


async def test_the_run_of_a_practitioner_ends_when_nothing_keeps_them_in_date(
    service: Service,
) -> None:
    given = {**STAFF["co"], "credentials": ["AWARENESS"]}
    new = (await service.do("service:setup", "register_practitioner", **given)).stream
    await service.run(new).result()
    assert await status(service, new) is COMPLETED
    granted = {"credential": "FACILITATION_FOUNDATION"}
    await service.do("trainer", "grant_credential", more={"stream": new}, **granted)
    assert await status(service, new) is RUNNING
    await service.do("trainer", "deactivate_practitioner", more={"stream": new})
    await service.run(new).result()
    assert await status(service, new) is COMPLETED


async def test_a_run_whose_log_is_empty_ends_itself_after_a_minute(service: Service) -> None:
    command_id = new_id()
    stream = reference("RJ", command_id)
    with pytest.raises(Nonsense):
        await service.do("worker", "record_discussion", more={"command_id": command_id}, party="V4")
    assert await status(service, stream) is RUNNING
    assert not await service.environment.fast_forward(service.run(stream), 61)
    assert await status(service, stream) is COMPLETED
    assert service.log(stream) == []


async def test_what_was_not_accepted_at_first_may_open_the_case_within_that_minute(
    service: Service,
) -> None:
    command_id = new_id()
    more = {"command_id": command_id}
    queued = await service.signal("worker", "record_discussion", more=more, party="V4")
    await until(lambda: codes(service, queued.stream), [("nonsense",)])
    case = await an_enquiry(service, command_id=command_id)
    assert case == queued.stream
    await service.later(case, minutes=2)
    assert await status(service, case) is RUNNING


async def test_a_run_started_without_a_word_reads_the_log_and_keeps_the_clock(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    known = await service.present(case)
    await service.run(case).terminate()
    await service.environment.client.start_workflow(
        WORKFLOW, Run(stream=case), id=case, task_queue=service.settings.task_queue
    )
    await until(lambda: service.present(case), known)


async def test_a_run_that_was_cancelled_is_started_again_by_the_next_command(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    await service.run(case).cancel()
    await until(lambda: status(service, case), WorkflowExecutionStatus.CANCELED)
    answer = await service.do("worker", "record_wish", more={"stream": case}, **WISH)
    assert answer.version == len(service.log(case))


async def test_a_run_that_is_cancelled_while_it_serves_a_signal_ends_all_the_same(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    serving = threading.Event()

    def slowly() -> None:
        serving.set()
        time.sleep(0.4)
        out_of_reach()

    service.faults.before_append[case] = slowly
    await service.signal("worker", "record_wish", more={"stream": case}, **WISH)
    await until(serving.is_set)
    await service.run(case).cancel()
    await until(lambda: status(service, case), WorkflowExecutionStatus.CANCELED, seconds=3)
    del service.faults.before_append[case]
