"""Looks to write down, and somebody who alters what was written."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from access import Look
from domain.record import Actor

if TYPE_CHECKING:
    from access import AccessLog

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
READER = "PR-7K3M9QXA-5"
CASE = "RJ-7K3M9QXA-5"
_NUMBERS = itertools.count(1)


def look(**given: Any) -> Look:
    """Return a look that nobody took before."""
    whole = {
        "id": f"{next(_NUMBERS):032x}",
        "at": NOON,
        "actor": Actor(id=READER, identified="unverified"),
        "view": "CASE",
        "purpose": "case_work",
        "about": (CASE,),
    }
    return Look(**{**whole, **given})


@dataclass(frozen=True)
class Attacker:
    """Somebody with every right to the database and no key."""

    url: str

    def run(self, *statements: str) -> None:
        """Take the guards away and carry these statements out."""
        engine = sa.create_engine(self.url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            for table in ("access_entries", "access_segments"):
                for what in ("update", "delete", "replace"):
                    drop = f"DROP TRIGGER IF EXISTS {table}_no_{what}"
                    there = engine.dialect.name == "sqlite"
                    connection.exec_driver_sql(drop if there else f"{drop} ON {table}")
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


def months(log: AccessLog, counts: list[int]) -> None:
    """Write so many looks in each month from January on."""
    for month, count in enumerate(counts, 1):
        begun = datetime(2026, month, 3, tzinfo=UTC)
        for number in range(count):
            log.append([look(at=begun)], begun + timedelta(hours=number))
