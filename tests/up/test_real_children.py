"""The real Temporal server and the real worker under the supervisor."""

import asyncio
import json
import os
import signal
import stat
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client, WorkflowExecutionStatus

from settings import RUNTIME_FILE, Settings
from tests.up.conftest import end
from tests.up.supervised import Up, eventually, gone
from up import worker
from up.place import Place
from up.ports import Ports
from up.running import Running, find
from up.temporal import DATABASE, UNFINISHED

QUEUE_WITHOUT_WORKER = "nobody-asks"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Yield one that runs, for the tests that leave it running."""
    up = Up(tmp_path_factory.mktemp("service") / "Fälle #1 50%?", "temporal", "worker")
    up.says("Everything is running")
    yield up
    end(up)


class Started:
    """A process that was started at this time, seconds since 1970."""

    def __init__(self, started: float) -> None:
        self.started = started


def found(up: Up) -> Running:
    running = find(Settings(data=up.folder))
    assert running is not None
    return running


async def begin_something(running: Running, name: str) -> None:
    """Start a workflow that only the server knows of."""
    client = await Client.connect(running.temporal, namespace=running.namespace)
    await client.start_workflow("Anything", id=name, task_queue=QUEUE_WITHOUT_WORKER)


async def is_there(running: Running, name: str) -> bool:
    client = await Client.connect(running.temporal, namespace=running.namespace)
    described = await client.get_workflow_handle(name).describe()
    return described.status is WorkflowExecutionStatus.RUNNING


def test_it_says_where_to_look(service: Up) -> None:
    running = found(service)
    for place in (str(service.folder), str(service.folder) + "-keys", running.ui):
        assert place in service.text
    assert service.text.index("Temporal server is ready") < service.text.index("worker is ready")
    with urllib.request.urlopen(running.ui, timeout=10) as page:  # noqa: S310 - our own server
        assert page.status == 200


def test_other_commands_find_it(service: Up) -> None:
    path = service.folder / RUNTIME_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    running = found(service)
    assert running.pid == service.process.pid
    assert (
        running.installation == json.loads((service.folder / "installation.json").read_text())["id"]
    )
    assert found(service) == Running.model_validate_json(
        service.text.partition("on_ready: ")[2].splitlines()[0]
    )


async def test_what_has_ended_is_kept_by_temporal_for_seven_days(service: Up) -> None:
    running = found(service)
    client = await Client.connect(running.temporal, namespace=running.namespace)
    described = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=running.namespace)
    )
    kept = described.config.workflow_execution_retention_ttl.ToTimedelta()
    assert kept == timedelta(days=7)


def test_everything_listens_on_loopback_only(service: Up) -> None:
    listening = [
        connection.laddr.ip
        for process in [psutil.Process(service.process.pid), *service.children()]
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) > 2
    assert set(listening) == {"127.0.0.1"}


def test_nothing_that_it_writes_may_be_read_by_others(service: Up) -> None:
    files = [path for path in service.folder.rglob("*") if path.is_file()]
    assert {DATABASE, "temporal.log", "worker.log", "up.lock"} <= {path.name for path in files}
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []
    assert service.folder.stat().st_mode & 0o077 == 0


def test_the_temporal_server_is_given_none_of_our_settings(service: Up) -> None:
    server, worker = service.child("start-dev"), service.child("-m worker")
    assert not [name for name in server.environ() if name.startswith("RJ_")]
    assert worker.environ()["RJ_TEMPORAL_ADDRESS"] == found(service).temporal


def test_a_second_start_on_the_folder_is_told_that_one_runs(
    service: Up, start: Callable[..., Up]
) -> None:
    second = start("temporal", "worker", folder=service.folder)
    assert second.ends() == 3
    assert f"already running on {service.folder} (process {service.process.pid})" in second.text
    assert found(service).pid == service.process.pid


def test_a_killed_worker_comes_back_and_it_is_said(service: Up) -> None:
    before = service.child("-m worker")
    before.kill()
    service.says("The worker was killed by signal 9 (SIGKILL)")
    service.says("The worker is running again")
    assert service.child("-m worker").pid != before.pid


async def test_a_worker_is_ready_only_when_it_has_asked_for_work_since_its_start(
    service: Up,
) -> None:
    port, ui = (int(url.rpartition(":")[2]) for url in (found(service).temporal, found(service).ui))
    place = Place(Settings(data=service.folder), service.folder, (), Ports(port, ui))
    await asyncio.wait_for(worker.ready(place, Started(0)), timeout=10)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(worker.ready(place, Started(time.time() + 600)), timeout=0.5)


async def test_a_killed_temporal_server_comes_back_where_it_was_with_its_data(service: Up) -> None:
    running = found(service)
    await begin_something(running, "kept-over-a-kill")
    service.child("start-dev").kill()
    service.says("The Temporal server was killed by signal 9 (SIGKILL)")
    service.says("The Temporal server is running again")
    assert found(service) == running
    assert await is_there(running, "kept-over-a-kill")
    assert len(service.children()) == 2


async def test_it_stops_in_order_and_the_next_start_carries_on(
    data: Path, start: Callable[..., Up]
) -> None:
    first = start("temporal", "worker")
    first.says("Everything is running")
    await begin_something(found(first), "kept-over-a-stop")
    children = first.children()
    assert first.stop() == 0
    assert first.text.index("worker has stopped") < first.text.index("Temporal server has stopped")
    assert gone(children, 0)
    assert not (data / RUNTIME_FILE).exists()

    second = start("temporal")
    second.says("Everything is running")
    assert await is_there(found(second), "kept-over-a-stop")
    assert "New keys were made" in first.text
    assert "New keys were made" not in second.text


async def test_after_the_supervisor_was_killed_nothing_is_left_and_the_next_start_carries_on(
    data: Path, settings: Settings, start: Callable[..., Up]
) -> None:
    first = start("temporal", "worker")
    first.says("Everything is running")
    await begin_something(found(first), "kept-over-a-kill")
    children = first.children()
    assert len(children) == 2
    first.process.kill()
    first.process.wait()
    assert gone(children)
    assert (data / RUNTIME_FILE).exists()
    assert eventually(lambda: find(settings) is None)

    second = start("temporal")
    second.says("Everything is running")
    assert await is_there(found(second), "kept-over-a-kill")


def test_two_run_side_by_side_in_different_folders(
    tmp_path: Path, start: Callable[..., Up]
) -> None:
    both = [start("temporal", folder=tmp_path / name) for name in ("one", "two")]
    for up in both:
        up.says("Everything is running")
    assert found(both[0]).temporal != found(both[1]).temporal
    assert [up.stop() for up in both] == [0, 0]


def test_a_temporal_database_whose_making_was_cut_off_is_made_anew(
    data: Path, start: Callable[..., Up]
) -> None:
    data.mkdir()
    (data / DATABASE).write_bytes(b"")
    (data / UNFINISHED).touch()
    up = start("temporal")
    up.says("Everything is running")
    assert not (data / UNFINISHED).exists()
    assert up.stop(signal.SIGTERM) == 0


def test_a_port_that_was_asked_for_is_used(start: Callable[..., Up]) -> None:
    port = 32_000 + os.getpid() % 700
    up = start("temporal", up_ui_port=str(port))
    up.says("Everything is running")
    assert found(up).ui == f"http://127.0.0.1:{port}"
