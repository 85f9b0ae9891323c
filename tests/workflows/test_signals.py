"""Signals: for those who cannot wait; queued, processed in turn, and never lost without a word."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from domain.message import Message
from tests.cases import ATTEMPT, WISH, a_referred_case, an_ended_case
from tests.faults import out_of_reach
from tests.serving import new_id
from tests.waiting import until

if TYPE_CHECKING:
    from tests.serving import Service

NAME = "record_wish"


def commands(service: Service, case: str) -> list[str]:
    return [e.envelope.command for e in service.log(case)]


async def test_a_signal_is_processed_like_the_command_that_it_is(service: Service) -> None:
    case = await a_referred_case(service)
    queued = await service.signal("worker", NAME, more={"stream": case}, **WISH)
    await until(lambda: queued.command_id in commands(service, case))
    last = service.log(case)[-1]
    assert (last.name, last.envelope.actor.id) == ("wish_recorded", service.staff["worker"])


async def test_a_signal_may_open_a_case_and_sent_twice_opens_one(service: Service) -> None:
    more = {"command_id": new_id()}
    given = {"source": "VICTIM_SELF"}
    first = await service.signal("intake", "record_enquiry", more=more, **given)
    again = await service.signal("intake", "record_enquiry", more=more, **given)
    assert first == again
    await until(lambda: service.log(first.stream))
    await service.do("intake", "end_enquiry", more={"stream": first.stream})
    assert [e.name for e in service.log(first.stream)].count("enquiry_recorded") == 1


async def test_a_signal_wakes_a_case_whose_run_has_ended(service: Service) -> None:
    case = await an_ended_case(service)
    await service.signal("intake", "record_wish", more={"stream": case}, **WISH)
    await until(lambda: len(service.recorder.refusals.of(case)) == 1)
    assert service.recorder.refusals.of(case)[0].by_signal


async def test_signals_are_recorded_in_the_order_in_which_they_came(service: Service) -> None:
    case = await a_referred_case(service)
    sent = [
        (await service.signal("worker", NAME, more={"stream": case}, **WISH)).command_id
        for _ in range(12)
    ]
    await until(lambda: sent[-1] in commands(service, case))
    assert [command for command in commands(service, case) if command in sent] == sent


async def test_a_signal_that_was_not_accepted_is_a_task_until_somebody_has_seen_to_it(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    await service.do("worker", "stop_contact", more={"stream": case}, party="V1")
    more = {"stream": case}
    queued = await service.signal("worker", "record_contact_attempt", more=more, **ATTEMPT)
    refusals = service.recorder.refusals
    await until(lambda: refusals.of(case))
    (task,) = [task for task in refusals.tasks() if task.stream == case]
    assert (task.command, task.task, task.by_signal) == (queued.command_id, "open", True)
    assert refusals.done(case, queued.command_id)
    assert case not in {task.stream for task in refusals.tasks()}
    assert not refusals.done(case, queued.command_id)


async def test_a_signal_that_nobody_can_read_is_written_down_and_jams_nothing(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    await service.run(case).signal(NAME, "a text")
    await service.run(case).signal("tick", Message(id=new_id(), stream=case, name="tick"))
    await until(lambda: len(service.recorder.refusals.of(case)) == 2)
    assert {r.actor for r in service.recorder.refusals.of(case)} == {"unproved"}
    assert (await service.do("worker", NAME, more={"stream": case}, **WISH)).version


async def test_a_signal_waits_for_a_store_that_is_out_of_reach_and_holds_up_nobody(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    service.faults.before_append[case] = out_of_reach
    queued = await service.signal("worker", NAME, more={"stream": case}, **WISH)
    await asyncio.sleep(1)
    began = time.monotonic()
    assert (await service.present(case)).version == len(service.log(case))
    assert time.monotonic() - began < 1
    del service.faults.before_append[case]
    answer = await service.do("worker", NAME, more={"stream": case}, **WISH)
    assert answer.version
    await until(lambda: queued.command_id in commands(service, case))
