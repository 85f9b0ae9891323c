"""The event log in an SQLite file: append-only, in commit order, on the disk before it answers."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteApplicationRecorder

from domain.personal_data import FOLLOWED
from store.errors import Unavailable
from store.guard import broken_guards
from store.mapper import Stored, as_stored
from store.sqlite_connections import LOCK_TIMEOUT, Datastore
from store.sqlite_trouble import explain
from store.together import Together
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventsourcing.persistence import StoredEvent

    from store.log import Recorded

_TABLE = "stored_events"
_END = 2**63 - 1
_INSERT = f"INSERT INTO {_TABLE} (originator_id, originator_version, topic, state) VALUES "  # noqa: S608
_ROW = "(?,?,?,?)"
_SELECT = (
    f"SELECT originator_id, originator_version, topic, state FROM {_TABLE} WHERE originator_id=?"  # noqa: S608
)
_AFTER, _UP_TO = " AND originator_version>?", " AND originator_version<=?"
# As bytes: what is no text would not be read otherwise, and bytes are what is hashed.
_AS_BYTES = (
    "SELECT CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), "  # noqa: S608
    f"CAST(state AS BLOB), rowid FROM {_TABLE}"
)
# Written out: an index over some of the rows serves only a question that says the same of them.
_FOLLOWED = f"topic IN ({', '.join(repr(name) for name in FOLLOWED)})"
_INDEX = f"{_TABLE}_followed"
# By the name of each: what an older release did not make yet is made when it is missing.
_PARTS = {
    # A reissued position would hide a deleted tail from whoever reads on: hence AUTOINCREMENT.
    # The library finds the position only under the name `rowid`.
    _TABLE: f"""CREATE TABLE IF NOT EXISTS {_TABLE} (
        rowid INTEGER PRIMARY KEY AUTOINCREMENT,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL CHECK (originator_version >= 0),
        topic TEXT NOT NULL,
        state BLOB NOT NULL,
        UNIQUE (originator_id, originator_version)
    ) STRICT""",
    f"{_TABLE}_no_update": f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_update
        BEFORE UPDATE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    f"{_TABLE}_no_delete": f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_delete
        BEFORE DELETE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"{_TABLE}_no_replace": f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_replace
        BEFORE INSERT ON {_TABLE}
        WHEN EXISTS (SELECT 1 FROM {_TABLE} WHERE rowid = NEW.rowid)
          OR EXISTS (SELECT 1 FROM {_TABLE} WHERE originator_id = NEW.originator_id
                     AND originator_version = NEW.originator_version)
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",  # noqa: S608
    _INDEX: f"""CREATE INDEX IF NOT EXISTS {_INDEX}
        ON {_TABLE} (topic) WHERE {_FOLLOWED}""",
}
# As the database keeps what made them.
_GUARDS = {
    name: made.replace("IF NOT EXISTS ", "", 1)
    for name, made in _PARTS.items()
    if made.startswith("CREATE TRIGGER")
}


class SQLiteLogRecorder(SQLiteApplicationRecorder):
    """The library's recorder with an append-only table whose positions are never reused."""

    raw_errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, datastore: Datastore, place: str = "") -> None:
        super().__init__(datastore, events_table_name=_TABLE)
        self._place = place
        self._store = datastore
        self._together = Together(self._write, LOCK_TIMEOUT)

    def construct_create_table_statements(self) -> list[str]:
        """Return the table, its triggers and its index."""
        return list(_PARTS.values())

    def create_table(self) -> None:
        """Make what is missing of the table, its triggers and its index."""
        there = self._there()
        for part in self.missing() & there.keys():
            # In front, and only if it is there: what begins with reading waits for no other writer.
            kind = "INDEX" if part == _INDEX else "TRIGGER"
            self.create_table_statements.insert(0, f"DROP {kind} {part}")
        super().create_table()

    def missing(self) -> set[str]:
        """Return the names of what is not there of the table, its triggers and its index; a trigger
        too that is not as it was made, and the index where it is over other rows, as an older
        release made it."""
        there = self._there()
        changed = {name for name, made in _GUARDS.items() if there.get(name, made) != made}
        older = {_INDEX} if _is_older(there.get(_INDEX)) else set()
        return {part for part in _PARTS if part not in there} | changed | older

    def broken_guards(self) -> list[str]:
        """Return what is wrong with the triggers that keep the table from being changed."""
        question = "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name=?"
        return broken_guards(_GUARDS, dict(self._store.rows(question, (_TABLE,))))

    def rights_too_many(self) -> list[str]:
        """Return no rights: whoever may write the file may do anything to it."""
        return []

    def _there(self) -> dict[str, str]:
        """Return the names of what is there, each with the statement that made it."""
        found = self._store.rows("SELECT name, sql FROM sqlite_master WHERE tbl_name=?", (_TABLE,))
        return dict(found)

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

    def rows(self, stream: str, after: int | None, to: int | None) -> list[Stored]:
        """Return a stream's rows after one version and up to another, in their order."""
        statement = _SELECT
        values: list[str | int] = [stream]
        for bound, condition in ((after, _AFTER), (to, _UP_TO)):
            # Left out where none is asked: a version that is no number would be above any number.
            if bound is not None:
                statement += condition
                values.append(bound)
        found = self._store.rows(f"{statement} ORDER BY originator_version", values)
        return [*map(as_stored, found)]

    def whole(self, streams: Sequence[str], to: int) -> list[Recorded]:
        """Return the rows of these streams up to this position, each stream in its order."""
        marks = ",".join("?" * len(streams))
        return self._store.rows(
            f"{_AS_BYTES} WHERE originator_id IN ({marks}) AND rowid <= ? "
            "ORDER BY originator_id, originator_version",
            (*streams, to),
        )

    def stream_ids(self, after: str, limit: int) -> list[str]:
        """Return at most `limit` ids of streams, sorted, that come after `after`."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                f"SELECT DISTINCT originator_id FROM {_TABLE} WHERE originator_id>? "  # noqa: S608
                "ORDER BY originator_id LIMIT ?",
                (after, limit),
            )
            return [row[0] for row in cursor.fetchall()]

    def with_events(self, names: Sequence[str]) -> list[str]:
        """Return the ids of the streams that have an event of one of these names, sorted."""
        several = ",".join("?" * len(names))
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                f"SELECT DISTINCT originator_id FROM {_TABLE} WHERE topic IN ({several}) "  # noqa: S608
                "ORDER BY originator_id",
                tuple(names),
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
            cursor.execute(
                f"{_AS_BYTES} WHERE rowid > ? AND rowid <= ? {where} ORDER BY rowid LIMIT ?",
                (*found, *which, limit),
            )
            rows: list[Recorded] = cursor.fetchall()
        return rows

    def moved(self, after: int, limit: int) -> list[tuple[int, str, int, int]]:
        """Return how far each stream moved on with the next `limit` events after this position."""
        return self._store.rows(
            "SELECT max(rowid), originator_id, max(originator_version), count(*) FROM "  # noqa: S608
            f"(SELECT rowid, originator_id, originator_version FROM {_TABLE} "
            "WHERE rowid > ? ORDER BY rowid LIMIT ?) GROUP BY originator_id",
            (after, limit),
        )

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
    """Return a recorder on this file; with `create`, what is missing of it is made first.

    The file is readable by its owner only. Raises `Unavailable`, and raw errors of SQLite.
    """
    place = str(path)
    _find_file(path, place, create=create)
    recorder = SQLiteLogRecorder(Datastore(path), place)
    try:
        missing = recorder.missing()
        if create and missing:
            recorder.create_table()
            missing.clear()
    except (sqlite3.Error, PersistenceError) as error:
        recorder.close()
        raise explain(error, place) from error
    # What an older release made can be read without what it did not make yet.
    if _TABLE in missing:
        recorder.close()
        raise Unavailable(
            Trouble.NOT_MIGRATED, f"{place} holds no event log yet: it has to be made first"
        )
    return recorder


def _is_older(index: str | None) -> bool:
    """Say whether an index, by the statement that made it, is over other rows than it is now."""
    return index is not None and _FOLLOWED not in index


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
