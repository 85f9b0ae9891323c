"""The event log in an SQLite file: append-only, in commit order, on the disk before it answers."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from domain.personal_data import FOLLOWED
from sqlitefile import TAKEN_AWAY, OpenFile
from store.errors import Trouble, Unavailable
from store.sqlite_trouble import explain
from store.together import Together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventsourcing.persistence import StoredEvent

    from store.log import Recorded

LOCK_TIMEOUT = 2
"""Seconds to wait for another writer: shorter than the ten for which a command is retried."""
_TABLE = "stored_events"
_END = 2**63 - 1
_INSERT = f"INSERT INTO {_TABLE} (originator_id, originator_version, topic, state) VALUES "  # noqa: S608
_ROW = "(?,?,?,?)"
# Written out: an index over some of the rows serves only a question that says the same of them.
_FOLLOWED = f"topic IN ({', '.join(repr(name) for name in FOLLOWED)})"
_TABLES = (
    # A reissued position would hide a deleted tail from whoever reads on: hence AUTOINCREMENT.
    # The library finds the position only under the name `rowid`.
    f"""CREATE TABLE IF NOT EXISTS {_TABLE} (
        rowid INTEGER PRIMARY KEY AUTOINCREMENT,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL CHECK (originator_version >= 0),
        topic TEXT NOT NULL,
        state BLOB NOT NULL,
        UNIQUE (originator_id, originator_version)
    ) STRICT""",
    f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_update BEFORE UPDATE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_delete BEFORE DELETE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_replace BEFORE INSERT ON {_TABLE}
        WHEN EXISTS (SELECT 1 FROM {_TABLE} WHERE rowid = NEW.rowid)
          OR EXISTS (SELECT 1 FROM {_TABLE} WHERE originator_id = NEW.originator_id
                     AND originator_version = NEW.originator_version)
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",  # noqa: S608
    f"CREATE INDEX IF NOT EXISTS {_TABLE}_followed ON {_TABLE} (topic) WHERE {_FOLLOWED}",
)


class _Pool(SQLiteConnectionPool):
    def _create_connection(self) -> SQLiteConnection:
        connection = sqlite3.connect(
            self.db_name,
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            timeout=LOCK_TIMEOUT,
        )
        try:
            _configure(connection)
        except BaseException:
            connection.close()
            raise
        return SQLiteConnection(sqlite_conn=connection, max_age=None)


def _configure(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    # FULL, not NORMAL: an acknowledged append survives a loss of power. `fullfsync` is what that
    # takes on macOS and means nothing elsewhere.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=1")
    until = time.monotonic() + LOCK_TIMEOUT
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        # SQLite does not wait here by itself when others open a new file at the same moment.
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


class _Datastore(SQLiteDatastore):
    """Without the library's writer lock, behind which readers queue and which it can lose."""

    def __init__(self, path: Path) -> None:
        name = f"file:{quote(str(path))}?mode=rw"
        super().__init__(name, originator_id_type="text")
        self._path = path
        self._file = OpenFile.at(path)
        self.pool.close()
        self.pool = _Pool(
            db_name=name, pool_size=8, max_overflow=56, pool_timeout=float(LOCK_TIMEOUT)
        )
        self._in_use = 0
        self._closing = False
        self._returned = threading.Condition()

    def close(self) -> None:
        """Close all connections, once nobody works with them any more.

        SQLite crashes the whole process when a connection is closed under another thread's hands;
        the library's pool would do that. Whoever does not come back in time keeps theirs open.
        """
        with self._returned:
            self._closing = True
            if self._returned.wait_for(lambda: self._in_use == 0, timeout=2 * LOCK_TIMEOUT):
                self.pool.close()

    @contextmanager
    def get_connection(self, *, commit: bool) -> Iterator[SQLiteConnection]:  # noqa: ARG002 - the library's signature
        self._see_file()
        with self._working():
            connection = self.pool.get_connection()
            try:
                yield connection
            except IntegrityError:
                raise
            except BaseException:
                # Its transaction may still be open: nobody is to inherit that.
                connection.close()
                raise
            finally:
                self.pool.put_connection(connection)

    @contextmanager
    def _working(self) -> Iterator[None]:
        with self._returned:
            if self._closing:
                raise Unavailable(Trouble.UNREACHABLE, f"the event log {self._path} was closed")
            self._in_use += 1
        try:
            yield
        finally:
            with self._returned:
                self._in_use -= 1
                self._returned.notify_all()

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with self.get_connection(commit=commit) as connection:
            if not commit:
                # Everything is read by one statement, which sees one state of the file.
                with connection.cursor() as cursor:
                    yield SQLiteCursor(cursor)
                return
            with connection.transaction(commit=True) as cursor:
                yield cursor
        # It may have gone since: what was recorded in it is not acknowledged.
        self._see_file()

    def write(self, statement: str, values: Sequence[Any]) -> int:
        """Have one statement recorded, a transaction of its own; return the last position of what
        it inserted. Raises the library's `IntegrityError`, and SQLite's own errors."""
        with self.get_connection(commit=True) as connection, connection.cursor() as cursor:
            try:
                cursor.execute(statement, values)
            except sqlite3.IntegrityError as error:
                raise IntegrityError(error) from error
            last = cursor.lastrowid
        self._see_file()
        return last or 0

    def _see_file(self) -> None:
        if not self._file.is_still_there():
            place = f"the event log {self._path}"
            raise Unavailable(Trouble.UNREACHABLE, TAKEN_AWAY.format(place=place))


class SQLiteLogRecorder(SQLiteApplicationRecorder):
    """The library's recorder with an append-only table whose positions are never reused."""

    raw_errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, datastore: _Datastore, place: str = "") -> None:
        super().__init__(datastore, events_table_name=_TABLE)
        self._place = place
        self._store = datastore
        self._together = Together(self._write, LOCK_TIMEOUT)

    def construct_create_table_statements(self) -> list[str]:
        """Return the table and its triggers."""
        return list(_TABLES)

    def is_migrated(self) -> bool:
        """Say whether the table is there."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name=?", (_TABLE,))
            return cursor.fetchone() is not None

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Record the events, all or none, and return their positions.

        Raises the library's `IntegrityError` on a conflict.
        """
        return list(self._together.append(stored_events)) if stored_events else []

    def _write(self, events: Sequence[StoredEvent]) -> range:
        values = [
            value
            for one in events
            for value in (one.originator_id, one.originator_version, one.topic, one.state)
        ]
        last = self._store.write(_INSERT + ",".join([_ROW] * len(events)), values)
        # One statement gives one position after the other, since nobody else writes meanwhile.
        return range(last - len(events) + 1, last + 1)

    def stream_ids(self, after: str, limit: int) -> list[str]:
        """Return at most `limit` ids of streams, sorted, that come after `after`."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                f"SELECT DISTINCT originator_id FROM {_TABLE} WHERE originator_id>? "  # noqa: S608
                "ORDER BY originator_id LIMIT ?",
                (after, limit),
            )
            return [row[0] for row in cursor.fetchall()]

    def scan(
        self, after: int, to: int | None, limit: int, stream: str | None = None
    ) -> list[Recorded]:
        """Return at most `limit` rows after this position and up to `to`, as they stand."""
        found = (after, _END if to is None else to)
        where, which = ("", ()) if stream is None else ("AND originator_id = ?", (stream,))
        with self.datastore.transaction(commit=False) as cursor:
            cursor.sqlite_cursor.row_factory = None
            # As bytes: what is no text would not be read otherwise, and bytes are what is hashed.
            cursor.execute(
                "SELECT CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), "  # noqa: S608
                f"CAST(state AS BLOB), rowid FROM {_TABLE} WHERE rowid > ? AND rowid <= ? {where} "
                "ORDER BY rowid LIMIT ?",
                (*found, *which, limit),
            )
            rows: list[Recorded] = cursor.fetchall()
        return rows

    def followed(self) -> list[tuple[int, str, int]]:
        """Return position, stream and version of what the vault has to follow, in its order."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                f"SELECT rowid, originator_id, originator_version FROM {_TABLE} "  # noqa: S608
                f"WHERE {_FOLLOWED} ORDER BY rowid"
            )
            return [(row[0], row[1], row[2]) for row in cursor.fetchall()]

    def count(self, to: int) -> int:
        """Return how many rows there are up to this position."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(f"SELECT count(*) FROM {_TABLE} WHERE rowid <= ?", (to,))  # noqa: S608
            return int(cursor.fetchone()[0])

    def explain(self, error: BaseException) -> Unavailable:
        """Return what is wrong with the log, as a code and in a sentence."""
        return explain(error, self._place)

    def close(self) -> None:
        """Close all connections."""
        self.datastore.close()


def open_sqlite(path: Path, *, create: bool) -> SQLiteLogRecorder:
    """Return a recorder on this file, which is made first if need be and `create` is set.

    The file is readable by its owner only. Raises `Unavailable`, and raw errors of SQLite.
    """
    place = str(path)
    _find_file(path, place, create=create)
    recorder = SQLiteLogRecorder(_Datastore(path), place)
    try:
        there = recorder.is_migrated()
        if create and not there:
            recorder.create_table()
            there = True
    except (sqlite3.Error, PersistenceError) as error:
        recorder.close()
        raise explain(error, place) from error
    if not there:
        recorder.close()
        raise Unavailable(
            Trouble.NOT_MIGRATED, f"{place} holds no event log yet: it has to be made first"
        )
    return recorder


def _make_file(path: Path) -> None:
    """Make the file if it is not there; never open it if it is.

    Closing a handle of it drops the locks of this process's own connections to it (POSIX), and
    the next process to close the log would delete its -wal under the writer.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _find_file(path: Path, place: str, *, create: bool) -> None:
    try:
        if create:
            _make_file(path)
        else:
            path.stat()
    except FileNotFoundError as error:
        raise Unavailable(Trouble.NOT_MIGRATED, f"there is no event log at {place}") from error
    except OSError as error:
        raise explain(error, place) from error
