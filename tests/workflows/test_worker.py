"""The worker as a process: it says when it is ready, logs no words, and stops in order."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from client import Door
from keys import Keyring
from settings import Settings
from tests.cases import an_enquiry
from tests.serving import Service

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment

INTAKE = {"kind": "SERVICE_STAFF", "organisation": "DERBYSHIRE_RJ", "roles": ["INTAKE"]}


@pytest.fixture
def settings(tmp_path: Path, temporal_server: WorkflowEnvironment) -> Settings:
    given = Settings(
        data=tmp_path / "data",
        keys=tmp_path / "keys",
        temporal_address=temporal_server.client.service_client.config.target_host,
        temporal_namespace="default",
        task_queue=f"process-{tmp_path.name}",
        log_format="json",
    )
    Keyring(given.key_folder).create_missing()
    return given


async def started(settings: Settings) -> Process:
    """Start a worker with these settings."""
    environment = {
        "PATH": os.environ["PATH"],
        "RJ_DATA": str(settings.data),
        "RJ_KEYS": str(settings.keys),
        "RJ_TEMPORAL_ADDRESS": settings.temporal_address,
        "RJ_TEMPORAL_NAMESPACE": settings.temporal_namespace,
        "RJ_TASK_QUEUE": settings.task_queue,
        "RJ_LOG_FORMAT": settings.log_format,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "worker",
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_says_ready_serves_and_stops_in_order_when_told_to(
    settings: Settings, temporal_server: WorkflowEnvironment
) -> None:
    worker = await started(settings)
    assert worker.stdout is not None
    assert await asyncio.wait_for(worker.stdout.readline(), 20) == b"ready\n"
    door = await Door.connect(settings, temporal_server.client)
    setup = ("service:setup", "service", "register_practitioner")
    registered = await door.do(*setup, {**INTAKE, "credentials": ["AWARENESS"]})
    staff = {"intake": registered.stream}
    case = await an_enquiry(Service(settings, temporal_server, None, door, staff=staff))  # type: ignore[arg-type]
    worker.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(worker.communicate(), 25)
    assert worker.returncode == 0
    lines = [json.loads(line) for line in errors.decode().splitlines()]
    # Twice, if the first attempt took longer than a local activity may.
    turns = [line for line in lines if line["event"] == "turn" and line["stream"] == case]
    command = door.admission.log.load(case)[0].envelope.command
    assert {(t["command_name"], t["outcome"], t["command"]) for t in turns} == {
        ("record_enquiry", "accepted", command)
    }
    assert "Plainly invented" not in errors.decode()
    assert [lines[0]["event"], lines[-1]["event"]] == ["ready", "stopped"]
    door.close()


async def test_without_a_server_it_says_so_in_a_sentence_and_ends(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
    worker = await started(nowhere)
    _, errors = await asyncio.wait_for(worker.communicate(), 20)
    assert worker.returncode == 3
    assert "127.0.0.1:1 does not answer" in json.loads(errors)["why"]


async def test_without_its_keys_it_says_so_in_a_sentence_and_ends(
    settings: Settings, tmp_path: Path
) -> None:
    worker = await started(settings.model_copy(update={"keys": tmp_path / "elsewhere"}))
    _, errors = await asyncio.wait_for(worker.communicate(), 20)
    assert worker.returncode == 3
    assert "key" in json.loads(errors)["why"]
