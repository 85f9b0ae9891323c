"""Opening a database, and what SQLite is told so that deleted bytes are gone.

It overwrites what it deletes (secure_delete). Its journal is one of two: a write-ahead log, which
needs one fsync for each commit and lets others read meanwhile, but holds what was deleted until
`Database.forget`; or a rollback journal that is empty after each commit, for the data keys.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from sqlitefile import OpenFile
from trouble import Trouble
from vault.database import Database
from vault.trouble import of_the_system, unavailable

if TYPE_CHECKING:
    from sqlalchemy import MetaData

Journal = Literal["WAL", "TRUNCATE"]
LONGEST_WAIT = 2
"""Seconds to wait for a lock or a connection before it is called unavailable."""
_TURN = 0.03
"""Seconds that SQLite itself waits before it is asked again."""
_ANSWER = 15
"""Seconds that one statement may take on PostgreSQL."""

_FILE = "sqlite:///"


def open_database(
    url: str, name: str, tables: MetaData, *, create: bool, journal: Journal = "WAL"
) -> Database:
    """Open the database at `sqlite:///path` or `postgresql://…`; `name` is for people.

    With `create` the file and the tables are made if they are not there. `journal` is SQLite's.
    Raises `Unavailable`.
    """
    where = _parse(url, name)
    if where.get_backend_name() == "sqlite":
        database = _sqlite(where, name, journal, create=create)
    else:
        database = _postgres(where, name)
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


def _parse(url: str, name: str) -> URL:
    if url.startswith(_FILE):
        # A file's name may hold what would mean something in an address.
        return URL.create("sqlite", database=url.removeprefix(_FILE))
    try:
        where = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        where = None
    if where is None or where.drivername != "postgresql" or not where.database:
        # The address itself may hold a password.
        raise unavailable(
            Trouble.UNREACHABLE, f"{name} (its address is neither sqlite:///… nor postgresql://…)"
        )
    return where


def _sqlite(url: URL, name: str, journal: Journal, *, create: bool) -> Database:
    path = Path(str(url.database)).absolute()
    place = f"{name} ({path})"
    if create:
        _make_file(path, place)

    def connect() -> sqlite3.Connection:
        try:
            path.stat()
        except OSError as error:
            raise unavailable(Trouble.UNREACHABLE, place) from error
        return _connect_to_file(path, journal)

    engine = create_engine(
        url,
        creator=connect,
        isolation_level="AUTOCOMMIT",
        pool_timeout=LONGEST_WAIT,
        hide_parameters=True,
    )
    return Database(engine, place, LONGEST_WAIT, OpenFile.at(path))


def _make_file(path: Path, place: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # An existing file is not opened: closing it would drop the locks of this process's own
        # connections to it (POSIX).
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise of_the_system(error, place) from error


def _connect_to_file(path: Path, journal: Journal) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=_TURN,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _overwrite_what_is_deleted(connection)
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
