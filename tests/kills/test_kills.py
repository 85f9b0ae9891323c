"""Worker, server and writer killed at arbitrary moments under load: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from client import Door
from domain.decide import present
from domain.message import Present
from keys import Keyring
from settings import Settings
from tests.herd import Herd, free_port
from tests.invented_people import people
from tests.serving import new_id
from tests.steps import referred
from workflows.run import PRESENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from domain.record import Entry

WISH = {"party": "V1", "wish": "BE_TOLD_OUTCOME"}
AT_ONCE_PER_CASE = 3


@dataclass
class Load:
    """Commands sent to several cases at once, and what was acknowledged of them."""

    door: Door
    actor: str
    cases: list[str]
    acknowledged: dict[str, int] = field(default_factory=dict)
    """By command id: the version after it, as the door answered."""

    async def keep_up(self, until: asyncio.Event) -> None:
        slots = (self._slot(case, until) for case in self.cases for _ in range(AT_ONCE_PER_CASE))
        await asyncio.gather(*slots)

    async def _slot(self, case: str, until: asyncio.Event) -> None:
        while not until.is_set():
            command = new_id("kill")
            answer = await self.door.do(
                self.actor,
                "unverified",
                "record_wish",
                WISH,
                stream=case,
                command_id=command,
            )
            self.acknowledged[command] = answer.version

    def log(self, case: str) -> list[Entry]:
        return self.door.admission.log.load(case)


@pytest.fixture
async def herd(tmp_path: Path) -> AsyncIterator[Herd]:
    settings = Settings(
        data=tmp_path / "data",
        keys=tmp_path / "keys",
        temporal_address=f"127.0.0.1:{free_port()}",
        answer_within=90.0,
        continue_after_events=200,
    )
    (tmp_path / "data").mkdir()
    Keyring(settings.key_folder).create_missing()
    made = Herd(tmp_path, settings)
    await made.start(workers=2)
    yield made
    made.end()


async def loaded(herd: Herd, cases: int) -> Load:
    door = await Door.connect(herd.settings)
    registered = await door.do(
        "service:setup",
        "service",
        "register_practitioner",
        {"kind": "PCSO", "organisation": "DERBYSHIRE_POLICE", "roles": ["CASE_WORKER"]},
    )
    refer = referred()[0]
    # Each case has people of its own: the service would propose that they are one matter.
    everybody = iter(people(2 * cases, seed=30))
    opened = []
    for _ in range(cases):
        parties = [
            {**one, "details": json.loads(next(everybody).serialise())}
            for one in refer.given["parties"]
        ]
        given = {**refer.given, "parties": parties}
        opened.append((await door.do(registered.stream, "unverified", refer.name, given)).stream)
    return Load(door, registered.stream, opened)


async def under_kills(herd: Herd, load: Load, kills: int, seed: int) -> None:
    """Kill a worker or the server, again and again, while commands keep coming."""
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    over = asyncio.Event()
    sending = asyncio.create_task(load.keep_up(over))
    for number in range(kills):
        await asyncio.sleep(chance.uniform(0.3, 2.0))
        if number % 4 == 3:
            await herd.kill_server()
        else:
            herd.kill_worker(chance.randrange(2))
    await asyncio.sleep(2)
    over.set()
    await sending


async def check(herd: Herd, load: Load) -> None:
    """See that each acknowledged command is in the log once, and each workflow agrees with it."""
    recorded: dict[str, list[Entry]] = {}
    for case in load.cases:
        entries = load.log(case)
        assert load.door.admission.log.verify(case) == len(entries)
        assert [e.version for e in entries] == list(range(1, len(entries) + 1))
        for entry in entries:
            recorded.setdefault(entry.envelope.command, []).append(entry)
        known: Present = await load.door.sender.client.get_workflow_handle(case).query(
            PRESENT, result_type=Present
        )
        assert known == present(entries, herd.settings.limits)
    for command, version in load.acknowledged.items():
        assert [e.version for e in recorded[command]] == [version]
    sent = [c for c in recorded if c.startswith("kill-")]
    assert len(sent) >= len(load.acknowledged)


async def test_what_was_acknowledged_is_recorded_once_however_workers_and_server_are_killed(
    herd: Herd,
) -> None:
    load = await loaded(herd, cases=5)
    await under_kills(herd, load, kills=8, seed=1)
    assert herd.killed == 8
    assert len(load.acknowledged) > 50
    await check(herd, load)
    load.door.close()


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(2, 7))
async def test_however_often_and_whenever_they_are_killed(herd: Herd, seed: int) -> None:
    load = await loaded(herd, cases=10)
    await under_kills(herd, load, kills=30, seed=seed)
    await check(herd, load)
    load.door.close()


async def test_the_check_sees_a_command_that_is_missing_or_stands_twice(herd: Herd) -> None:
    load = await loaded(herd, cases=1)
    over = asyncio.Event()
    sending = asyncio.create_task(load.keep_up(over))
    await asyncio.sleep(2)
    over.set()
    await sending
    await check(herd, load)
    load.acknowledged["kill-that-was-never-recorded"] = 12
    with pytest.raises(KeyError):
        await check(herd, load)
    del load.acknowledged["kill-that-was-never-recorded"]
    some = next(iter(load.acknowledged))
    load.acknowledged[some] += 1
    with pytest.raises(AssertionError):
        await check(herd, load)
    load.door.close()
