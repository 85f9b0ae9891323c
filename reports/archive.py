"""What was published: every table once, kept for ever, so that no later one can be subtracted.

Rows are only added, chained and each of them sealed, like the access log in whose database they
are. They hold counts that are public, and who published them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from domain.record import START
from reports.counting import Asked, Row
from reports.given import Protected
from reports.kept import PUBLISHED, TABLES, stored
from reports.months import Months
from reports.parts import WAYS
from reports.table import DEFINITIONS
from store import Altered
from store.errors import UnknownSeal
from store.seal import Seal, Seals, leaf, split
from vault.opening import open_database

if TYPE_CHECKING:
    from datetime import datetime

    from keys import Signer, Verifier
    from vault.database import Database

CHAIN, _NAME = "published-numbers", "published"
_ALL = sa.select(PUBLISHED.c.number, PUBLISHED.c.state).order_by(PUBLISHED.c.number)
_LOCK = 7_294_410_355_118_977
"""PostgreSQL advisory lock: one is published after the other."""
Line = tuple[str, int | None, int | None]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    form: Literal["rjn1"] = "rjn1"
    number: int = Field(ge=1)
    previous: str = Field(pattern=r"^[0-9a-f]{64}$")
    at: AwareDatetime
    actor: str
    definition: str
    by: str
    begin: int
    end: int
    rows: tuple[Line, ...]
    total: Line
    middle: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One table as it was published; None in it is hidden. `at` is UTC."""

    number: int
    asked: Asked
    months: Months
    rows: tuple[Row, ...]
    total: Row
    middle: int | None
    at: datetime
    actor: str


class Archive:
    """The published tables. Every method raises the vault's `Unavailable`, and the store's
    `Altered` when what it holds is not what was published."""

    def __init__(self, database: Database, seals: Seals) -> None:
        self._database = database
        self._seals = seals

    def all(self) -> list[Published]:
        """Return every published table, oldest first, each checked."""
        return self._read(self._database.rows(_ALL))[0]

    def publish(
        self,
        asked: Asked,
        months: Months,
        decided: Callable[[Sequence[Published]], Protected],
        actor: str,
        at: datetime,
    ) -> Protected:
        """Return the table of this number, breakdown and period: as published before, else as
        `decided` beside all that were, once it is recorded. Raises `KeyMissing`."""
        with self._database.together() as connection:
            if not self._database.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            published, head = self._read(connection.execute(_ALL).all())
            for one in published:
                if (one.asked, one.months) == (asked, months):
                    return _as_given(one)
            given = decided(published)
            line = _stored(given, len(published) + 1, head, actor, at)
            body = line.model_dump_json().encode()
            state = self._seals.seal(CHAIN, line.number, _NAME, body)
            connection.execute(sa.insert(PUBLISHED), {"number": line.number, "state": state})
        return given

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _read(self, rows: Sequence[Any]) -> tuple[list[Published], str]:
        found, head = [], START
        for expected, (number, state) in enumerate(((r.number, stored(r.state)) for r in rows), 1):
            line = _checked(number, state, self._seals)
            if number != expected or (line.number, line.previous) != (number, head):
                raise Altered(CHAIN, expected, "does not follow on the one before it")
            found.append(_published(line))
            head = leaf(CHAIN, number, _NAME, state).hex()
        return found, head


def open_archive(
    url: str, seal: Signer | None, verifier: Verifier, *, create: bool = True
) -> Archive:
    """Return the archive in this database (`sqlite:///path` or `postgresql://…`).

    `seal` is the key that is published with; without it the archive is for reading. `create`
    makes the table if it is missing. Raises the vault's `Unavailable`.
    """
    database = open_database(url, "the published numbers", TABLES, create=create)
    return Archive(database, Seals(seal, verifier))


def make_archive(url: str) -> None:
    """Make the table of published numbers in this database, if missing. Raises `Unavailable`."""
    open_database(url, "the published numbers", TABLES, create=True).close()


def _checked(number: int, state: bytes, seals: Seals) -> _Stored:
    sealed = split(state)
    if sealed is None:
        raise Altered(CHAIN, number, "has no seal")
    seal = Seal(sealed.key, sealed.signature, leaf(CHAIN, number, _NAME, sealed.body))
    if not seals.knows(seal):
        raise UnknownSeal(CHAIN, number, seal.key)
    if not seals.good(seal):
        raise Altered(CHAIN, number, "has a seal that does not fit it")
    try:
        return _Stored.model_validate_json(sealed.body)
    except ValidationError:
        raise Altered(CHAIN, number, "is no published table") from None


def _stored(given: Protected, number: int, head: str, actor: str, at: datetime) -> _Stored:
    return _Stored(
        number=number,
        previous=head,
        at=at,
        actor=actor,
        definition=given.asked.definition.name,
        by=given.asked.by,
        begin=given.months.begin,
        end=given.months.end,
        rows=tuple((row.part, row.counted, row.met) for row in given.rows),
        total=(given.total.part, given.total.counted, given.total.met),
        middle=given.middle,
    )


def _published(stored: _Stored) -> Published:
    if stored.definition not in DEFINITIONS or stored.by not in WAYS:
        raise Altered(CHAIN, stored.number, "is of a number that this release does not know")
    return Published(
        number=stored.number,
        asked=Asked(DEFINITIONS[stored.definition], stored.by),
        months=Months(stored.begin, stored.end),
        rows=tuple(Row(*line) for line in stored.rows),
        total=Row(*stored.total),
        middle=stored.middle,
        at=stored.at,
        actor=stored.actor,
    )


def _as_given(one: Published) -> Protected:
    return Protected(one.asked, one.months, one.rows, one.total, one.middle, one.at)
