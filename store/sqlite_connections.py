"""Connections to the SQLite file of the event log, lent to one thread at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from eventsourcing.persistence import ConnectionPoolClosedError, IntegrityError
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from sqlitefile import TAKEN_AWAY, OpenFile
from store.errors import Unavailable
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LOCK_TIMEOUT = 2
"""Seconds to wait for another writer: shorter than the ten for which a command is retried."""


class _Pool(SQLiteConnectionPool):
    """As many connections as threads work at once; none is closed because it rests.

    The library's own goes through four locks for each, and closes what it does not expect to need:
    opening it again costs more than what it is needed for.
    """

    def get_connection(
        self,
        timeout: float | None = None,  # noqa: ARG002 - the library's signature
        *,
        is_writer: bool | None = None,  # noqa: ARG002
    ) -> SQLiteConnection:
        if self.closed:
            raise ConnectionPoolClosedError
        try:
            return self._pool.pop()
        except IndexError:
            return self._create_connection()

    def put_connection(self, conn: SQLiteConnection) -> None:
        if conn.closed:
            return
        if self.closed:
            conn.close()
        else:
            self._pool.append(conn)

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


class Datastore(SQLiteDatastore):
    """Without the library's writer lock, behind which readers queue and which it can lose."""

    def __init__(self, path: Path) -> None:
        name = f"file:{quote(str(path))}?mode=rw"
        super().__init__(name, originator_id_type="text")
        self._path = path
        self._file = OpenFile.at(path)
        self.pool.close()
        self.pool = _Pool(db_name=name)
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

    def get_connection(self, *, commit: bool) -> _Borrowed:  # type: ignore[override]  # noqa: ARG002 - the library's signature
        """Return a connection for a `with`, at the end of which it is given back."""
        return _Borrowed(self)

    def borrow(self) -> SQLiteConnection:
        """Return a connection that nobody else uses; see `give_back`."""
        self._see_file()
        with self._returned:
            if self._closing:
                raise Unavailable(Trouble.UNREACHABLE, f"the event log {self._path} was closed")
            self._in_use += 1
        try:
            return self.pool.get_connection()
        except BaseException:
            self._one_less()
            raise

    def give_back(self, connection: SQLiteConnection, *, spoilt: bool) -> None:
        """Take a connection back; nobody is to inherit the transaction of a spoilt one."""
        try:
            if spoilt:
                connection.close()
            self.pool.put_connection(connection)
        finally:
            self._one_less()

    def _one_less(self) -> None:
        with self._returned:
            self._in_use -= 1
            if self._closing:
                self._returned.notify_all()

    def rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """Return what one statement finds: it sees one state of the file. Raises SQLite's own
        errors."""
        with self.get_connection(commit=False) as connection:
            cursor = connection.cursor()
            cursor.sqlite_cursor.row_factory = None
            cursor.execute(statement, values)
            found: list[Any] = cursor.fetchall()
            return found

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Lend a cursor, within a transaction if something is to be committed at the end."""
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


class _Borrowed:
    """A connection for as long as a `with` lasts."""

    __slots__ = ("_connection", "_store")

    def __init__(self, store: Datastore) -> None:
        self._store = store

    def __enter__(self) -> SQLiteConnection:
        self._connection = self._store.borrow()
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What stands in the way of an insert undoes that insert alone; after anything else a
        # transaction may still be open.
        spoilt = kind is not None and not issubclass(kind, IntegrityError)
        self._store.give_back(self._connection, spoilt=spoilt)
