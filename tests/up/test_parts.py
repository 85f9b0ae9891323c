"""The lock, the small files, the logs and the ports, each by itself."""

import asyncio
import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from settings import RUNTIME_FILE, Settings
from up import ports, temporal
from up.environment import foreign, own
from up.files import write_whole
from up.lock import LOCK_FILE, FolderLock, is_held
from up.output import Output
from up.place import Place
from up.problem import Problem
from up.process import Process
from up.running import find


async def test_the_lock_is_free_only_when_the_last_child_is_gone(tmp_path: Path) -> None:
    lock = await FolderLock.take(tmp_path)
    child = subprocess.Popen(  # noqa: ASYNC220 - it only waits
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock.handle]
    )
    lock.release()
    assert is_held(tmp_path)
    with pytest.raises(Problem, match="already running"):
        await FolderLock.take(tmp_path)
    child.communicate(b"\n")
    assert not is_held(tmp_path)


async def test_a_child_holds_the_lock_too(tmp_path: Path) -> None:
    lock = await FolderLock.take(tmp_path)
    child = await Process.start(
        [sys.executable, "-c", "import time; time.sleep(600)"],
        Output(tmp_path / "child.log", print),
        environment=os.environ,
        folder=None,
        inherit=[lock.handle],
    )
    lock.release()
    assert is_held(tmp_path)
    assert await child.stop(10, asyncio.Event())
    assert not is_held(tmp_path)


async def test_a_look_at_the_lock_does_not_keep_a_start_from_taking_it(tmp_path: Path) -> None:
    (await FolderLock.take(tmp_path)).release()
    look = os.open(tmp_path / LOCK_FILE, os.O_RDONLY)
    fcntl.flock(look, fcntl.LOCK_SH)
    asyncio.get_running_loop().call_later(0.2, os.close, look)
    (await FolderLock.take(tmp_path)).release()


def test_whoever_reads_a_file_sees_the_old_text_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, "old")
    with path.open() as reader:
        write_whole(path, "new")
        assert reader.read() == "old"
    assert path.read_text() == "new"


def test_nothing_is_found_where_nothing_ever_ran(data: Path, settings: Settings) -> None:
    assert find(settings) is None
    assert not data.exists()


async def test_a_damaged_runtime_file_is_named(settings: Settings) -> None:
    settings.folder.mkdir()
    (settings.folder / RUNTIME_FILE).write_text("{")
    assert find(settings) is None
    lock = await FolderLock.take(settings.folder)
    with pytest.raises(Problem, match=r"up\.json cannot be read"):
        find(settings)
    lock.release()


def test_a_log_keeps_within_its_size_and_one_before_it(tmp_path: Path) -> None:
    output = Output(tmp_path / "one.log", print, limit=1000)
    for number in range(100):
        output.take(f"{number:099}\n".encode())
    assert (tmp_path / "one.log").stat().st_size == 1000
    assert (tmp_path / "one.log.1").stat().st_size == 1000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.log", "one.log.1"]
    assert [int(line) for line in output.last_lines(3)] == [97, 98, 99]


def test_a_temporal_database_that_was_finished_once_is_kept_however_often_its_server_dies(
    tmp_path: Path, settings: Settings
) -> None:
    place = Place(settings, tmp_path, (), ports.Ports(1, 2))
    (tmp_path / temporal.DATABASE).write_text("cases")
    for _ in range(3):
        temporal.prepare(place)
    assert (tmp_path / temporal.DATABASE).read_text() == "cases"


def test_free_ports_are_not_those_of_outgoing_connections() -> None:
    chosen = ports.choose(None, None)
    first_given_out = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert 1024 < chosen.temporal != chosen.ui
    assert max(chosen.temporal, chosen.ui) < first_given_out


def test_a_port_of_a_connection_that_has_just_ended_is_free() -> None:
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection((ports.LOOPBACK, port))
        accepted, _ = server.accept()
        accepted.close()
        client.close()
    assert ports.choose(port, None).temporal == port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(ports, "_RANGE", range(port, port + 1))
        with pytest.raises(Problem, match="No free port"):
            ports.choose(None, None)


def test_settings_reach_our_programs_however_they_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RJ_LIMITS__ACKNOWLEDGE", "4")
    monkeypatch.setenv("RJ_KEY_SEAL", "inherited")
    monkeypatch.setenv("TEMPORAL_TLS", "true")
    given = Settings(data=tmp_path, keys=tmp_path / "keys", allow_unverified=False, draft_days=3)
    place = Place(given, tmp_path, (), ports.Ports(1, 2))
    passed_on = own(place)
    assert passed_on["RJ_KEY_SEAL"] == "inherited"
    for name in [name for name in os.environ if name.startswith("RJ_")]:
        monkeypatch.delenv(name)
    for name, value in passed_on.items():
        if name.startswith("RJ_"):
            monkeypatch.setenv(name, value)
    assert Settings() == given.model_copy(update={"temporal_address": "127.0.0.1:1"})
    assert not [name for name in foreign(place) if name.startswith(("RJ_", "TEMPORAL_"))]
