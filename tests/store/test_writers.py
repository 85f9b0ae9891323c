"""Several writers at once, and writers killed at any moment: every command once, none twice."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.sample import CASE
from tests.store.writer import before, command, size

if TYPE_CHECKING:
    from keys import Keyring
    from store import Log

WRITER = Path(__file__).with_name("writer.py")
Answers = list[tuple[str, int, str]]


@pytest.fixture
def keys(keyring: Keyring, tmp_path: Path, signer: object) -> Path:
    """Return the folder of the keys that the log under test was opened with."""
    return keyring._folder


def start(how: str, url: str, keys: Path, *numbers: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), how, url, str(keys), *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def at_once(writers: list[subprocess.Popen[str]]) -> list[str]:
    """Wait until all are ready, let them go, and return what each said."""
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    return [writer.communicate(timeout=100)[0] for writer in writers]


def answers(output: str) -> Answers:
    """Return what a writer was told; a line that it was killed over does not count."""
    lines = [line.split() for line in output.splitlines(keepends=True) if line.endswith("\n")]
    return [(command_id, int(version), last) for command_id, version, last in lines]


def check_record(log: Log, told: Answers) -> int:
    """Check that every answer stands in the log, once and as it was told; count the commands."""
    log.verify(CASE)
    recorded: dict[str, tuple[int, str]] = {}
    for command_id, entries in groupby(log.load(CASE), key=lambda e: e.envelope.command):
        group = list(entries)
        assert command_id not in recorded
        assert len(group) == group[0].envelope.parts
        recorded[command_id] = (group[0].version, group[-1].hash)
    for command_id, version, last in told:
        assert recorded[command_id] == (version, last)
    return len(recorded)


@pytest.mark.parametrize("count", [2, 3])
def test_writers_of_the_same_commands_record_each_once_and_agree(
    url: str, log: Log, keys: Path, count: int
) -> None:
    writers = [start("racing", url, keys, seed, 25) for seed in range(count)]
    outputs = at_once(writers)
    assert [writer.returncode for writer in writers] == [0] * count
    told = [answer for output in outputs for answer in answers(output)]
    assert set(Counter(command_id for command_id, _, _ in told)) == {command(n) for n in range(25)}
    assert check_record(log, told) == 25


def kill_rounds(url: str, log: Log, keys: Path, rounds: int) -> None:
    told: Answers = []
    chance = random.Random(rounds)  # noqa: S311 - not for a secret
    for _ in range(rounds):
        writer = start("steady", url, keys, len(told))
        assert writer.stdout is not None
        first = writer.stdout.readline()
        killer = threading.Timer(chance.uniform(0, 0.1), writer.kill)
        killer.start()
        told += answers(first + writer.stdout.read())
        writer.communicate()
        killer.join()
        assert [command_id for command_id, _, _ in told] == [command(n) for n in range(len(told))]
        assert [version for _, version, _ in told] == [before(n) + 1 for n in range(len(told))]
        # The command under way when the writer was killed is there whole or not at all.
        there = check_record(log, told)
        assert there - len(told) in (0, 1)
        assert len(log.load(CASE)) == sum(size(number) for number in range(there))


def test_a_killed_writer_loses_nothing_and_doubles_nothing(url: str, log: Log, keys: Path) -> None:
    kill_rounds(url, log, keys, rounds=4)


@pytest.mark.prove
def test_a_writer_killed_sixty_times_loses_nothing_and_doubles_nothing(
    url: str, log: Log, keys: Path
) -> None:
    kill_rounds(url, log, keys, rounds=60)
