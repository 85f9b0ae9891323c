"""(f) The whole log verified from its payloads, against a raw scan of the same rows on one core."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit.checkpoint import Checkpoint
from audit.exporting import export
from audit.merkle import Edge
from audit.record import Record
from audit.understanding import Place, understand
from audit.verify.account import Account
from audit.verify.export import Export
from audit.verify.judging import judge
from benchmarks.postgres import postgres
from benchmarks.printing import Line, fact, growth, heading, show
from benchmarks.sample import fill, log_in
from collecting import seldom
from keys import KeyKind, Keyring

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.verify.entry import Seals
    from audit.verify.judging import Source
    from store import Log

ROUNDS = 3
EVENTS = 250
"""Of each case: one signature to check for so many, as the newest seal covers the others."""
ORIGIN = "benchmark.example/log"


class _Took(NamedTuple):
    """Seconds of one process, at its best."""

    verified: float
    understood: float


def measure(*, large: bool) -> None:
    """Print verified events a second, on SQLite and PostgreSQL, with one process and with two."""
    sizes = (100_000, 1_000_000) if large else (10_000, 100_000)
    # As in a worker, which is what folds.
    seldom()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _database("SQLite", sizes, f"sqlite:///{place / 'log.db'}", place, raw_sqlite)
        with postgres() as make:
            _database("PostgreSQL", sizes[:1] if large else sizes, make(), place, raw_postgres)


def _database(
    name: str, sizes: tuple[int, ...], url: str, place: Path, raw: Callable[[str], int]
) -> None:
    heading(f"(f) the whole log in {name} verified: chains, newest seals, tree")
    log = log_in(url, place / "keys")
    seals = Keyring(place / "keys").verifier(KeyKind.SEAL).keys
    costs: list[_Took] = []
    cases = 0
    for size in sizes:
        _filled_elsewhere(url, place / "keys", cases, size // EVENTS)
        cases = size // EVENTS
        costs.append(_size(log, url, seals, size=size, raw=raw, place=place))
    growth("verifying grows", sizes, [took.verified for took in costs])
    growth("verifying, decoding and folding grows", sizes, [took.understood for took in costs])
    log.close()


def _filled_elsewhere(url: str, keys: Path, begin: int, cases: int) -> None:
    """Record cases in another process: whoever verifies a log is not the one who wrote it, and has
    a memory that is in order."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(_filled, url, keys, begin, cases).result()


def _filled(url: str, keys: Path, begin: int, cases: int) -> None:
    with closing(log_in(url, keys)) as log:
        for _ in fill(log, cases, EVENTS, beginning_with=begin):
            pass


def _size(
    log: Log, url: str, seals: Seals, *, size: int, raw: Callable[[str], int], place: Path
) -> _Took:
    """Measure one size; return how long it took with one process."""
    point = _checkpoint(log)

    def verified(cores: int) -> None:
        _verified(Record(log, url, cores), point, seals)

    there = Place(url, place / "keys")
    floors, one, two = _in_turn(size, lambda: raw(url), verified)
    show(Line(f"one process, {size} events", one, floors, "events/s", "0.2 or more"))
    show(Line(f"two processes, {size} events", two, floors, "events/s", "faster than one"))
    floors, *folded = _in_turn(
        size, lambda: raw(url), lambda cores: _understood(log, there, point, cores)
    )
    for cores, ours in enumerate(folded, 1):
        name = f"decoded and folded too, with {cores}, {size} events"
        show(Line(name, ours, floors, "events/s", "0.1 or more"))
    file = place / f"{size}.jsonl"
    wrote = _timed(lambda: export(Record(log), ORIGIN, file))
    fact(f"an export of {size} events", f"{size / wrote:.0f} events/s written")
    for cores in (1, 2):
        read = size / _timed(lambda c=cores: _verified(Export(file, c), point, seals))  # type: ignore[misc]
        fact(f"  verified with {cores}", f"{read:.0f} events/s")
    file.unlink()
    return _Took(size / max(one), size / max(folded[0]))


def _in_turn(
    size: int, floor: Callable[[], int], ours: Callable[[int], None]
) -> tuple[list[float], list[float], list[float]]:
    """Return events a second, round by round: of the floor, and of ours with one and with two
    processes."""
    rates: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(ROUNDS):
        timed = (_timed(floor), _timed(lambda: ours(1)), _timed(lambda: ours(2)))
        for rate, seconds in zip(rates, timed, strict=True):
            rate.append(size / seconds)
    return rates


def _verified(source: Source, point: Checkpoint, seals: Seals) -> None:
    assert judge(source, [point], seals).findings == []


def _understood(log: Log, place: Place, point: Checkpoint, cores: int) -> None:
    """Verify, give each entry its meaning, and fold every case from its first entry."""
    report = understand(log, place, [point], cores)
    assert (report.findings, report.under_checkpoint) == ([], point.size)


def _checkpoint(log: Log) -> Checkpoint:
    account, tree = Account(), Edge()
    for page in log.recorded():
        tree.extend(account.take(page))
    return Checkpoint(ORIGIN, tree.size, tree.root())


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


_COLUMNS = "originator_id, originator_version, topic, state"


def raw_sqlite(url: str) -> int:
    """Read every row of a log as SQLite gives it, and nothing else; return how many there are."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    statement = f"SELECT {_COLUMNS}, rowid FROM stored_events ORDER BY rowid"  # noqa: S608
    count = sum(1 for _ in connection.execute(statement))
    connection.close()
    return count


def raw_postgres(url: str) -> int:
    """Do the same in PostgreSQL."""
    import psycopg  # noqa: PLC0415 - only where a PostgreSQL is measured

    statement = f"SELECT {_COLUMNS}, notification_id FROM stored_events ORDER BY notification_id"  # noqa: S608
    with (
        psycopg.connect(url) as connection,
        connection.cursor("raw", binary=True) as cursor,
    ):
        cursor.itersize = 5_000
        cursor.execute(statement.encode())
        return sum(1 for _ in cursor)
