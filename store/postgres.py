"""The event log in PostgreSQL: appends one after another, so that readers miss none.

Loaded only where PostgreSQL is configured: the driver takes longer to import than all the rest.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.persistence import PersistenceError
from eventsourcing.postgres import ConnectionPool, PostgresApplicationRecorder, PostgresDatastore
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row, tuple_row
from psycopg.sql import SQL, Composed, Identifier, Literal

from store.errors import Unavailable
from store.guard import broken_guards
from store.mapper import Stored, as_stored
from store.postgres_tables import (
    FOLLOWED_ONLY,
    GUARDS,
    TABLE,
    create_tables,
    grant,
    is_migrated,
    is_up_to_date,
    rights_too_many,
    triggers,
)
from store.postgres_trouble import explain, place
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventsourcing.persistence import Notification, StoredEvent

    from store.log import Recorded

CONNECT_TIMEOUT = 2
"""Seconds to wait for a connection."""
LOCK_TIMEOUT = 2
"""Seconds to wait for another writer; with the above, less than a command is retried for."""
_LOCK = zlib.crc32(f"the order of {TABLE}".encode())

_STREAMS = SQL(
    "SELECT DISTINCT originator_id FROM public.{} WHERE originator_id > %s "
    "ORDER BY originator_id LIMIT %s"
).format(Identifier(TABLE))

_END = 2**63 - 1
# As bytes, which is what is hashed.
_AS_BYTES = (
    "SELECT convert_to(originator_id, 'UTF8'), originator_version, convert_to(topic, 'UTF8'), "
    "state, notification_id FROM public.{} "
)
_SCAN = SQL(
    _AS_BYTES + "WHERE notification_id > %s AND notification_id <= %s "
    "ORDER BY notification_id LIMIT %s"
).format(Identifier(TABLE))
_SCAN_ONE = SQL(
    _AS_BYTES + "WHERE originator_id = %s AND notification_id > %s AND notification_id <= %s "
    "ORDER BY notification_id LIMIT %s"
).format(Identifier(TABLE))
# While a table grows PostgreSQL does not know how much there is after a position, and would sort
# all of that for each page instead of walking along the index: in all, the square of it.
_BY_INDEX = b"SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
_WHOLE = SQL(
    _AS_BYTES + "WHERE originator_id = ANY(%s) AND notification_id <= %s "
    "ORDER BY originator_id, originator_version"
).format(Identifier(TABLE))
_ROWS = SQL(
    "SELECT originator_id, originator_version, topic, state FROM public.{} "
    "WHERE originator_id = %s AND originator_version > %s AND originator_version <= %s "
    "ORDER BY originator_version"
).format(Identifier(TABLE))
_WHERE = ("notification_id", "originator_id", "originator_version")
_MOVED = SQL(
    "SELECT max(notification_id), originator_id, max(originator_version), count(*) FROM "
    "(SELECT notification_id, originator_id, originator_version FROM public.{} "
    "WHERE notification_id > %s ORDER BY notification_id LIMIT %s) AS next GROUP BY originator_id"
).format(Identifier(TABLE))
_WITH_EVENTS = SQL(
    "SELECT DISTINCT originator_id FROM public.{} WHERE topic = ANY(%s) ORDER BY originator_id"
).format(Identifier(TABLE))
_FOLLOWED = (
    f"SELECT notification_id, originator_id, originator_version FROM public.{TABLE} "  # noqa: S608
    f"WHERE {FOLLOWED_ONLY} ORDER BY notification_id"
).encode()
_COUNT = SQL("SELECT count(*) AS count FROM public.{} WHERE notification_id <= %s").format(
    Identifier(TABLE)
)

# The library tries each of these ten times, 0.2 s apart, each time waiting for a connection; the
# callers of the log have a better idea of how long to wait, so the plain functions are called.
_insert = PostgresApplicationRecorder.insert_events.__wrapped__
_notifications = PostgresApplicationRecorder.select_notifications.__wrapped__
_newest = PostgresApplicationRecorder.max_notification_id.__wrapped__


class _Datastore(PostgresDatastore):
    """With a pool of our own: the whole URL counts, TLS and the rest, not five parts of it."""

    def __init__(self, url: str) -> None:
        super().__init__(
            dbname="",
            host="",
            port="",
            user="",
            password="",
            idle_in_transaction_session_timeout=5,
            lock_timeout=LOCK_TIMEOUT,
            originator_id_type="text",
        )
        self.pool = _pool(url, self.after_connect_func())


def _pool(url: str, configure: Callable[[Connection[Any]], None]) -> ConnectionPool[Any]:
    def check(connection: Connection[Any]) -> None:
        try:
            ConnectionPool.check_connection(connection)
        except psycopg.Error:
            # The others are no better: the pool would try one a second.
            pool.drain()
            raise

    pool: ConnectionPool[Any] = ConnectionPool(
        connection_class=Connection[DictRow],
        kwargs={**connection_settings(url), "row_factory": dict_row},
        min_size=1,
        max_size=16,
        open=False,
        configure=configure,
        check=check,
        timeout=CONNECT_TIMEOUT,
        # Otherwise it waits longer and longer while the server is away, and then as long again.
        reconnect_timeout=0,
    )
    return pool


def connection_settings(url: str) -> dict[str, Any]:
    """Return what psycopg connects with: the URL's parts, and limits on waiting for the network."""
    limits = {"connect_timeout": CONNECT_TIMEOUT, "tcp_user_timeout": LOCK_TIMEOUT * 1000}
    return {**limits, "keepalives_idle": 10, "application_name": "rj-log"} | conninfo_to_dict(url)


class PostgresLogRecorder(PostgresApplicationRecorder):
    """The library's recorder with an advisory lock in place of its lock on the whole table.

    The table lock stalls under autovacuum, and needs rights to update or delete.
    """

    raw_errors: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, datastore: PostgresDatastore, where: str = "") -> None:
        super().__init__(datastore, events_table_name=TABLE)
        self._place = where
        self.lock_table_statements = [
            SQL("SET LOCAL lock_timeout = '{0}s'").format(self.datastore.lock_timeout),
            SQL("SELECT pg_advisory_xact_lock({0})").format(Literal(_LOCK)),
        ]

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Record the events, all or none. Raises the library's `IntegrityError` on a conflict."""
        return _insert(self, stored_events, **kwargs)  # type: ignore[no-any-return]

    def rows(self, stream: str, after: int | None, to: int | None) -> list[Stored]:
        """Return a stream's rows after one version and up to another, in their order."""
        found = (stream, -1 if after is None else after, _END if to is None else to)
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            return [*map(as_stored, cursor.execute(_ROWS, found))]

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        """Return events of all streams in the order of recording."""
        return _notifications(self, *args, **kwargs)  # type: ignore[no-any-return]

    def max_notification_id(self) -> int | None:
        """Return the newest position, None if there is none."""
        return _newest(self)  # type: ignore[no-any-return]

    def whole(self, streams: Sequence[str], to: int) -> list[Recorded]:
        """Return the rows of these streams up to this position, each stream in its order."""
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            return cursor.execute(_WHOLE, (list(streams), to)).fetchall()

    def stream_ids(self, after: str, limit: int) -> list[str]:
        """Return at most `limit` ids of streams, sorted, that come after `after`."""
        with self.datastore.cursor() as cursor:
            cursor.execute(_STREAMS, (after, limit))
            return [row["originator_id"] for row in cursor.fetchall()]

    def with_events(self, names: Sequence[str]) -> list[str]:
        """Return the ids of the streams that have an event of one of these names, sorted."""
        with self.datastore.cursor() as cursor:
            cursor.execute(_WITH_EVENTS, ([*names],))
            return [row["originator_id"] for row in cursor.fetchall()]

    def scan(
        self, after: int, to: int | None, limit: int, stream: str | None = None
    ) -> list[Recorded]:
        """Return at most `limit` rows after this position and up to `to`, as they stand."""
        found = (after, _END if to is None else to, limit)
        if stream is None:
            return self._page(_SCAN, found)
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            return cursor.execute(_SCAN_ONE, (stream, *found)).fetchall()

    def moved(self, after: int, limit: int) -> list[tuple[int, str, int, int]]:
        """Return how far each stream moved on with the next `limit` events after this position."""
        return self._page(_MOVED, (after, limit))

    def _page(self, statement: Composed, values: Sequence[int]) -> list[Any]:
        """Return the next rows in the order of recording."""
        with (
            self.datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            connection.execute(_BY_INDEX, prepare=False)
            return cursor.execute(statement, values).fetchall()

    def followed(self) -> list[tuple[int, str, int]]:
        """Return position, stream and version of what the vault has to follow, in its order."""
        with self.datastore.cursor() as cursor:
            cursor.execute(_FOLLOWED)
            return [tuple(row[name] for name in _WHERE) for row in cursor.fetchall()]

    def count(self, to: int) -> int:
        """Return how many rows there are up to this position."""
        with self.datastore.cursor() as cursor:
            row = cursor.execute(_COUNT, (to,)).fetchone()
        return int(row["count"]) if row else 0

    def broken_guards(self) -> list[str]:
        """Return what is wrong with the trigger that keeps the table from being changed."""
        with self.datastore.cursor() as cursor:
            return broken_guards(GUARDS, triggers(cursor))

    def rights_too_many(self) -> list[str]:
        """Return what the login in use may do beside reading and appending."""
        with self.datastore.cursor() as cursor:
            return rights_too_many(cursor)

    def explain(self, error: BaseException) -> Unavailable:
        """Return what is wrong with the log, as a code and in a sentence."""
        return explain(error, self._place)

    def close(self) -> None:
        """Close all connections."""
        self.datastore.close()


def open_postgres(url: str, *, create: bool) -> PostgresLogRecorder:
    """Return a recorder on this database; with `create`, what is missing of its tables is made.

    Raises `Unavailable`.
    """
    where = place(url)
    try:
        # The pool would only say that it got no connection; this says why.
        with _connect(url) as connection, connection.cursor() as cursor:
            if not create and not is_migrated(cursor):
                raise Unavailable(
                    Trouble.NOT_MIGRATED,
                    f"{where} holds no event log yet: it has to be migrated first",
                )
            if create and not is_up_to_date(cursor):
                create_tables(cursor)
    except psycopg.Error as error:
        raise explain(error, where) from error
    datastore = _Datastore(url)
    try:
        return PostgresLogRecorder(datastore, where)
    except PersistenceError as error:
        datastore.close()
        raise explain(error, where) from error


def migrate_postgres(url: str, writer: str, reader: str) -> None:
    """Make what an event log needs in this database, and the roles that may append and read.

    What is there already stays as it is. Raises `Unavailable`.
    """
    where = place(url)
    try:
        with _connect(url) as connection, connection.cursor() as cursor:
            create_tables(cursor)
            grant(cursor, writer, reader)
    except psycopg.Error as error:
        raise explain(error, where) from error


def _connect(url: str) -> Connection[DictRow]:
    return psycopg.connect(row_factory=dict_row, **connection_settings(url))
