"""Opening a database of the vault: what it is told so that deleted bytes are gone.

SQLite runs with secure_delete and a rollback journal that is truncated at each commit: in WAL mode
what was deleted would stay in the -wal file until some later checkpoint.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import ArgumentError

from vault.database import Database
from vault.problems import Trouble
from vault.trouble import of_the_system, unavailable

if TYPE_CHECKING:
    from sqlalchemy import URL, MetaData

LONGEST_WAIT = 2
"""Seconds to wait for a lock or a connection before it is called unavailable."""
_TURN_MS = 30
"""How long SQLite itself waits before it is asked again."""
_ANSWER = 15
"""Seconds that one statement may take on PostgreSQL."""


def open_database(url: str, name: str, tables: MetaData, *, create: bool) -> Database:
    """Open the database at `sqlite:///path` or `postgresql://…`; `name` is for people.

    With `create` the file and the tables are made if they are not there. Raises `Unavailable`.
    """
    where = _parse(url, name)
    database = _sqlite(where, name, create=create) if _is_file(where) else _postgres(where, name)
    try:
        _set_up(database, tables, create=create)
    except BaseException:
        database.close()
        raise
    return database


def _set_up(database: Database, tables: MetaData, *, create: bool) -> None:
    if database.has(tables):
        return
    if not create:
        raise unavailable(Trouble.NOT_MIGRATED, database.place)
    database.create(tables)


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _parse(url: str, name: str) -> URL:
    try:
        where = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        where = None
    if where is None or where.drivername not in ("sqlite", "postgresql") or not where.database:
        # The address itself may hold a password.
        raise unavailable(
            Trouble.UNREACHABLE, f"{name} (its address is neither sqlite:///… nor postgresql://…)"
        )
    return where


def _sqlite(url: URL, name: str, *, create: bool) -> Database:
    path = Path(str(url.database)).absolute()
    place = f"{name} ({path})"
    if create:
        _make_file(path, place)
    elif not path.exists():
        raise unavailable(Trouble.UNREACHABLE, place)

    def connect() -> sqlite3.Connection:
        return _connect_to_file(path)

    engine = create_engine(
        url,
        creator=connect,
        isolation_level="AUTOCOMMIT",
        pool_timeout=LONGEST_WAIT,
        hide_parameters=True,
    )
    return Database(engine, place, LONGEST_WAIT)


def _make_file(path: Path, place: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise of_the_system(error, place) from error


def _connect_to_file(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=LONGEST_WAIT,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _overwrite_what_is_deleted(connection)
        connection.execute(f"PRAGMA busy_timeout = {_TURN_MS}")
    except BaseException:
        connection.close()
        raise
    return connection


def _overwrite_what_is_deleted(connection: sqlite3.Connection) -> None:
    (answer,) = connection.execute("PRAGMA secure_delete = ON").fetchone()
    if answer != 1:
        raise sqlite3.NotSupportedError("this SQLite cannot overwrite what it deletes")


def _postgres(url: URL, name: str) -> Database:
    settings = f"-c lock_timeout={LONGEST_WAIT}s -c statement_timeout={_ANSWER}s"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": LONGEST_WAIT, "options": settings},
        isolation_level="AUTOCOMMIT",
        pool_timeout=LONGEST_WAIT,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    host = url.host or url.query.get("host") or "this machine"
    return Database(engine, f"{name} (PostgreSQL: {url.database} on {host})", 0)
