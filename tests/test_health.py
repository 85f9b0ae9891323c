"""A worker gives a sign of life, and the container's check reads it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import health
from settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "beat"


async def test_a_worker_touches_its_file_again_and_again_until_it_stops(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "EVERY", 0.01)
    stop = health.beat(Settings(heartbeat=file))
    await asyncio.sleep(0.05)
    assert health.trouble(file) is None
    os.utime(file, (0, 0))
    await asyncio.sleep(0.05)
    assert health.trouble(file) is None
    stop()
    await asyncio.sleep(0.05)
    assert health.trouble(file) == "the worker is not ready, or has stopped"


async def test_a_worker_without_a_file_starts_nothing() -> None:
    running = len(asyncio.all_tasks())
    stop = health.beat(Settings(heartbeat=None))
    assert len(asyncio.all_tasks()) == running
    stop()
    assert health.trouble(None) == "no file is set for it: RJ_HEARTBEAT"


def test_a_worker_that_hangs_is_told_from_one_that_is_well(file: Path) -> None:
    file.touch()
    assert health.trouble(file) is None
    past = time.time() - health.TOO_OLD - 5
    os.utime(file, (past, past))
    assert health.trouble(file) == "the worker has not moved for 25 seconds"


@pytest.mark.parametrize(("touched", "code"), [(True, 0), (False, 1)])
def test_the_check_tells_by_its_exit_code(file: Path, *, touched: bool, code: int) -> None:
    if touched:
        file.touch()
    checked = subprocess.run(
        [sys.executable, "-P", "-m", "health"],
        env={"RJ_HEARTBEAT": str(file)},
        capture_output=True,
        check=False,
    )
    assert (checked.returncode, bool(checked.stderr)) == (code, bool(code))
