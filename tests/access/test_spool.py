"""While the access log cannot be written the spool takes the looks, and they are merged once."""

from __future__ import annotations

import fcntl
import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from access import Access, AccessLog, NotWritten, Spool, open_access
from keys import KeyKind
from tests.access.sample import NOON, look
from tests.access.test_log import written
from trouble import Trouble
from vault import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keys import Keyring

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def hardship(how: str, url: str, spool: Spool, keyring: Keyring, more: str = "") -> Any:
    script = Path(__file__).with_name("hardship.py")
    done = subprocess.run(
        [sys.executable, str(script), how, url, str(spool.path), str(keyring._folder), more],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if how == "killed":
        assert done.returncode == -signal.SIGKILL, done.stderr
        return None
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def out_of_reach() -> AccessLog:
    raise Unavailable(Trouble.UNREACHABLE, "the access log does not answer")


def test_what_the_log_cannot_take_waits_in_the_spool_and_is_merged_in_order(
    log: AccessLog, spool: Spool
) -> None:
    mine = [look() for _ in range(5)]
    away = Access(out_of_reach, spool)
    for one in mine:
        away.write(one)
    assert written(log) == []
    assert spool.holds_any()
    after = look()
    Access(lambda: log, spool).write(after)
    assert written(log) == [*mine, after]
    assert not spool.holds_any()
    merged = [entry.link.spooled is not None for entry in log.entries()]
    assert merged == [True] * 5 + [False]


def test_a_locked_log_is_spooled_within_seconds(
    keyring: Keyring, spool: Spool, tmp_path: Path
) -> None:
    path = tmp_path / "access.db"
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    with closing(open_access(f"sqlite:///{path}", signer, verifier)) as log:
        access = Access(lambda: log, spool)
        first, second, third = look(), look(), look()
        access.write(first)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            access.write(second)
            assert spool.holds_any()
        access.write(third)
        assert written(log) == [first, second, third]


@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_a_merge_that_is_killed_loses_nothing_and_doubles_nothing(
    url: str, log: AccessLog, spool: Spool, keyring: Keyring, where: str
) -> None:
    mine = [look() for _ in range(7)]
    for one in mine:
        spool.write(one, NOON)
    hardship("killed", url, spool, keyring, where)
    assert spool.holds_any()
    assert len(written(log)) == (0 if where == "before" else 7)
    spool.merge_into(log, NOON)
    assert written(log) == mine
    assert not spool.holds_any()


def test_a_line_that_was_begun_and_never_finished_was_never_acknowledged(
    log: AccessLog, spool: Spool
) -> None:
    first, second = look(), look()
    spool.write(first, NOON)
    with spool.path.open("ab") as file:
        file.write(b'{"form":"rja1","number":2,"prev')
    spool.write(second, NOON)
    spool.merge_into(log, NOON)
    assert written(log) == [first, second]


@pytest.mark.parametrize("line", [1, 2, 3])
def test_an_altered_spool_is_set_aside_and_what_stands_before_it_merged(
    log: AccessLog, spool: Spool, line: int
) -> None:
    mine = [look(purpose="case_work") for _ in range(3)]
    for one in mine:
        spool.write(one, NOON)
    lines = spool.path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(b"case_work", b"audit_job")
    spool.path.write_bytes(b"".join(lines))
    spool.merge_into(log, NOON)
    assert written(log) == mine[: line - 1]
    assert len(spool.set_aside()) == 1
    assert not spool.holds_any()
    after = look()
    spool.write(after, NOON)
    spool.merge_into(log, NOON)
    assert written(log) == [*mine[: line - 1], after]


def test_an_altered_end_is_set_aside_before_anything_is_built_on_it(
    log: AccessLog, spool: Spool
) -> None:
    spool.write(look(purpose="case_work"), NOON)
    spool.path.write_bytes(spool.path.read_bytes().replace(b"case_work", b"audit_job"))
    after = look()
    spool.write(after, NOON + timedelta(seconds=1))
    assert len(spool.set_aside()) == 1
    spool.merge_into(log, NOON)
    assert written(log) == [after]


def test_many_that_spool_while_others_merge_lose_nothing(log: AccessLog, spool: Spool) -> None:
    mine = [[look() for _ in range(15)] for _ in range(4)]
    done = threading.Event()
    failed: list[Exception] = []

    def merge() -> None:
        own = Spool(spool.path, spool._seals)
        while not done.is_set():
            try:
                own.merge_into(log, NOON)
            except Exception as error:  # noqa: BLE001 - told below
                failed.append(error)

    def go(these: list[Any]) -> None:
        own = Spool(spool.path, spool._seals)
        for one in these:
            own.write(one, NOON)

    merging = threading.Thread(target=merge)
    merging.start()
    threads = [threading.Thread(target=go, args=(these,)) for these in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    merging.join()
    spool.merge_into(log, NOON)
    assert failed == []
    assert sorted(o.id for o in written(log)) == sorted(o.id for these in mine for o in these)


@SQLITE
@pytest.mark.parametrize("size", [60_000, 100_000])
def test_a_full_disk_stops_at_what_can_be_written_and_loses_and_doubles_nothing(
    url: str, log: AccessLog, spool: Spool, keyring: Keyring, size: int
) -> None:
    found = hardship("quota", url, spool, keyring, str(size))
    assert "nothing is shown" in found["sentence"]
    assert "full" in found["sentence"]
    assert len(found["told"]) > 20
    assert [one.id for one in written(log)] == found["told"]


@pytest.fixture
def shared() -> Iterator[Path]:
    """Yield a folder that every user can see; pytest's own is its user's only."""
    with tempfile.TemporaryDirectory(prefix="rj-access-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


def test_where_nothing_may_be_written_nothing_is_handed_over(
    shared: Path, keyring: Keyring, tmp_path: Path
) -> None:
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    url = f"sqlite:///{shared / 'access.db'}"
    with closing(open_access(url, signer, verifier)) as log:
        log.append([look()], NOON)
    for path in shared.iterdir():
        path.chmod(0o444)
    shared.chmod(0o555)
    spool = Spool(shared / "spool.jsonl", None)  # type: ignore[arg-type] - only its path is used
    found = hardship("stranger", url, spool, keyring)
    assert "nothing is shown" in found["sentence"]
    assert "read-only" in found["sentence"]
    assert "spool.jsonl" in found["sentence"]
    assert not spool.path.exists()


def test_where_only_the_log_may_not_be_written_the_spool_takes_it(
    shared: Path, keyring: Keyring, spool: Spool
) -> None:
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    path = shared / "data" / "access.db"
    with closing(open_access(f"sqlite:///{path}", signer, verifier)) as log:
        log.append([look()], NOON)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    shared.chmod(0o777)
    here = Spool(shared / "spool.jsonl", spool._seals)
    assert hardship("stranger", f"sqlite:///{path}", here, keyring) == {"sentence": None}
    path.parent.chmod(0o755)
    path.chmod(0o644)
    with closing(open_access(f"sqlite:///{path}", signer, verifier)) as log:
        assert here.merge_into(log, NOON) == 1
        assert len(written(log)) == 2


def test_if_neither_can_take_it_that_is_said_and_nothing_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    nowhere = Spool(tmp_path / "file" / "spool", None)  # type: ignore[arg-type] - never reached
    with pytest.raises(NotWritten, match="nothing is shown"):
        Access(out_of_reach, nowhere).write(look())


def test_a_spool_that_is_put_aside_while_somebody_waits_for_it_takes_no_line_any_more(
    log: AccessLog, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, aside = fcntl.flock, spool.path.with_name("put-aside")

    def put_aside(file: int, how: int) -> None:
        if not aside.exists():
            spool.path.rename(aside)
        lock(file, how)

    spool.write(look(), NOON)
    monkeypatch.setattr(fcntl, "flock", put_aside)
    after = look()
    spool.write(after, NOON)
    assert aside.read_bytes().count(b"\n") == 1
    spool.merge_into(log, NOON)
    assert written(log) == [after]
