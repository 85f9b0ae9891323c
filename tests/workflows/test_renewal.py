"""Continue-as-new: under load, with signals, without losing or doubling anything."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from temporalio import activity
from temporalio.api.enums.v1 import EventType

from tests.cases import WISH, a_referred_case
from tests.faults import out_of_reach
from tests.serving import new_id
from tests.waiting import until
from workflows.run import Run

if TYPE_CHECKING:
    from temporalio.client import WorkflowHistory

    from tests.serving import Service

NAME = "record_wish"


async def test_four_hundred_commands_thirty_at_once_and_signals_over_many_runs(
    service: Service,
) -> None:
    service = service.through(continue_after=100, answer_within=60.0)
    case = await a_referred_case(service)
    room = asyncio.Semaphore(30)

    async def one(number: int) -> Any:
        async with room:
            more = {"stream": case, "command_id": new_id(f"load-{number}")}
            if number % 10 == 0:
                return await service.signal("worker", NAME, more=more, **WISH)
            return await service.do("worker", NAME, more=more, **WISH)

    answers = await asyncio.gather(*(one(number) for number in range(400)))
    sent = {answer.command_id for answer in answers}
    await until(lambda: sent <= {e.envelope.command for e in service.log(case)}, seconds=30)
    history = service.log(case)
    load = [e.envelope.command for e in history if e.envelope.command.startswith("load-")]
    assert sorted(load) == sorted(sent)
    assert [e.version for e in history] == list(range(1, len(history) + 1))
    assert (await service.present(case)).version == len(history)
    versions = [answer.version for answer in answers if hasattr(answer, "version")]
    assert len(set(versions)) == 360
    assert await service.runs(case) > 10


async def test_under_steady_load_no_run_outgrows_its_limit(service: Service) -> None:
    service = service.through(continue_after=60)
    case = await a_referred_case(service)
    # By ordinary activities alone: then there is always a handler that has not finished.
    service.faults.before_append[case] = not_locally
    room, here = asyncio.Semaphore(8), {"stream": case}

    async def one() -> None:
        async with room:
            await service.do("worker", NAME, more=here, **WISH)

    await asyncio.gather(*(one() for _ in range(80)))
    del service.faults.before_append[case]
    assert max([len(run.events) for run in await histories(service, case)]) < 160


async def test_a_renewal_on_demand_keeps_the_present_and_the_details(service: Service) -> None:
    case = await a_referred_case(service)
    before = await service.present(case)
    details = await current_details(service, case)
    await service.renewed(case)
    assert await service.present(case) == before
    assert await current_details(service, case) == details
    assert "waits for: " in details
    assert "next due: " in details


async def test_a_run_that_is_renewed_hands_on_its_limit_and_little_else(service: Service) -> None:
    case = await a_referred_case(service.through(continue_after=55))
    await service.renewed(case)
    history = await service.run(case).fetch_history()
    started = history.events[0].workflow_execution_started_event_attributes
    (payload,) = started.input.payloads
    run = Run.model_validate_json(payload.data)
    assert (run.stream, run.continue_after, run.inbox) == (case, 55, ())
    assert run.present == await service.present(case)
    assert len(payload.data) < 4096


async def test_no_run_has_a_time_limit(service: Service) -> None:
    case = await a_referred_case(service)
    await service.renewed(case)
    history = await service.run(case).fetch_history()
    started = history.events[0].workflow_execution_started_event_attributes
    assert not started.workflow_execution_timeout.ToSeconds()
    assert not started.workflow_run_timeout.ToSeconds()
    assert history.events[0].event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED


async def test_a_command_costs_few_history_events(service: Service) -> None:
    case = await a_referred_case(service)
    before = len((await service.run(case).fetch_history()).events)
    for _ in range(10):
        await service.do("worker", NAME, more={"stream": case}, **WISH)
    after = len((await service.run(case).fetch_history()).events)
    assert after - before <= 10 * 12


def not_locally() -> None:
    """Let the store be out of reach for local activities."""
    if activity.info().is_local:
        out_of_reach()


async def histories(service: Service, case: str) -> list[WorkflowHistory]:
    """Return the history of each run that the case has had so far."""
    client = service.environment.client
    found = [one.run_id async for one in client.list_workflows(f"WorkflowId = '{case}'")]
    assert len(found) > 1
    return [await client.get_workflow_handle(case, run_id=run).fetch_history() for run in found]


async def current_details(service: Service, case: str) -> str:
    """Return what operators see of the case in Temporal's own screens."""
    found = await service.run(case).query("__temporal_workflow_metadata")
    return str(found["currentDetails"] if isinstance(found, dict) else found.current_details)
