"""One database of the vault, an SQLite file or PostgreSQL: how it is asked, and its troubles told.

Every statement stands for itself (autocommit) unless `together` holds several.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from trouble import Trouble
from vault.trouble import is_busy, of_the_database, taken_away, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Engine, Executable, MetaData, Row

    from sqlitefile import OpenFile

_SETTING_UP = 7_263_125_503_482_117
"""PostgreSQL advisory lock: two that start at once make the tables one after the other."""

_EMPTYING = 10
"""How many times as patient it is when emptying a log: what was erased must not stay behind."""

_TURN = 0.01

T = TypeVar("T")


class Database:
    """A database and how it is called to people. Raises `Unavailable` from every method.

    `patience` is how many seconds it is tried again while SQLite says that it is busy; `file` is
    the file of one that has one.
    """

    def __init__(
        self, engine: Engine, place: str, patience: float, file: OpenFile | None = None
    ) -> None:
        self._engine = engine
        self._patience = patience
        self._file = file
        self.place = place
        self.is_sqlite = engine.dialect.name == "sqlite"

    def rows(
        self, statement: Executable, values: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        """Return all rows of a question."""
        with self._connected() as connection:
            return self._patiently(lambda: connection.execute(statement, values).all())

    def run(self, statement: Executable, values: Mapping[str, Any] | None = None) -> int:
        """Carry out one statement, durably; return how many rows it concerned.

        Raises SQLAlchemy's `IntegrityError` where the row is there already, or its parent is not.
        """
        with self._connected() as connection:
            return self._patiently(lambda: connection.execute(statement, values).rowcount)

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """Yield a connection whose statements happen all or not at all."""
        with self._connected() as connection:
            begin = "BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN"
            self._patiently(lambda: connection.exec_driver_sql(begin))
            # What is not committed is undone when the connection goes back to the pool.
            yield connection
            self._patiently(lambda: connection.exec_driver_sql("COMMIT"))

    def create(self, tables: MetaData) -> None:
        """Make the tables that are not there."""
        with self.together() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SETTING_UP})")
            tables.create_all(connection)

    def has(self, tables: MetaData) -> bool:
        """Say whether the tables are there."""
        with self._connected() as connection:
            there = self._patiently(lambda: inspect(connection).get_table_names())
        return set(tables.tables) <= set(there)

    def vacuum(self, *tables: str) -> None:
        """Write the tables anew, so that no copy of a deleted row is left in their pages.

        Needed on SQLite too: pages that were split may hold copies of rows that moved away, which
        secure_delete does not see. On PostgreSQL the login must own the tables, or be a member of
        the role that does.
        """
        with self._connected() as connection:
            if self.is_sqlite:
                self._patiently(lambda: connection.exec_driver_sql("VACUUM"))
            else:
                self._vacuum_full(connection, tables)
        self.forget()

    def forget(self) -> None:
        """Take what was deleted out of SQLite's write-ahead log too; others must not be reading."""
        if not self.is_sqlite:
            return
        until = time.monotonic() + _EMPTYING * self._patience
        with self._connected() as connection:
            while not self._is_emptied(connection):
                if time.monotonic() >= until:
                    raise unavailable(Trouble.LOCKED, self.place)
                time.sleep(_TURN)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _is_emptied(self, connection: Connection) -> bool:
        try:
            in_the_way = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        except DBAPIError as error:
            # Somebody else empties it just now: one says so as an answer, the other as an error.
            if not is_busy(error):
                raise
            return False
        return not in_the_way

    def _vacuum_full(self, connection: Connection, tables: tuple[str, ...]) -> None:
        owned = text(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = :t ::regclass"
        )
        for table in tables:
            # Without the right to it PostgreSQL would leave a table out, and only warn.
            if not connection.scalar(owned, {"t": table}):
                raise unavailable(Trouble.READ_ONLY, self.place)
        connection.exec_driver_sql("SET statement_timeout = 0")
        try:
            for table in tables:
                connection.exec_driver_sql(f"VACUUM FULL {table}")
        finally:
            # Others have to be answered in time.
            connection.exec_driver_sql("RESET statement_timeout")

    def _patiently(self, act: Callable[[], T]) -> T:
        # SQLite's own waiting gets longer each time, and whoever has waited longest loses: with six
        # writers one of them had waited for two seconds in vain.
        until = time.monotonic() + self._patience
        while True:
            try:
                return act()
            except DBAPIError as error:
                if not is_busy(error) or time.monotonic() >= until:
                    raise

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        self._see_file()
        try:
            with self._patiently(self._engine.connect) as connection:
                yield connection
        except IntegrityError:
            self._see_file()
            raise
        except (DBAPIError, NoConnectionLeft) as error:
            meant = of_the_database(error, self.place)
            if meant is None:
                raise
            raise meant from error
        # It may have gone since: what was written into it is not acknowledged.
        self._see_file()

    def _see_file(self) -> None:
        if self._file is not None and not self._file.is_still_there():
            raise taken_away(self.place)
