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
sys.exit(held.wait() % 256)
"""
FOR_LONG = "import time; time.sleep(600)"


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
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            self.leash = psutil.Process(int(stream.readline()))

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
    holder.process.kill()
    holder.process.wait()


def test_the_program_ends_when_its_holder_is_killed(held: Holder) -> None:
    everyone = held.all()
    held.process.kill()
    assert gone(everyone)


def test_the_program_stops_when_its_group_is_told_to(held: Holder) -> None:
    everyone = held.all()
    os.killpg(held.leash.pid, signal.SIGTERM)
    assert held.process.wait(10) == -signal.SIGTERM % 256
    assert gone(everyone, 0)


def test_the_exit_code_is_the_programs(how: str) -> None:
    assert Holder(how, "raise SystemExit(7)").process.wait(10) == 7


def test_with_the_kernels_help_no_second_process_stays() -> None:
    holder = Holder("bind", FOR_LONG)
    try:
        assert eventually(lambda: "leash.py" not in " ".join(holder.leash.cmdline()))
        assert holder.all() == [holder.leash]
    finally:
        holder.process.kill()
        holder.process.wait()
    assert gone([holder.leash])
