"""What a database in trouble means for the vault, in plain words."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

import trouble
from sqlitefile import TAKEN_AWAY
from trouble import Trouble
from vault.problems import Unavailable

_SENTENCES = {
    Trouble.LOCKED: "{place} is locked: another program is using it",
    Trouble.READ_ONLY: "{place} cannot be written: it or its folder is read-only for this account",
    Trouble.FULL: "{place} cannot grow: the disk is full or a limit is reached",
    Trouble.UNREACHABLE: "{place} cannot be reached: it is not there, or does not let us in",
    Trouble.NOT_MIGRATED: "{place} is there but has not been set up yet",
    Trouble.NOT_A_DATABASE: "{place} is damaged, or is not a database at all",
    Trouble.FAULTY: "{place} cannot be used: the disk or the server reports a fault ({code})",
}


def unavailable(why: Trouble, place: str, code: str = "") -> Unavailable:
    """Return the sentence for this trouble with what is at `place`."""
    return Unavailable(why, _SENTENCES[why].format(place=place, code=code))


def taken_away(place: str) -> Unavailable:
    """Return what is said of a file that is no longer the one that was opened."""
    return Unavailable(Trouble.UNREACHABLE, TAKEN_AWAY.format(place=place))


def of_the_system(error: OSError, place: str) -> Unavailable:
    """Return what an error of the system means for the file at `place`."""
    known = trouble.of_the_system(error) or Trouble.UNREACHABLE
    return unavailable(known, place, error.strerror or "")


def is_busy(error: DBAPIError) -> bool:
    """Say whether SQLite could not do it just now because of another connection."""
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def of_the_database(error: DBAPIError | NoConnectionLeft, place: str) -> Unavailable | None:
    """Return what a database's error means for people; None if it is a mistake of ours."""
    if isinstance(error, NoConnectionLeft):
        return unavailable(Trouble.LOCKED, place)
    if isinstance(error.orig, sqlite3.Error):
        known = trouble.of_sqlite(error.orig)
        code = getattr(error.orig, "sqlite_errorname", "")
    else:
        known, code = _postgres(error.orig)
    return unavailable(known, place, code) if known else None


def _postgres(error: BaseException | None) -> tuple[Trouble | None, str]:
    code = getattr(error, "sqlstate", None) or ""
    if not code and isinstance(error, psycopg.OperationalError):
        return Trouble.UNREACHABLE, ""
    return trouble.of_postgres(code), code
