"""A no that was queued in a merged case counts where that goes on, though the worker is killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client import Door
from domain.fold import fold
from keys import Keyring
from settings import Settings
from tests.herd import Herd, free_port
from tests.serving import new_id
from tests.steps import referred
from tests.story import STAFF
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from domain.case import Case

import pytest

BOTH = {"V1": "V1", "O1": "O1"}


class Place:
    """An installation whose worker is a process of its own, and two cases of one matter."""

    def __init__(self, herd: Herd, door: Door) -> None:
        self.herd, self.door = herd, door
        self.staff: dict[str, str] = {}

    async def do(self, who: str, name: str, /, case: str | None = None, **given: object) -> str:
        actor = self.staff.get(who, who)
        known = "service" if who.startswith("service:") else "unverified"
        answer = await self.door.do(
            actor, known, name, given, stream=case, command_id=new_id("follow")
        )
        return answer.stream

    def case(self, reference: str) -> Case:
        return fold(self.door.admission.log.load(reference))

    def counts(self, reference: str) -> bool:
        return self.case(reference).party("V1").no_contact


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    settings = Settings(
        data=tmp_path / "data",
        keys=tmp_path / "keys",
        temporal_address=f"127.0.0.1:{free_port()}",
        answer_within=60.0,
    )
    (tmp_path / "data").mkdir()
    Keyring(settings.key_folder).create_missing()
    herd = Herd(tmp_path, settings)
    await herd.start(workers=1)
    here = Place(herd, await Door.connect(settings))
    for name in ("worker", "supervisor"):
        here.staff[name] = await here.do("service:setup", "register_practitioner", **STAFF[name])
    yield here
    here.door.close()
    herd.end()


async def two_cases(place: Place) -> tuple[str, str]:
    """Return two cases of one matter, and have the second one recorded to go on in the first."""
    refer = referred()[0]
    first = await place.do("worker", refer.name, **refer.given)
    second = await place.do("worker", refer.name, **refer.given)
    await place.do("supervisor", "merge_into", second, into=first, people=BOTH)
    return first, second


async def stop(place: Place, case: str) -> None:
    """Queue that somebody wants no contact."""
    actor = place.staff["worker"]
    given = {"party": "V1"}
    await place.door.signal(actor, "unverified", "stop_contact", given, stream=case)
    await until(lambda: place.counts(case), seconds=30)


async def test_a_merge_that_nobody_finished_is_finished_by_the_service(place: Place) -> None:
    first, second = await two_cases(place)
    await until(lambda: second in place.case(first).received, seconds=90)
    await until(lambda: place.case(second).follow_up is None, seconds=30)
    received = [e for e in place.door.admission.log.load(first) if e.name == "case_received"]
    assert [e.envelope.actor.id for e in received] == ["service:follow_up"]
    assert [e.envelope.origin for e in received] == ["follow_up"]
    await stop(place, second)
    await until(lambda: place.counts(first), seconds=10)


async def test_a_queued_no_counts_in_the_other_case_though_the_worker_was_killed_meanwhile(
    place: Place,
) -> None:
    first, second = await two_cases(place)
    await place.do("supervisor", "receive_case", first, other=second)
    await place.do("supervisor", "note_follow_up", second, other=first)
    await stop(place, second)
    place.herd.kill_worker(0)
    await until(lambda: place.counts(first), seconds=120)
    await until(lambda: place.case(second).follow_up is None, seconds=30)
    names = [e.name for e in place.door.admission.log.load(first)]
    assert names.count("contact_stopped") == 1
    assert place.door.admission.log.verify(first) == len(names)
