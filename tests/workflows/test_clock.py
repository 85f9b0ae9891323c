"""The clock: one timer for each stream, over years, and what it records when a thing falls due."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from temporalio.api.enums.v1 import EventType

from domain.message import Message, Outcome, Turn
from tests.cases import WISH, a_referred_case
from tests.faults import out_of_reach
from tests.waiting import until
from workflows.run import TICK

if TYPE_CHECKING:
    import pytest

    from tests.serving import Service


async def test_what_falls_due_is_recorded_by_the_clock_when_it_does(service: Service) -> None:
    case = await a_referred_case(service)
    due = (await service.present(case)).next_due
    assert due is not None
    await service.later(case, seconds=(due - datetime.now(UTC)).total_seconds() + 60)
    missed = service.log(case)[-1]
    assert missed.name == "wait_missed"
    assert missed.envelope.actor.id == "service:clock"
    assert missed.envelope.command.startswith("tick:")
    assert due <= missed.recorded_at < due + timedelta(seconds=30)


async def test_years_later_the_one_timer_wakes_the_case_on_the_day(service: Service) -> None:
    case = await a_referred_case(service)
    ask_at = datetime.now(UTC) + timedelta(days=5 * 365)
    deferral = {"party": "V1", "ask_at": ask_at.isoformat(), "asked_by": "V1"}
    await service.do("worker", "defer_choice", more={"stream": case}, **deferral)
    assert await pending_timers(service, case) == 1
    await service.later(case, days=5 * 365 + 1)
    came = [e for e in service.log(case) if e.name == "contact_date_came"]
    assert [e.recorded_at - ask_at < timedelta(minutes=1) for e in came] == [True]
    assert (await service.present(case)).version == len(service.log(case))


async def test_a_command_that_changes_no_due_date_leaves_the_timer_alone(service: Service) -> None:
    case = await a_referred_case(service)
    await service.do("worker", "record_wish", more={"stream": case}, **WISH)
    started = await timers_started(service, case)
    due = (await service.present(case)).next_due
    for _ in range(5):
        await service.do("worker", "record_wish", more={"stream": case}, **WISH)
    assert (await service.present(case)).next_due == due
    assert await timers_started(service, case) == started


async def test_the_clock_waits_for_a_store_out_of_reach_longer_each_time_and_then_catches_up(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    due = (await service.present(case)).next_due
    assert due is not None
    tried: list[None] = []

    def unreachable() -> None:
        tried.append(None)
        out_of_reach()

    service.faults.before_append[case] = unreachable
    await service.later(case, seconds=(due - datetime.now(UTC)).total_seconds() + 300)
    del service.faults.before_append[case]
    assert 4 < len(tried) < 40
    await service.later(case, seconds=70)
    await until(lambda: service.log(case)[-1].name == "wait_missed")


async def test_a_tick_that_moves_nothing_on_is_an_alarm_and_is_tried_a_minute_later(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # Whatever an earlier test of this process left to be written.
    caplog.set_level(logging.ERROR, logger="temporalio.workflow")
    case = await a_referred_case(service)
    due = (await service.present(case)).next_due
    assert due is not None
    before = service.log(case)
    with monkeypatch.context() as patch:
        patch.setattr("activities.turns.tick", lambda *_: ())
        await service.later(case, seconds=(due - datetime.now(UTC)).total_seconds() + 150)
        alarms = [r for r in caplog.records if r.getMessage().startswith("clock_does_not_move_on")]
        assert len(alarms) == 3
        assert service.log(case) == before
        answer = await service.do("worker", "record_wish", more={"stream": case}, **WISH)
        assert answer.version
    await service.later(case, seconds=70)
    await until(lambda: service.log(case)[-1].name == "wait_missed")


async def test_the_same_hour_may_fall_due_again_for_what_was_entered_later(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    due = (await service.present(case)).next_due
    assert due is not None
    await service.later(case, seconds=(due - datetime.now(UTC)).total_seconds() + 60)
    message = Message(id=f"tick:{due.isoformat()}", stream=case, name=TICK)
    entries = service.log(case)
    assert message.id in {e.envelope.command for e in entries}
    later = Turn(message=message, at=entries[-1].recorded_at + timedelta(days=60))
    reply = service.recorder.turns.take(later)
    assert reply.outcome is Outcome.ACCEPTED
    assert [e.envelope.command for e in service.log(case)][len(entries)] == (
        f"{message.id}:{len(entries)}"
    )


async def pending_timers(service: Service, case: str) -> int:
    """Return how many timers are running in the case's present run."""
    events = (await service.run(case).fetch_history()).events
    over = {EventType.EVENT_TYPE_TIMER_FIRED, EventType.EVENT_TYPE_TIMER_CANCELED}
    started = [e for e in events if e.event_type == EventType.EVENT_TYPE_TIMER_STARTED]
    return len(started) - len([e for e in events if e.event_type in over])


async def timers_started(service: Service, case: str) -> int:
    """Return how many timers were ever started in the case's present run."""
    events = (await service.run(case).fetch_history()).events
    return [e.event_type for e in events].count(EventType.EVENT_TYPE_TIMER_STARTED)
