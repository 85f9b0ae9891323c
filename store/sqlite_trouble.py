"""What trouble with an SQLite file means for the event log, in plain words."""

from __future__ import annotations

import sqlite3

import trouble
from store.errors import Unavailable
from trouble import Trouble

_SENTENCES = {
    Trouble.LOCKED: "the event log {place} is locked: another program is writing to it",
    Trouble.READ_ONLY: "the event log {place} cannot be written: its file or folder is read-only",
    Trouble.FULL: "the event log {place} cannot grow: the disk is full or a limit is reached",
    Trouble.UNREACHABLE: "the event log {place} cannot be opened: it has no folder",
    Trouble.NOT_MIGRATED: "{place} holds no event log: it has to be made first",
    Trouble.NOT_A_DATABASE: "{place} is not a database, or is damaged: it cannot be the event log",
    Trouble.FAULTY: "the event log {place} cannot be used: the database reports {detail}",
}


def explain(error: BaseException, place: str) -> Unavailable:
    """Return the error as a code and a sentence about the log at `place`."""
    why, detail = _diagnose(error)
    return Unavailable(why, _SENTENCES[why].format(place=place, detail=detail))


def _diagnose(error: BaseException | None) -> tuple[Trouble, str]:
    detail = ""
    while error is not None:
        detail = str(error) or type(error).__name__
        known = None
        if isinstance(error, sqlite3.Error):
            known = trouble.of_sqlite(error)
        elif isinstance(error, OSError):
            known = trouble.of_the_system(error)
        if known is not None:
            return known, detail
        if detail.startswith("no such table"):
            return Trouble.NOT_MIGRATED, detail
        if "locked" in detail or isinstance(error, TimeoutError):
            return Trouble.LOCKED, detail
        error = error.__cause__
    return Trouble.FAULTY, detail
