"""What trouble with PostgreSQL means for the event log, in plain words."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

import trouble
from store.errors import Unavailable
from trouble import Trouble

_SENTENCES = {
    Trouble.LOCKED: "the event log in {place} is locked: another program is writing to it",
    Trouble.READ_ONLY: "the event log in {place} is read-only, or this login may not write",
    Trouble.FULL: "the event log in {place} cannot grow: the server's disk is full",
    Trouble.UNREACHABLE: "the event log in {place} cannot be reached: {detail}",
    Trouble.NOT_MIGRATED: "{place} holds no event log yet: it has to be migrated first",
    Trouble.FAULTY: "the event log in {place} cannot be used: the server reports {detail}",
}


def place(url: str) -> str:
    """Return where the database is, for people, without a password. Raises `Unavailable`."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The driver's own words may repeat the password.
        raise Unavailable(
            Trouble.UNREACHABLE, "the address of the event log is not a PostgreSQL URL"
        ) from None
    database, host = parts.get("dbname", "its default database"), parts.get("host", "this machine")
    return f"PostgreSQL ({database} on {host})"


def explain(error: BaseException, where: str) -> Unavailable:
    """Return the error as a code and a sentence about the log in `where`."""
    why, detail = _diagnose(error)
    return Unavailable(why, _SENTENCES[why].format(place=where, detail=detail))


def _diagnose(error: BaseException | None) -> tuple[Trouble, str]:
    detail = ""
    while error is not None:
        detail = " ".join(str(error).split()) or type(error).__name__
        code = getattr(error, "sqlstate", None) or ""
        if known := trouble.of_postgres(code):
            return known, detail
        if not code and isinstance(error, psycopg.OperationalError):
            return Trouble.UNREACHABLE, detail
        if "Composite type" in detail:
            return Trouble.NOT_MIGRATED, detail
        error = error.__cause__
    return Trouble.FAULTY, detail
