"""What the error codes of SQLite, PostgreSQL and the system mean for the vault, in plain words."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from sqlitefile import TAKEN_AWAY
from vault.problems import Trouble, Unavailable

_SENTENCES = {
    Trouble.LOCKED: "{place} is locked: another program is using it",
    Trouble.READ_ONLY: "{place} cannot be written: it or its folder is read-only for this account",
    Trouble.FULL: "{place} cannot grow: the disk is full or a limit is reached",
    Trouble.UNREACHABLE: "{place} cannot be reached: it is not there, or does not let us in",
    Trouble.NOT_MIGRATED: "{place} is there but has not been set up yet",
    Trouble.NOT_A_DATABASE: "{place} is damaged, or is not a database at all",
    Trouble.FAULTY: "{place} cannot be used: the disk or the server reports a fault ({code})",
}
_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_NOTADB: Trouble.NOT_A_DATABASE,
    sqlite3.SQLITE_CORRUPT: Trouble.NOT_A_DATABASE,
    sqlite3.SQLITE_IOERR: Trouble.FAULTY,
}
# A limit on a file's size, or a quota, is reported as a write that went wrong.
_SQLITE_WRITES = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
# Appendix A of PostgreSQL's manual: whole codes, then classes of codes.
_POSTGRES = {
    "55P03": Trouble.LOCKED,
    "57014": Trouble.LOCKED,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.READ_ONLY,
    "42P01": Trouble.NOT_MIGRATED,
    "3D000": Trouble.UNREACHABLE,
    "40": Trouble.LOCKED,
    "08": Trouble.UNREACHABLE,
    "28": Trouble.UNREACHABLE,
    "57": Trouble.UNREACHABLE,
    "53": Trouble.FULL,
    "58": Trouble.FAULTY,
}
_SYSTEM = {
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EROFS: Trouble.READ_ONLY,
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EISDIR: Trouble.NOT_A_DATABASE,
}


def unavailable(trouble: Trouble, place: str, code: str = "") -> Unavailable:
    """Return the sentence for this trouble with what is at `place`."""
    return Unavailable(trouble, _SENTENCES[trouble].format(place=place, code=code))


def taken_away(place: str) -> Unavailable:
    """Return what is said of a file that is no longer the one that was opened."""
    return Unavailable(Trouble.UNREACHABLE, TAKEN_AWAY.format(place=place))


def of_the_system(error: OSError, place: str) -> Unavailable:
    """Return what an error of the system means for the file at `place`."""
    return unavailable(
        _SYSTEM.get(error.errno or 0, Trouble.UNREACHABLE), place, error.strerror or ""
    )


def is_busy(error: DBAPIError) -> bool:
    """Say whether SQLite could not do it just now because of another connection."""
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def of_the_database(error: DBAPIError | NoConnectionLeft, place: str) -> Unavailable | None:
    """Return what a database's error means for people; None if it is a mistake of ours."""
    if isinstance(error, NoConnectionLeft):
        return unavailable(Trouble.LOCKED, place)
    if isinstance(error.orig, sqlite3.Error):
        trouble, code = _sqlite(error.orig)
    else:
        trouble, code = _postgres(error.orig)
    return unavailable(trouble, place, code) if trouble else None


def _sqlite(error: sqlite3.Error) -> tuple[Trouble | None, str]:
    code = getattr(error, "sqlite_errorcode", 0)
    name = getattr(error, "sqlite_errorname", "")
    if code in _SQLITE_WRITES:
        return Trouble.FULL, name
    if code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table"):
        return Trouble.NOT_MIGRATED, name
    return _SQLITE.get(code & 0xFF), name


def _postgres(error: BaseException | None) -> tuple[Trouble | None, str]:
    code = getattr(error, "sqlstate", None) or ""
    if not code and isinstance(error, psycopg.OperationalError):
        return Trouble.UNREACHABLE, ""
    return _POSTGRES.get(code) or _POSTGRES.get(code[:2]), code
