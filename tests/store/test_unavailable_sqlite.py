"""When the file cannot be used: a plain sentence that says why, and nothing half-written."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from eventsourcing.persistence import StoredEvent

from keys import KeyKind
from store import Unavailable, open_log
from store.sqlite import SQLiteLogRecorder, open_sqlite
from store.sqlite_trouble import explain
from tests.store.sample import CASE, asked, fill, step
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keys import Keyring, Signer, Verifier
    from store import Log


@pytest.fixture
def path(sqlite_log: str) -> Path:
    return Path(sqlite_log.removeprefix("sqlite:///"))


@pytest.fixture
def log(sqlite_log: str, signer: Signer, verifier: Verifier) -> Iterator[Log]:
    with closing(open_log(sqlite_log, signer, verifier)) as opened:
        yield opened


def hardship(how: str, url: str, keyring: Keyring, more: str) -> dict[str, Any]:
    script = Path(__file__).with_name("hardship.py")
    done = subprocess.run(
        [sys.executable, str(script), how, url, str(keyring._folder), more],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_nothing_is_recorded_in_a_log_that_was_replaced_while_it_was_open(
    path: Path, log: Log
) -> None:
    fill(log, appends=(1,))
    copy = path.with_name("copy.db")
    with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    copy.replace(path)
    with pytest.raises(Unavailable, match="replaced while it was open") as told:
        log.append(CASE, 1, asked("command-2"), [step(2)])
    assert told.value.trouble is Trouble.UNREACHABLE
    with pytest.raises(Unavailable):
        log.load(CASE)


def test_nothing_is_recorded_in_a_log_that_was_taken_away_while_it_was_open(
    path: Path, log: Log
) -> None:
    fill(log, appends=(1,))
    path.rename(path.with_name("away.db"))
    with pytest.raises(Unavailable, match="taken away"):
        log.append(CASE, 1, asked("command-2"), [step(2)])
    path.with_name("away.db").rename(path)
    assert log.append(CASE, 1, asked("command-2"), [step(2)]).entries[-1].version == 2


def test_a_log_that_goes_while_it_is_written_to_acknowledges_nothing(path: Path) -> None:
    event = StoredEvent(originator_id=CASE, originator_version=1, topic="x", state=b"{}")

    def take_away(statement: str) -> None:
        if statement.startswith("INSERT"):
            path.rename(path.with_name("away.db"))

    with closing(open_sqlite(path, create=True)) as recorder:
        with recorder.datastore.get_connection(commit=False) as connection:
            connection._sqlite_conn.set_trace_callback(take_away)
        with pytest.raises(Unavailable, match="taken away"):
            recorder.insert_events([event])


def test_a_locked_log_says_so_within_seconds_and_works_when_let_go(path: Path, log: Log) -> None:
    fill(log, appends=(1,))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(Unavailable, match=r"log\.db is locked") as caught:
            log.append(CASE, 1, asked("command-1"), [step(2)])
        assert time.monotonic() - began < 3
        assert caught.value.trouble is Trouble.LOCKED
        assert len(log.load(CASE)) == 1
        other.execute("ROLLBACK")
    assert not log.append(CASE, 1, asked("command-1"), [step(2)]).replayed
    assert log.verify(CASE) == 2


def test_reading_does_not_wait_for_a_writer_that_waits(path: Path, log: Log) -> None:
    fill(log)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        failed: list[Exception] = []

        def write(number: int) -> None:
            try:
                log.append(f"RJ-0000000{number}-0", 0, asked("command-w"), [step()])
            except Unavailable as error:
                failed.append(error)

        threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        began = time.monotonic()
        assert len(log.load(CASE)) == 6
        assert time.monotonic() - began < 0.5
        other.execute("ROLLBACK")
        for thread in threads:
            thread.join()
    assert failed == [] or all("locked" in str(error) for error in failed)


@pytest.fixture
def shared() -> Iterator[Path]:
    """Yield a folder that every user can see; pytest's own is its user's only."""
    folder = Path(tempfile.mkdtemp(prefix="rj-log-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("create", ["create", "open"])
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o444, 0o777), (0o000, 0o755)])
def test_a_read_only_log_says_so_and_stays_as_it_is(
    shared: Path, keyring: Keyring, *, file: int, folder: int, create: str
) -> None:
    path = shared / "log.db"
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    with closing(open_log(f"sqlite:///{path}", signer, verifier)) as log:
        fill(log, appends=(1,))
    path.chmod(file)
    shared.chmod(folder)
    found = hardship("stranger", f"sqlite:///{path}", keyring, create)
    assert found["trouble"] == Trouble.READ_ONLY
    assert str(path) in found["sentence"]
    path.chmod(0o644)
    shared.chmod(0o755)
    assert recorded(path) == 1


def test_a_read_only_folder_gets_no_log(shared: Path, keyring: Keyring) -> None:
    shared.chmod(0o555)
    for name in ("log.db", "new/log.db"):
        found = hardship("stranger", f"sqlite:///{shared / name}", keyring, "create")
        assert found["trouble"] == Trouble.READ_ONLY
        assert "read-only" in found["sentence"]
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize("size", [70_000, 100_000, 150_001])
def test_a_full_disk_says_so_and_loses_and_doubles_nothing(
    sqlite_log: str, keyring: Keyring, verifier: Verifier, size: int
) -> None:
    found = hardship("quota", sqlite_log, keyring, str(size))
    assert found["trouble"] == Trouble.FULL
    assert "disk is full" in found["sentence"]
    assert found["told"] == found["recorded"] > 0
    assert not found["replayed"]
    with closing(open_log(sqlite_log, None, verifier)) as log:
        assert log.verify(CASE) == found["told"] + 1


def test_a_database_that_may_not_grow_is_full(path: Path, log: Log) -> None:
    fill(log, appends=(1,))
    with closing(sqlite3.connect(path)) as limited:
        limited.execute("PRAGMA max_page_count=1")
        with pytest.raises(sqlite3.OperationalError) as caught:
            limited.execute("CREATE TABLE more AS SELECT zeroblob(1000000)")
    assert explain(caught.value, "here").trouble is Trouble.FULL


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_new_log_waits_for_another_that_is_writing_there(
    sqlite_log: str, path: Path, verifier: Verifier, journal: str
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute(f"PRAGMA journal_mode={journal}")
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE theirs (one TEXT)")
        done = threading.Timer(0.2, other.execute, ["COMMIT"])
        done.start()
        with closing(open_log(sqlite_log, None, verifier)) as log:
            assert log.last() == 0
        done.join()


def test_an_index_of_an_older_release_waits_to_be_replaced_for_another_that_is_writing_there(
    sqlite_log: str, path: Path, verifier: Verifier
) -> None:
    open_log(sqlite_log, None, verifier).close()
    older = "CREATE INDEX stored_events_followed ON stored_events (topic) WHERE topic IN ('x')"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("DROP INDEX stored_events_followed")
        other.execute(older)
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE theirs (one TEXT)")
        done = threading.Timer(0.2, other.execute, ["COMMIT"])
        done.start()
        open_log(sqlite_log, None, verifier).close()
        done.join()
        ((made,),) = other.execute("SELECT sql FROM sqlite_master WHERE name LIKE '%_followed'")
        assert "person_erased" in made


def test_opening_a_log_again_takes_no_lock_from_those_who_have_it_open(
    sqlite_log: str, path: Path, log: Log, verifier: Verifier
) -> None:
    """Or another process, closing it, would take the write-ahead log away under the writer."""
    fill(log)
    open_log(sqlite_log, None, verifier).close()
    look = (
        "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())"
    )
    count = [sys.executable, "-c", look, str(path), "SELECT count(*) FROM stored_events"]
    assert subprocess.run(count, capture_output=True, text=True, check=True).stdout == "6\n"
    assert path.with_name("log.db-wal").exists()
    log.append(CASE, 6, asked("command-7"), [step(7)])
    assert subprocess.run(count, capture_output=True, text=True, check=True).stdout == "7\n"


def test_a_write_that_breaks_off_leaves_nothing_behind(log: Log) -> None:
    recorder = log._recorder
    assert isinstance(recorder, SQLiteLogRecorder)
    steps = iter(range(20))
    writing: list[str] = []

    def notice(statement: str) -> None:
        writing.extend([statement] if statement.startswith("INSERT") else [])

    def break_off() -> bool:
        return bool(writing) and next(steps, None) is None

    fill(log, appends=(1,))
    with recorder.datastore.get_connection(commit=False) as connection:
        connection._sqlite_conn.set_trace_callback(notice)
        connection._sqlite_conn.set_progress_handler(break_off, 1)
    with pytest.raises(Unavailable, match="interrupted"):
        log.append(CASE, 1, asked("command-1"), [step(2)])
    assert not log.append(CASE, 1, asked("command-1"), [step(2)]).replayed
    assert log.verify(CASE) == 2


def test_an_append_is_on_the_disk_before_it_is_answered(path: Path) -> None:
    """FULL, whatever the default that this SQLite was built with."""
    with (
        closing(open_sqlite(path, create=True)) as recorder,
        recorder.datastore.transaction(commit=True) as cursor,
    ):
        found = []
        for pragma in ("journal_mode", "synchronous", "fullfsync"):
            cursor.execute(f"PRAGMA {pragma}")
            found.append(cursor.fetchone()[0])
    assert found == ["wal", 2, 1]


def test_a_new_log_opened_by_many_at_once_is_made_once(
    sqlite_log: str, signer: Signer, verifier: Verifier
) -> None:
    opened: list[Log] = []
    errors: list[Exception] = []
    together = threading.Barrier(8)

    def go() -> None:
        together.wait()
        try:
            opened.append(open_log(sqlite_log, signer, verifier))
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for number, log in enumerate(opened):
        log.append(CASE, number, asked(f"command-{number}"), [step(number)])
    assert opened[0].verify(CASE) == 8
    for log in opened:
        log.close()


def recorded(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM stored_events").fetchone()[0])
