"""What PostgreSQL's error codes mean for the event log, in plain words."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

from store.errors import Trouble, Unavailable

_SENTENCES = {
    Trouble.LOCKED: "the event log in {place} is locked: another program is writing to it",
    Trouble.READ_ONLY: "the event log in {place} is read-only, or this login may not write",
    Trouble.FULL: "the event log in {place} cannot grow: the server's disk is full",
    Trouble.UNREACHABLE: "the event log in {place} cannot be reached: {detail}",
    Trouble.NOT_MIGRATED: "{place} holds no event log yet: it has to be migrated first",
    Trouble.FAULTY: "the event log in {place} cannot be used: the server reports {detail}",
}
# Codes: appendix A of PostgreSQL's manual.
_CODES = {
    "55P03": Trouble.LOCKED,
    "40P01": Trouble.LOCKED,
    "42501": Trouble.READ_ONLY,
    "25006": Trouble.READ_ONLY,
    "53100": Trouble.FULL,
    "42P01": Trouble.NOT_MIGRATED,
    "3D000": Trouble.UNREACHABLE,
    "28000": Trouble.UNREACHABLE,
    "28P01": Trouble.UNREACHABLE,
    "53300": Trouble.UNREACHABLE,
}
_SHUTTING_DOWN = ("57P", "08")
"""Classes of codes for a server that is stopping, starting or not there."""


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
    trouble, detail = _diagnose(error)
    return Unavailable(trouble, _SENTENCES[trouble].format(place=where, detail=detail))


def _diagnose(error: BaseException | None) -> tuple[Trouble, str]:
    detail = ""
    while error is not None:
        detail = " ".join(str(error).split()) or type(error).__name__
        code = getattr(error, "sqlstate", None)
        if code in _CODES:
            return _CODES[code], detail
        if code is not None and code.startswith(_SHUTTING_DOWN):
            return Trouble.UNREACHABLE, detail
        if code is None and isinstance(error, psycopg.OperationalError):
            return Trouble.UNREACHABLE, detail
        if "Composite type" in detail:
            return Trouble.NOT_MIGRATED, detail
        error = error.__cause__
    return Trouble.FAULTY, detail
