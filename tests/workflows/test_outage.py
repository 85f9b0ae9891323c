"""While the store cannot be reached: what waits, what does not, and what is told."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from client import Unavailable
from tests.cases import WISH, a_referred_case
from tests.faults import out_of_reach
from tests.serving import new_id
from workflows.envelope import APART

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.serving import Service

NAME = "record_wish"


async def timed(asked: Awaitable[object]) -> float:
    began = time.monotonic()
    await asked
    return time.monotonic() - began


def hanging() -> None:
    """Hang for as long as a store may before it gives up, and then give up."""
    time.sleep(2)
    out_of_reach()


async def slowest(service: Service, well: str, ill: list[str], seconds: float) -> float:
    """Return how long the slowest command to a well case, or question to any, took meanwhile."""
    most, until = 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        most = max(
            most,
            await timed(service.do("worker", NAME, more={"stream": well}, **WISH)),
            *[await timed(service.present(case)) for case in (*ill, well)],
        )
        await asyncio.sleep(0.2)
    return most


async def test_an_outage_slows_no_other_case_and_no_query_by_more_than_a_second(
    service: Service,
) -> None:
    ill = [await a_referred_case(service) for _ in range(6)]
    well = await a_referred_case(service)
    before = await slowest(service, well, ill, seconds=3)
    for case in ill:
        service.faults.before_load[case] = hanging
    patient = service.through(answer_within=30.0)
    waiting = [
        asyncio.create_task(patient.do("worker", NAME, more={"stream": case}, **WISH))
        for case in ill
    ]
    meanwhile = await slowest(service, well, ill, seconds=12)
    service.faults.before_load.clear()
    answers = await asyncio.gather(*waiting)
    assert [answer.version for answer in answers] == [len(service.log(case)) for case in ill]
    assert meanwhile < before + 1
    # They waited longer than one run remembers a failure for, so they were asked for afresh.
    history = await service.run(ill[0]).fetch_history()
    accepted = [e.workflow_execution_update_accepted_event_attributes for e in history.events]
    assert any(one.accepted_request.meta.update_id.count(APART) > 1 for one in accepted)


async def test_a_person_is_told_in_time_that_there_is_no_answer_and_loses_nothing(
    service: Service,
) -> None:
    case, command_id = await a_referred_case(service), new_id()
    service.faults.before_append[case] = out_of_reach
    more = {"stream": case, "command_id": command_id}
    impatient = service.through(answer_within=1.0)
    before = service.log(case)
    async with asyncio.timeout(1.7):
        with pytest.raises(Unavailable) as unavailable:
            await impatient.do("worker", NAME, more=more, **WISH)
    assert command_id in str(unavailable.value)
    assert service.log(case) == before
    del service.faults.before_append[case]
    assert (await service.do("worker", NAME, more=more, **WISH)).command_id == command_id


async def test_a_call_that_outlasts_its_time_keeps_nobody_waiting_longer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await a_referred_case(service)

    async def asks_again_and_again(*_: object) -> None:
        await asyncio.sleep(20)

    monkeypatch.setattr("client.sending.Sender._once", asks_again_and_again)
    async with asyncio.timeout(1.7):
        with pytest.raises(Unavailable):
            await service.through(answer_within=0.8).do(
                "worker", NAME, more={"stream": case}, **WISH
            )


async def test_whoever_stops_waiting_is_let_go_at_once(service: Service) -> None:
    case = await a_referred_case(service)
    service.faults.before_append[case] = out_of_reach
    patient = service.through(answer_within=30.0)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await patient.do("worker", NAME, more={"stream": case}, **WISH)
    assert time.monotonic() - began < 2
    del service.faults.before_append[case]


async def test_without_a_temporal_server_a_command_is_unavailable_and_the_record_readable(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    settings = service.settings.model_copy(
        update={"temporal_address": "127.0.0.1:1", "answer_within": 0.5}
    )
    door = await type(service.door).connect(settings)
    with pytest.raises(Unavailable):
        await door.do(service.staff["worker"], "unverified", NAME, WISH, stream=case)
    with pytest.raises(Unavailable):
        await door.signal(service.staff["worker"], "unverified", NAME, WISH, stream=case)
    for asked in (door.recovery.recover, door.recovery.renew):
        with pytest.raises(Unavailable, match="does not answer"):
            await asked()
    assert door.admission.log.load(case) == service.log(case)
    door.close()
