"""The access log: every look at what is recorded, in one chain, durable before it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from access.chain import LOG, Head, Spooled, check_end, followed, read, written
from access.segments import Segment, begin_after, checked
from access.tables import ENTRIES, SEGMENTS, TABLES, stored
from store.seal import Seals
from vault.opening import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from access.chain import Linked
    from access.look import Look
    from keys import Signer, Verifier
    from vault.database import Database

_PAGE = 1_000
_LOCK = 7_294_410_355_118_233
"""PostgreSQL advisory lock: one write after the other."""
_NEWEST = sa.select(ENTRIES.c.number, ENTRIES.c.state).order_by(ENTRIES.c.number.desc()).limit(1)
_INSERT = sa.insert(ENTRIES)


class AccessLog:
    """An open access log. Safe for use by several threads at once.

    Every method raises the vault's `Unavailable` when the database cannot be used, and the store's
    `Altered` when what it holds is not what was recorded.
    """

    def __init__(self, database: Database, seals: Seals) -> None:
        self.database = database
        self.seals = seals

    def append(self, looks: Sequence[Look | Spooled], at: datetime) -> int:
        """Write these looks down, all or none, those left out that stand there already.

        `at` is when they are written. Returns how many were new. Raises `KeyMissing`.
        """
        with self.database.together() as connection:
            if not self.database.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            new = self._new(connection, looks)
            if not new:
                return 0
            head = self._after(connection.execute(_NEWEST).first())
            entries = written(LOG, head, new, at, self.seals)
            rows = [
                {"number": e.link.number, "id": e.link.look.id, "state": e.bytes} for e in entries
            ]
            connection.execute(_INSERT, rows)
        return len(new)

    def head(self) -> Head:
        """Return where the log stands, its newest seal checked."""
        newest = self.database.rows(_NEWEST)
        return self._after(newest[0] if newest else None)

    def entries(self, *, every_seal: bool = False) -> Iterator[Linked]:
        """Yield every entry that is there, oldest first, each checked against the one before.

        What went with its segment is passed over, if it was time; its signed root is checked.
        """
        segments = self.segments()
        begin = begin_after(segments, self.first())
        yield from followed(LOG, begin, self.rows(begin.number), self.seals, every_seal=every_seal)

    def segments(self) -> list[Segment]:
        """Return the sealed segments, oldest first, their own chain checked."""
        rows = self.database.rows(sa.select(SEGMENTS).order_by(SEGMENTS.c.number))
        return checked([(row.number, row.first, row.last, row.state) for row in rows], self.seals)

    def first(self) -> int | None:
        """Return the number of the first entry that is there, None if there is none."""
        (row,) = self.database.rows(sa.select(sa.func.min(ENTRIES.c.number)))
        first: int | None = row[0]
        return first

    def rows(self, after: int, limit: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield number and bytes of the entries after this number, unchecked; at most `limit`."""
        while True:
            chosen = sa.select(ENTRIES.c.number, ENTRIES.c.state).where(ENTRIES.c.number > after)
            ordered = chosen.order_by(ENTRIES.c.number).limit(limit or _PAGE)
            page = self.database.rows(ordered)
            yield from ((row.number, stored(row.state)) for row in page)
            if limit or len(page) < _PAGE:
                return
            after = page[-1].number

    def latest_with(self, text: str) -> tuple[int, bytes] | None:
        """Return number and bytes of the newest entry in which this stands, unchecked."""
        part = text.encode()
        question = "instr(state, :part) > 0"
        if not self.database.is_sqlite:
            question = "position(CAST(:part AS bytea) IN state) > 0"
        holds = sa.text(question).bindparams(part=part)
        newest = sa.select(ENTRIES.c.number, ENTRIES.c.state).where(holds)
        rows = self.database.rows(newest.order_by(ENTRIES.c.number.desc()).limit(1))
        return (rows[0].number, stored(rows[0].state)) if rows else None

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _new(
        self, connection: sa.Connection, looks: Sequence[Look | Spooled]
    ) -> Sequence[Look | Spooled]:
        ids = [one.look.id if isinstance(one, Spooled) else one.id for one in looks]
        there: set[str] = set()
        for begin in range(0, len(ids), _PAGE):
            known = sa.select(ENTRIES.c.id).where(ENTRIES.c.id.in_(ids[begin : begin + _PAGE]))
            there.update(connection.execute(known).scalars())
        new: dict[str, Look | Spooled] = {}
        for one, own in zip(looks, ids, strict=True):
            if own not in there:
                new.setdefault(own, one)
        return [*new.values()]

    def _after(self, newest: Any) -> Head:
        if newest is None:
            segments = self.segments()
            return segments[-1].head if segments else Head()
        last = read(LOG, newest.number, stored(newest.state))
        # A new seal would vouch for what it is built on.
        check_end(LOG, last, self.seals)
        return last.head


def make_tables(url: str) -> None:
    """Make the tables of the access log in this database, if missing. Raises `Unavailable`."""
    open_database(url, "the access log", TABLES, create=True).close()


def open_access(
    url: str, seal: Signer | None, verifier: Verifier, *, create: bool = True
) -> AccessLog:
    """Return the access log in this database (`sqlite:///path` or `postgresql://…`).

    `seal` is the key that writes are sealed with; without it the log is for reading. `create` makes
    the tables if they are missing. Raises the vault's `Unavailable`.
    """
    database = open_database(url, "the access log", TABLES, create=create)
    return AccessLog(database, Seals(seal, verifier))
