"""One `rj up --demo`, started once for all of these tests, and somebody who types."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.terminal import RJ, Terminal, Typist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY = "Everything is running"
WITHIN = 120.0


def start(place: Terminal, *options: str, log: Path) -> subprocess.Popen[bytes]:
    """Start `rj up`, and wait for nothing; Python keeps back what it is not made to write."""
    kept_back = {n: v for n, v in place.environment.items() if n != "PYTHONUNBUFFERED"}
    with log.open("wb") as out:
        return subprocess.Popen(
            [*RJ, "up", "--data", str(place.data), *options],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=kept_back,
        )


def started(place: Terminal, *options: str, log: Path) -> subprocess.Popen[bytes]:
    """Start `rj up` and wait until it says that everything is running."""
    process = start(place, *options, log=log)
    deadline = time.monotonic() + WITHIN
    while READY not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    return process


def stopped(process: subprocess.Popen[bytes]) -> int:
    """Stop `rj up` as Ctrl-C does, and return its exit code."""
    process.send_signal(signal.SIGINT)
    return process.wait(timeout=60)


@pytest.fixture(scope="session")
def up_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what `rj up` says is kept."""
    return tmp_path_factory.mktemp("up") / "up.log"


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory, up_log: Path) -> Iterator[Terminal]:
    """Yield a terminal on a running installation with the demonstration; its first practitioner
    acts."""
    folder = tmp_path_factory.mktemp("installation")
    place = Terminal(folder / "data", folder / "keys")
    process = started(place, "--demo", log=up_log)
    try:
        first = re.search(r"RJ_ACTOR='(PR-[^']+)'", up_log.read_text())
        assert first, up_log.read_text()
        yield replace(place, actor=first[1])
    finally:
        code = stopped(process)
    assert code == 0


@pytest.fixture(scope="session")
def typist(here: Terminal) -> Iterator[Typist]:
    """Yield somebody who types quickly there."""
    somebody = Typist(here)
    yield somebody
    somebody.end()


@pytest.fixture
def nowhere(tmp_path: Path) -> Terminal:
    """Return a terminal on a folder in which there is nothing."""
    return Terminal(tmp_path / "data", tmp_path / "keys", actor="PR-24Z5986W-E")
