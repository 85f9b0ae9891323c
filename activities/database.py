"""Reaching the `access` database: what was refused, and what is remembered of drafts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAIT = 2
"""Seconds to wait for another writer, or for the server, before giving up."""


def engine(url: str) -> sa.Engine:
    """Return an engine for `sqlite:///path` or `postgresql://…`; nothing is connected yet."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        made = sa.create_engine(address, connect_args={"timeout": _WAIT}, hide_parameters=True)
        sa.event.listen(made, "connect", _durable)
        return made
    address = address.set(drivername="postgresql+psycopg")
    options = {"connect_timeout": _WAIT, "options": f"-c lock_timeout={_WAIT}s"}
    return sa.create_engine(address, connect_args=options, pool_pre_ping=True, hide_parameters=True)


@contextmanager
def begun(made: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection in a transaction that is committed at the end. Raises `Unavailable`."""
    try:
        with made.begin() as connection:
            yield connection
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise Unavailable(
            f"the database of refusals and drafts cannot be used ({type(error).__name__})"
        ) from None


def _durable(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


class Unavailable(Exception):
    """The database is locked, full, read-only or out of reach."""
