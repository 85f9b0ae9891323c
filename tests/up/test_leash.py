"""A program on a leash does not outlive whoever holds it, with the kernel's help or without."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from tests.up.supervised import ROOT, eventually, gone

HOLDER = """
import subprocess, sys
from up import leash
program = [sys.executable, "-c", sys.argv[2]]
command = leash.command(program, watch=sys.argv[1] == "watch")
held = subprocess.Popen(command, start_new_session=True)
print(held.pid, flush=True)
print(held.wait(), flush=True)
"""
FOR_LONG = "import time; time.sleep(600)"
TAKES_ITS_TIME = """
import signal, sys, time
def stop(number, frame):
    time.sleep(0.5)
    sys.exit(5)
signal.signal(signal.SIGTERM, stop)
print(0, flush=True)
time.sleep(600)
"""


@pytest.fixture(params=["bind", "watch"])
def how(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Holder:
    """A process that holds a program on a leash."""

    def __init__(self, how: str, program: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, how, program],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.leash = psutil.Process(self._number())

    def code(self) -> int:
        """Wait for the end; return the exit code as the holder sees it."""
        return self._number()

    def is_there(self) -> None:
        """Wait until the program says so."""
        assert self._number() == 0

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _number(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def all(self) -> list[psutil.Process]:
        return [self.leash, *self.leash.children(recursive=True)]


@pytest.fixture
def held(how: str) -> Iterator[Holder]:
    holder = Holder(how, FOR_LONG)
    assert eventually(lambda: any("sleep(600)" in " ".join(p.cmdline()[:3]) for p in holder.all()))
    everyone = holder.all()
    yield holder
    for process in everyone:
        if process.is_running():
            process.kill()
    holder.end()


def test_the_program_ends_when_its_holder_is_killed(held: Holder) -> None:
    everyone = held.all()
    held.process.kill()
    assert gone(everyone)


def test_the_program_stops_when_its_group_is_told_to(held: Holder) -> None:
    everyone = held.all()
    os.killpg(held.leash.pid, signal.SIGTERM)
    assert held.code() == -signal.SIGTERM
    assert gone(everyone, 0)


def test_the_exit_code_is_the_programs(how: str) -> None:
    holder = Holder(how, "raise SystemExit(7)")
    assert holder.code() == 7
    holder.end()


def test_a_program_that_takes_its_time_to_stop_is_waited_for(how: str) -> None:
    holder = Holder(how, TAKES_ITS_TIME)
    holder.is_there()
    os.killpg(holder.leash.pid, signal.SIGTERM)
    assert holder.code() == 5
    holder.end()


def test_with_the_kernels_help_no_second_process_stays() -> None:
    holder = Holder("bind", FOR_LONG)
    try:
        assert eventually(lambda: "leash.py" not in " ".join(holder.leash.cmdline()))
        assert holder.all() == [holder.leash]
    finally:
        holder.end()
    assert gone([holder.leash])
