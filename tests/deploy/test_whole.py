"""The deployment's own commands and settings, one after the other, without containers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from client import Door
from settings import Settings
from tests.deploy.compose import ROOT, SERVICES, environment_of
from tests.story import STAFF
from up.temporal import binary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.record import Entry
    from tests.deploy.servers import Server

ADDRESS = re.compile(r"postgresql://(\w+):[^@]*@[\w-]+/(\w+)")
ASKED = "Invented words: what is this?"
READY_WITHIN = 60.0
STOP_WITHIN = 30.0


@pytest.fixture
def environment(server: Server, address: str, tmp_path: Path) -> dict[str, dict[str, str]]:
    """Return the environment of each of our services, with addresses that there are here."""

    def here(name: str) -> dict[str, str]:
        given = {
            key: ADDRESS.sub(lambda m: server.url(m[1], m[2]), value)
            for key, value in environment_of(name).items()
        }
        beside = {"RJ_TEMPORAL_ADDRESS": address, "RJ_HEARTBEAT": str(tmp_path / "worker")}
        unused = {"RJ_DATA": str(tmp_path / "data"), "RJ_KEYS": str(tmp_path / "keys")}
        return given | beside | unused

    return {name: here(name) for name in ("migrate", "worker", "door")}


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a service's command, or its check, to its end; return its exit code."""
    assert command[0] == "python"
    return subprocess.run(
        [sys.executable, *command[1:]], env=environment, capture_output=True, check=False
    ).returncode


@contextmanager
def worker(environment: dict[str, str], output: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = SERVICES["worker"]["command"]
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *command[1:]], env=environment, stdout=file, stderr=file
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def check() -> list[str]:
    """Return the command of the image's health check."""
    (found,) = re.findall(r"HEALTHCHECK [^C]*CMD \[(.*)\]", (ROOT / "Dockerfile").read_text())
    return [word.strip(' "') for word in found.split(",")]


@pytest.fixture
def namespace(address: str) -> None:
    """Run the namespace's job until Temporal is there, as the engine would."""
    given = {"TEMPORAL_ADDRESS": address, "TEMPORAL_NAMESPACE": "rj", "HOME": "/nowhere"}
    given["PATH"] = f"{binary().parent}:{os.environ['PATH']}"
    script = str(ROOT / "deploy" / "temporal" / "namespace.sh")
    until = time.monotonic() + READY_WITHIN
    while subprocess.run(["sh", script], env=given, capture_output=True, check=False).returncode:
        assert time.monotonic() < until


async def open_a_case(door: Door) -> list[Entry]:
    """Enter somebody into the register and have them record an enquiry; return the case's log."""
    entered = await door.do("service:setup", "service", "register_practitioner", STAFF["intake"])
    given = {"source": "VICTIM_SELF", "asked": ASKED}
    answer = await door.do(entered.stream, "sign-in:test", "record_enquiry", given)
    return door.admission.log.load(answer.stream)


@pytest.mark.usefixtures("namespace")
async def test_the_first_administrator_is_entered_and_a_case_is_opened_in_the_deployment(
    environment: dict[str, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(SERVICES["migrate"]["command"], environment["migrate"]) == 0
    assert run(check(), environment["worker"]) == 1
    with worker(environment["worker"], tmp_path / "output") as process:
        until = time.monotonic() + READY_WITHIN
        while run(check(), environment["worker"]):
            assert process.poll() is None
            assert time.monotonic() < until
        given = tmp_path / "first.json"
        given.write_text('{"details": {"name": "Ada Example"}}')
        setup = ["python", "-P", "-m", "cli", "setup", "--from", str(given)]
        assert run(setup, environment["door"]) == 0
        assert run(setup, environment["door"]) == 1
        for name, value in environment["door"].items():
            monkeypatch.setenv(name, value)
        door = await Door.connect(Settings())
        try:
            assert await open_a_case(door)
        finally:
            door.close()
        assert run(["python", "-P", "-m", "cli", "doctor"], environment["door"]) == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_WITHIN) == 0
    assert run(check(), environment["worker"]) == 1
    assert ASKED not in (tmp_path / "output").read_text()
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "keys").exists()
