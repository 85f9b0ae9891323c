"""Whether the access log's tables still refuse what they should: their triggers, as they were made.

What is missing is made again by a migration alone, which says it first: no start of the service
hides it.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import sqlalchemy as sa

from access.tables import GUARDS, TABLES
from store.guard import broken_guards
from vault.opening import open_database

if TYPE_CHECKING:
    from vault.database import Database

_IN_SQLITE = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t")
_IN_POSTGRES = sa.text(
    "SELECT tgname, tgtype || ' ' || (tgenabled IN ('O', 'A')) || ' ' || prosrc FROM pg_trigger "
    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgrelid = CAST(:t AS regclass) AND NOT tgisinternal"
)


def wrong_with_tables(database: Database) -> list[str]:
    """Return what is wrong with the triggers of the access log's tables, a sentence each.

    Raises the vault's `Unavailable`.
    """
    asked = _IN_SQLITE if database.is_sqlite else _IN_POSTGRES
    found = []
    for table, guards in GUARDS["sqlite" if database.is_sqlite else "postgresql"].items():
        rows = database.rows(asked, {"t": table})
        found += broken_guards(guards, dict(map(tuple, rows)))
    return found


def made_good(url: str) -> list[str]:
    """Make the triggers that are not as they were made again; return what was wrong with them.

    The login in the URL must own the tables. Raises the vault's `Unavailable`.
    """
    with closing(open_database(url, "the access log", TABLES, create=True)) as database:
        found = wrong_with_tables(database)
        if found:
            with database.together() as connection:
                for name in _in_the_way(database):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
                TABLES.create_all(connection)
        return found


def _in_the_way(database: Database) -> list[str]:
    """Return the triggers that are not replaced by making them again."""
    if not database.is_sqlite:
        return []
    return [name for guards in GUARDS["sqlite"].values() for name in guards]
