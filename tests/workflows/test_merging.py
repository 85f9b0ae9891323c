"""Two referrals of one offence, through the service: merged, finished after a crash, and undone."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.admission import Wish
from client.follow_ups import FollowUps
from client.merging import finish
from domain.fold import fold
from domain.message import Turn
from domain.record import Actor
from domain.waits import Limits, waits
from tests.cases import ATTEMPT, a_referred_case
from tests.faults import out_of_reach
from tests.serving import new_id
from tests.waiting import until

if TYPE_CHECKING:
    import pytest

    from domain.case import Case
    from tests.serving import Service

BOTH = {"V1": "V1", "O1": "O1"}


def case_of(service: Service, reference: str) -> Case:
    return fold(service.log(reference))


def somebody(service: Service, who: str) -> Actor:
    return Actor(id=service.someone(who), identified="unverified")


async def two_of_one_matter(service: Service) -> tuple[str, str]:
    """Return the earlier and the later of two cases, the later one not merged yet."""
    police = await a_referred_case(service, command_id=new_id())
    herself = await a_referred_case(service, command_id=new_id())
    return police, herself


async def merged(service: Service) -> tuple[str, str]:
    police, herself = await two_of_one_matter(service)
    about = {"stream": herself}
    await service.do("supervisor", "merge_into", more=about, into=police, people=BOTH)
    return police, herself


async def test_two_referrals_of_the_same_offence(service: Service) -> None:
    police, herself = await two_of_one_matter(service)
    monday = case_of(service, police).referred_at
    about = {"stream": herself}
    await service.do("worker", "record_contact_attempt", more=about, **ATTEMPT)
    await service.do("intake", "close_ways", more=about, party="V1", channels=["LETTER"])
    await service.do("worker", "propose_duplicate", more=about, case=police)
    await service.do("supervisor", "merge_into", more=about, into=police, people=BOTH)
    done = await finish(service.door, somebody(service, "supervisor"), herself)
    assert done
    assert done.finished
    case = case_of(service, police)
    assert case.referred_at == monday
    assert case.party("V1").closed_ways == {"LETTER"}
    assert len(case.party("V1").attempts) == 1
    referrals = [e for s in (police, herself) for e in service.log(s) if e.name.startswith("ref")]
    assert [e.name for e in referrals].count("referral_received") == 2
    waiting = {w.name for w in waits(case_of(service, herself), Limits())}
    assert waiting <= {"task", "retention_review"}


async def test_what_was_broken_off_is_finished_once_by_whoever_comes(service: Service) -> None:
    police, herself = await merged(service)
    assert "other_case" in {w.name for w in waits(case_of(service, herself), Limits())}
    first = await finish(service.door, somebody(service, "supervisor"), herself)
    assert first
    assert first.finished
    before = len(service.log(police))
    assert await finish(service.door, somebody(service, "trainer"), herself) is None
    assert len(service.log(police)) == before


async def test_a_no_that_is_said_in_the_merged_case_counts_at_once_in_the_other(
    service: Service,
) -> None:
    police, herself = await merged(service)
    await finish(service.door, somebody(service, "supervisor"), herself)
    await service.do("intake", "stop_contact", more={"stream": herself}, party="V1")
    assert case_of(service, police).party("V1").no_contact
    assert case_of(service, herself).follow_up is None


async def test_a_merge_is_undone_by_a_second_person(service: Service) -> None:
    police, herself = await merged(service)
    await finish(service.door, somebody(service, "supervisor"), herself)
    about = {"stream": herself}
    why = "Two people of one name, plainly invented."
    await service.do("trainer", "unmerge_case", more=about, into=police, reasons=why)
    done = await finish(service.door, somebody(service, "trainer"), herself)
    assert done
    assert done.finished
    assert not case_of(service, police).received
    assert case_of(service, herself).thread("V1-O1").open


async def test_a_no_is_answered_though_the_record_cannot_be_read_just_after_it(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await a_referred_case(service)
    monkeypatch.setattr("client.merging.fold", lambda _: out_of_reach())
    answer = await service.do("worker", "decline_offer", more={"stream": case}, party="V1")
    assert answer.version == len(service.log(case))


async def test_a_queued_no_that_nobody_followed_up_is_followed_up_by_whoever_comes_and_once(
    service: Service,
) -> None:
    police, herself = await merged(service)
    await finish(service.door, somebody(service, "supervisor"), herself)
    await service.signal("intake", "stop_contact", more={"stream": herself}, party="V1")
    await until(lambda: case_of(service, herself).party("V1").no_contact)
    assert not case_of(service, police).party("V1").no_contact
    service.faults.before_append[police] = out_of_reach
    follow_ups = FollowUps(service.through(answer_within=1.0).door, lambda: [herself], every=0.1)
    running = asyncio.create_task(follow_ups.run())
    await asyncio.sleep(3)
    assert not case_of(service, police).party("V1").no_contact
    del service.faults.before_append[police]
    await until(lambda: case_of(service, police).party("V1").no_contact)
    await until(lambda: case_of(service, herself).follow_up is None)
    await asyncio.sleep(1)
    assert [e.name for e in service.log(police)].count("contact_stopped") == 1
    await stopped(running)


async def test_a_queued_no_is_noticed_at_once(service: Service) -> None:
    police, herself = await merged(service)
    await finish(service.door, somebody(service, "supervisor"), herself)
    follow_ups = FollowUps(service.door, list, every=3600)
    running = asyncio.create_task(follow_ups.run())
    await asyncio.sleep(0)
    heard: list[str] = []
    recorder = replace(service.recorder, follow=heard.append)
    wish = Wish(service.someone("intake"), "unverified", "stop_contact", {"party": "V1"}, herself,
                None, "cli")  # fmt: skip
    message = service.door.admission.admit(wish).message
    turn = Turn(message=message, at=datetime.now(UTC), by_signal=True)
    await asyncio.to_thread(recorder.record, turn)
    assert heard == [herself]
    follow_ups.notice(herself)
    await until(lambda: case_of(service, police).party("V1").no_contact)
    await stopped(running)


async def stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
