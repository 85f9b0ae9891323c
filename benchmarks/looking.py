"""(g) Reading a case with its entry in the access log, against the same reading without one."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks.postgres import postgres
from benchmarks.printing import Line, heading, show
from benchmarks.sample import ACTOR, START, WORKER, asked, case, drafts, fill
from client.gate import Gate
from client.reading import Reading
from client.stores import Stores
from domain.events.practitioners import PractitionerRegistered, RoleGranted
from domain.words import PractitionerKind, StaffRole
from keys import KeyKind, Keyring
from migrate import migrate
from settings import Settings
from store import open_log

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
EVENTS = 50
THREADS = 8


class _Nothing:
    """Writes nothing down."""

    def write(self, look: object) -> None:
        """Do nothing."""


class _Without:
    """The stores without an access log."""

    access = _Nothing()


def measure(*, large: bool) -> None:
    """Print what the entry adds to reading a case, for one reader and for several at once."""
    looks = 500 if large else 100
    with tempfile.TemporaryDirectory() as folder:
        _database("SQLite", Settings(data=Path(folder), keys=Path(folder) / "keys"), looks)
    with tempfile.TemporaryDirectory() as folder, postgres() as make:
        url = make()
        settings = Settings(
            data=Path(folder), keys=Path(folder) / "keys", log_url=url, access_url=url
        )
        _database("PostgreSQL", settings, looks)


def _database(name: str, settings: Settings, looks: int) -> None:
    heading(f"(g) {looks} readings of a case of {EVENTS} events, logged, in {name}")
    reading, bare = _readings(settings)
    alone: list[float] = []
    together: list[float] = []
    floor: list[float] = []
    durable: list[float] = []
    for _ in range(ROUNDS):
        alone.append(1000 * _timed(lambda: _read(reading, looks)) / looks)
        floor.append(1000 * _timed(lambda: _read(bare, looks)) / looks)
        together.append(1000 * _timed(lambda: _at_once(reading, looks)) / looks)
        durable.append(1000 * _timed(lambda: _raw(settings.folder, looks)) / looks)
    show(Line("a reading with its entry, floor: without", alone, floor, "ms"))
    show(Line(f"the same, {THREADS} readers at once", together, floor, "ms"))
    added = [max(a - f, 0.0) for a, f in zip(alone, floor, strict=True)]
    show(Line("the entry, floor: a raw durable row in SQLite", added, durable, "ms"))
    reading.stores.close()
    reading.log.close()


def _readings(settings: Settings) -> tuple[Reading, Reading]:
    ring = Keyring(settings.key_folder)
    ring.create_missing()
    migrate(settings)
    log = open_log(settings.database("log"), ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL))
    kind = PractitionerKind.FACILITATOR
    register = PractitionerRegistered(kind=kind, organisation="DERBYSHIRE_RJ", area="DERBYSHIRE")
    events = [register, RoleGranted(role=StaffRole.FACILITATOR)]
    log.append(WORKER, 0, asked("benchmark-worker", START), drafts([*events], START))
    for _ in fill(log, 1, EVENTS):
        pass
    reading = Reading(log, Stores(settings, ring, log), Gate(log))
    return reading, replace(reading, stores=cast("Stores", cast("Any", _Without())))


def _read(reading: Reading, times: int) -> None:
    for _ in range(times):
        assert reading.case_as_it_is(ACTOR, case(0), "benchmark").version == EVENTS


def _at_once(reading: Reading, times: int) -> None:
    each = times // THREADS
    threads = [threading.Thread(target=_read, args=(reading, each)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _raw(folder: Path, times: int) -> None:
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS raw (n INTEGER PRIMARY KEY, state BLOB)")
    for _ in range(times):
        connection.execute("INSERT INTO raw (state) VALUES (?)", (b"x" * 700,))
    connection.close()


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun
