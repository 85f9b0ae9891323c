"""The ordinary paths, lived through on a real server: door, workflow, activity, log and vault."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from client import Refused
from client.admission import Wish
from domain.command import COMMANDS, StreamKind
from domain.decide import present
from domain.fold import fold
from domain.message import Present, Turn
from domain.stage import stage_of
from domain.waits import Limits, waits
from tests.paths import PATHS
from tests.serving import known, moved, new_id, register, start_server
from tests.steps import DAY, YEAR, Ahead, Open, Path, Step, met, step

if TYPE_CHECKING:
    from domain.case import Case
    from tests.serving import Service

LIMITS = Limits()


@dataclass
class Living:
    """One case lived through the service, its clock put forward between the steps."""

    service: Service
    case_id: str = ""
    passed: timedelta = timedelta(0)
    """How far the clock was put forward."""

    @property
    def case(self) -> Case:
        return fold(self.service.log(self.case_id))

    async def live(self, path: Path) -> None:
        for one in path.steps:
            await self.take(one)

    async def take(self, one: Step) -> None:
        if one.after >= DAY:
            await self.later(one.after)
        given = self._dated({**one.given})
        if COMMANDS[one.name].stream is StreamKind.PRACTITIONER:
            await self._keep_register(one.who, one.name, given.pop("about"), given)
            return
        more = {"stream": self.case_id} if self.case_id else {}
        if one.refused is None:
            answer = await self.service.do(one.who, one.name, more=more, **given)
            self.case_id = answer.stream
            return
        with pytest.raises(Refused) as refused:
            await self.service.do(one.who, one.name, more=more, **given)
        assert one.refused in {r.code for r in refused.value.refusals}

    async def _keep_register(self, who: str, name: str, about: str, given: dict[str, Any]) -> None:
        # The server's clock was put forward for the case alone: the register is kept at its time.
        of = self.service.someone
        given = self.service.named(given)
        wish = Wish(of(who), known(who), name, given, of(about), new_id(), "cli")
        message = self.service.door.admission.admit(wish).message
        turn = Turn(message=message, at=datetime.now(UTC) + self.passed, witness=Present())
        assert (await asyncio.to_thread(self.service.recorder.turns.take, turn)).present

    def _dated(self, value: Any) -> Any:
        if isinstance(value, Ahead):
            moment = datetime.now(UTC) + self.passed + timedelta(days=value.days)
            return (moment.date() if value.whole else moment).isoformat()
        if isinstance(value, Open):
            return value.of(self.case)
        if isinstance(value, dict):
            return {name: self._dated(one) for name, one in value.items()}
        return [self._dated(one) for one in value] if isinstance(value, list) else value

    async def later(self, span: timedelta) -> None:
        self.passed += span
        # The run of a case that waits for nothing has ended: its clock starts again with the next.
        if present(self.service.log(self.case_id)).open:
            await self.service.later(self.case_id, seconds=span.total_seconds())


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda path: path.sentence)
async def test_the_path_is_lived_through(service: Service, path: Path) -> None:
    await lived_as_it_should(service, path)


async def lived_as_it_should(service: Service, path: Path) -> None:
    """Live a path through the service; see that everything stands as it says at the end."""
    if any("about" in one.given for one in path.steps):
        # What is recorded of its staff lies ahead of everybody else's clock.
        service = replace(service, staff={})
        await register(service)
    living = Living(service)
    await living.live(path)
    case = living.case
    assert stage_of(case) == path.stage
    ended = {t.id: t.current.ended.reason for t in case.threads.values() if t.current.ended}
    assert ended == path.ended
    for thread, (victim, offender) in path.choices.items():
        episode = case.thread(thread).current
        assert (episode.victim.choice, episode.offender.choice) == (victim, offender)
    assert path.waits <= {w.name for w in waits(case, LIMITS)}
    assert all(so(case) for so in path.then)


async def test_after_eight_years_a_letter_is_still_held_and_its_pair_is_taken_up_again(
    service: Service,
) -> None:
    living = Living(service)
    await living.live(PATHS["letter"])
    await living.later(8 * YEAR)
    back = step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    await living.take(back)
    await living.take(step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1"))
    case = living.case
    thread = case.thread("V1-O1")
    assert [e.kind for e in thread.episodes] == ["FIRST", "RETURN"]
    assert thread.episodes[1].opened_at - thread.episodes[0].opened_at > 8 * YEAR
    assert thread.episodes[0].ended
    assert thread.current.victim.choice == "EXPLORING"
    assert thread.current.victim.scopes == frozenset()
    assert case.letter("L1").state == "HELD_FOR_RECIPIENT"


async def test_a_facilitator_out_of_date_after_years_is_refused_until_a_supervisor_renews_it(
    service: Service,
) -> None:
    living = Living(service)
    await living.live(PATHS["letter"])
    await living.later(3 * YEAR)
    await living.take(step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1"))
    meeting = met("V1-O1", "V1", after=timedelta(0))
    with pytest.raises(Refused) as refused:
        await service.do(
            meeting.who, meeting.name, more={"stream": living.case_id}, **meeting.given
        )
    assert [r.code for r in refused.value.refusals] == ["the_actor_must_be_in_date_for_this_act"]


async def test_a_return_after_years_when_temporal_has_no_trace_of_the_case(
    service: Service,
) -> None:
    living = Living(service)
    for one in PATHS["declined"].steps:
        long_ago = (datetime.now(UTC) - 3 * YEAR).isoformat()
        given = {**one.given} if one.refused else {**one.given, "effective_at": long_ago}
        if one.name in ("accept_referral", "allocate_case", "classify_case"):
            continue
        await living.take(Step(one.who, one.name, given, refused=one.refused))
    another = await start_server()
    try:
        async with moved(service, another) as there:
            back = Living(there, living.case_id)
            await back.take(
                step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
            )
            assert (await there.present(back.case_id)).version == back.case.version
    finally:
        await another.shutdown()
    thread = living.case.thread("V1-O1")
    assert thread.episodes[0].ended
    assert thread.episodes[0].ended.reason == "VICTIM_DECLINED_DOOR_OPEN"
    assert thread.episodes[1].opened_at - thread.episodes[0].ended.at > 2 * YEAR
