"""A log that is behind what the workflow has seen of it, or differs, is not appended to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from client import Unforeseen
from domain.message import Message, Outcome, Present, Turn
from tests.cases import WISH, a_referred_case
from tests.serving import new_id
from tests.workflows.test_envelope import by_the_door

if TYPE_CHECKING:
    from domain.record import Entry
    from tests.serving import Service

NAME = "record_wish"


async def test_a_log_restored_from_an_old_backup_is_not_appended_to(service: Service) -> None:
    case = await a_referred_case(service)
    backup = service.log(case)
    await service.do("worker", NAME, more={"stream": case}, **WISH)
    now = service.log(case)
    service.faults.instead[case] = backup
    with capture_logs() as lines, pytest.raises(Unforeseen):
        await service.do("worker", NAME, more={"stream": case}, **WISH)
    assert ("log_behind_its_witness", "error") in {(e["event"], e["log_level"]) for e in lines}
    del service.faults.instead[case]
    assert service.log(case) == now
    assert [r.codes for r in service.recorder.refusals.of(case)] == [("log_behind_its_witness",)]
    assert (await service.do("worker", NAME, more={"stream": case}, **WISH)).version


async def test_a_log_with_another_event_in_that_place_is_not_appended_to(service: Service) -> None:
    case = await a_referred_case(service)
    history = service.log(case)
    message = by_the_door(service, Message(id=new_id(), stream=case, name=NAME, body=WISH))
    seen = Present(version=len(history), head="0" * 64)
    turn = Turn(message=message, at=history[-1].recorded_at, witness=seen)
    assert service.recorder.record(turn).outcome is Outcome.BEHIND_ITS_WITNESS
    assert service.log(case) == history
    right = turn.model_copy(update={"witness": replace_head(seen, history)})
    assert service.recorder.record(right).outcome is Outcome.ACCEPTED


async def test_the_clock_does_not_append_to_such_a_log_either(service: Service) -> None:
    case = await a_referred_case(service)
    history = service.log(case)
    message = Message(id="tick:2026-01-01", stream=case, name="tick")
    seen = Present(version=len(history) + 1, head=history[-1].hash)
    turn = Turn(message=message, at=history[-1].recorded_at, witness=seen)
    assert service.recorder.record(turn).outcome is Outcome.BEHIND_ITS_WITNESS


def replace_head(seen: Present, history: list[Entry]) -> Present:
    return seen.model_copy(update={"head": history[-1].hash})
