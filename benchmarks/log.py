"""(b) Append and load of a case, against raw SQLite and raw PostgreSQL writing the same bytes."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.postgres import postgres
from benchmarks.printing import Line, growth, heading, show
from benchmarks.sample import START, asked, attempts, beginning, case, drafts, log_in
from domain.fold import fold

if TYPE_CHECKING:
    from store import Log

ROUNDS = 5
BYTES = b"x" * 700
"""About the size of one recorded event, envelope included."""
TABLE = (
    "CREATE TABLE raw (n INTEGER, stream TEXT, version INTEGER, topic TEXT, state {kind},"
    " PRIMARY KEY (stream, version))"
)

Raw = Callable[[int, int], None]
"""Writes so many rows of a stream of this number, one transaction a row."""


def measure(*, large: bool) -> None:
    """Print appends a second and loads, on both databases, for 100 and 1,000 events."""
    sizes = (100, 1000) if large else (100, 300)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _database(
            "SQLite",
            sizes,
            log_in(f"sqlite:///{place / 'log.db'}", place / "keys"),
            *_sqlite(place / "raw.db"),
        )
        with postgres() as make:
            _database("PostgreSQL", sizes, log_in(make(), place / "keys"), *_postgres(make()))


def _database(
    name: str, sizes: tuple[int, ...], log: Log, raw_write: Raw, raw_read: Callable[[int], int]
) -> None:
    heading(f"(b) a case in {name}: append one by one, and load")
    loads: list[float] = []
    number = 0
    for size in sizes:
        writes: list[float] = []
        floors: list[float] = []
        reads: list[float] = []
        raw_reads: list[float] = []
        for _ in range(ROUNDS):
            number += 1
            writes.append(size / _timed(lambda n=number, s=size: _append(log, n, s)))
            floors.append(size / _timed(lambda n=number, s=size: raw_write(n, s)))
            reads.append(1000 * _timed(lambda n=number: log.load(case(n), afresh=True)))
            raw_reads.append(1000 * _timed(lambda n=number: raw_read(n)))
        show(Line(f"append, {size} events", writes, floors, "events/s"))
        show(Line(f"load, chain and seal checked, {size} events", reads, raw_reads, "ms"))
        entries = log.load(case(number))
        # As known at its end it is folded from nothing; as it is now it would be remembered.
        end = entries[-1].recorded_at
        folds = [1000 * _timed(lambda e=entries, k=end: fold(e, known_at=k)) for _ in range(ROUNDS)]
        show(Line(f"fold alone, {size} events", folds, raw_reads, "ms"))
        loads.append(min(reads))
    growth("loading grows", sizes, loads)
    log.close()


def _append(log: Log, number: int, size: int) -> None:
    stream = case(number)
    log.append(stream, 0, asked(f"first-{number:07d}", START), drafts(beginning(), START))
    for version in range(6, size):
        one = drafts(attempts(1), START)
        log.append(stream, version, asked(f"append-{number:07d}-{version}", START), one)


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _sqlite(path: Path) -> tuple[Raw, Callable[[int], int]]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE.format(kind="BLOB"))

    def write(number: int, size: int) -> None:
        for version in range(size):
            connection.execute(
                "INSERT INTO raw VALUES (?, ?, ?, ?, ?)",
                (number, case(number), version, "contact_attempted", BYTES),
            )

    def read(number: int) -> int:
        rows = connection.execute(
            "SELECT * FROM raw WHERE stream = ? ORDER BY version", (case(number),)
        )
        return len(rows.fetchall())

    return write, read


def _postgres(url: str) -> tuple[Raw, Callable[[int], int]]:
    import psycopg  # noqa: PLC0415 - only where a PostgreSQL is measured

    connection = psycopg.connect(url, autocommit=True)
    connection.execute(TABLE.format(kind="BYTEA").encode())

    def write(number: int, size: int) -> None:
        for version in range(size):
            connection.execute(
                "INSERT INTO raw VALUES (%s, %s, %s, %s, %s)",
                (number, case(number), version, "contact_attempted", BYTES),
            )

    def read(number: int) -> int:
        rows = connection.execute(
            "SELECT * FROM raw WHERE stream = %s ORDER BY version", (case(number),)
        )
        return len(rows.fetchall())

    return write, read
