"""What SQLite's and the system's error codes mean for the event log, in plain words."""

from __future__ import annotations

import errno
import sqlite3

from store.errors import Trouble, Unavailable

_SENTENCES = {
    Trouble.LOCKED: "the event log {place} is locked: another program is writing to it",
    Trouble.READ_ONLY: "the event log {place} cannot be written: its file or folder is read-only",
    Trouble.FULL: "the event log {place} cannot grow: the disk is full or a limit is reached",
    Trouble.UNREACHABLE: "the event log {place} cannot be opened: it has no folder",
    Trouble.NOT_MIGRATED: "{place} holds no event log: it has to be made first",
    Trouble.NOT_A_DATABASE: "{place} is not a database, or is damaged: it cannot be the event log",
    Trouble.FAULTY: "the event log {place} cannot be used: the database reports {detail}",
}
_CODES = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_NOTADB: Trouble.NOT_A_DATABASE,
    sqlite3.SQLITE_CORRUPT: Trouble.NOT_A_DATABASE,
}
_WRITES = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
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


def explain(error: BaseException, place: str) -> Unavailable:
    """Return the error as a code and a sentence about the log at `place`."""
    trouble, detail = _diagnose(error)
    return Unavailable(trouble, _SENTENCES[trouble].format(place=place, detail=detail))


def _diagnose(error: BaseException | None) -> tuple[Trouble, str]:
    detail = ""
    while error is not None:
        detail = str(error) or type(error).__name__
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", None):
            code = error.sqlite_errorcode
            if code in _WRITES:
                return Trouble.FULL, detail
            if (known := _CODES.get(code & 0xFF)) is not None:
                return known, detail
        if isinstance(error, OSError) and error.errno in _SYSTEM:
            return _SYSTEM[error.errno], detail
        if detail.startswith("no such table"):
            return Trouble.NOT_MIGRATED, detail
        if "locked" in detail or isinstance(error, TimeoutError):
            return Trouble.LOCKED, detail
        error = error.__cause__
    return Trouble.FAULTY, detail
