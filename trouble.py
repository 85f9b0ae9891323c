"""Why a database cannot be used just now, read from what SQLite, PostgreSQL and the system report.

Whoever keeps something in a database says it in a sentence of its own.
"""

from __future__ import annotations

import errno
import sqlite3
from enum import StrEnum


class Trouble(StrEnum):
    """Why a database cannot be used just now."""

    LOCKED = "locked"
    READ_ONLY = "read_only"
    FULL = "full"
    UNREACHABLE = "unreachable"
    NOT_MIGRATED = "not_migrated"
    NOT_A_DATABASE = "not_a_database"
    FAULTY = "faulty"
    """The disk, the server or the system reports something else."""


class Unavailable(Exception):
    """A database cannot be used just now; what raises it may be asked again as it is.

    `trouble` says why as a code, the sentence says it to people.
    """

    def __init__(self, trouble: Trouble, sentence: str) -> None:
        super().__init__(sentence)
        self.trouble = trouble


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
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}
# Appendix A of PostgreSQL's manual: whole codes, then classes of codes.
_POSTGRES = {
    "55P03": Trouble.LOCKED,
    "57014": Trouble.LOCKED,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.READ_ONLY,
    "42P01": Trouble.NOT_MIGRATED,
    "3D000": Trouble.UNREACHABLE,
    "53300": Trouble.UNREACHABLE,
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
    errno.ENOENT: Trouble.UNREACHABLE,
    errno.ENOTDIR: Trouble.UNREACHABLE,
    errno.EEXIST: Trouble.UNREACHABLE,
    errno.EISDIR: Trouble.NOT_A_DATABASE,
}


def of_sqlite(error: sqlite3.Error) -> Trouble | None:
    """Return what SQLite's code means; None if it is of no database's trouble."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _SQLITE_WRITES:
        return Trouble.FULL
    if code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table"):
        return Trouble.NOT_MIGRATED
    return _SQLITE.get(code & 0xFF)


def of_postgres(sqlstate: str) -> Trouble | None:
    """Return what PostgreSQL's code of five characters means; None if it is of no trouble."""
    return _POSTGRES.get(sqlstate) or _POSTGRES.get(sqlstate[:2])


def of_the_system(error: OSError) -> Trouble | None:
    """Return what the system's error number means for a file; None if it is not known here."""
    return _SYSTEM.get(error.errno or 0)
