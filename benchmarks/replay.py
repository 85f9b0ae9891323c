"""(c) Replay of the whole log: chains, seals and fold of every case, against a raw scan."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.printing import Line, fact, growth, heading, show
from benchmarks.sample import fill, log_in
from domain.fold import fold

EVENTS_A_CASE = 50
SLICES = 5
"""Parts of the log after each of which the floor is measured again."""


def measure(*, large: bool) -> None:
    """Print events a second of a full replay, for 100,000 and 1,000,000 events."""
    sizes = (100_000, 1_000_000) if large else (10_000, 50_000)
    heading("(c) full replay: load, check and fold every case, against a raw scan of the rows")
    costs = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            costs.append(_replay(Path(folder), size))
    growth("replaying grows", sizes, costs)


def _replay(folder: Path, size: int) -> float:
    path = folder / "log.db"
    log = log_in(f"sqlite:///{path}", folder / "keys")
    begun = time.perf_counter()
    for done in fill(log, size // EVENTS_A_CASE, EVENTS_A_CASE):
        if done * EVENTS_A_CASE % 250_000 == 0:
            fact("recorded so far", f"{done * EVENTS_A_CASE:,} events")
    fact(f"recording {size:,} events took", f"{time.perf_counter() - begun:.0f} s")
    ours: list[float] = []
    floor: list[float] = []
    streams = [*log.streams()]
    for first in range(0, len(streams), len(streams) // SLICES):
        begun = time.perf_counter()
        part = streams[first : first + len(streams) // SLICES]
        seen = sum(len(_folded(log.load(stream, afresh=True))) for stream in part)
        ours.append(seen / (time.perf_counter() - begun))
        floor.append(_raw_scan(path, size))
    show(Line(f"{size:,} events", ours, floor, "events/s"))
    fact("bytes an event on disk", f"{path.stat().st_size / size:.0f}")
    log.close()
    return size / median(ours)


def _folded(entries: list) -> list:  # type: ignore[type-arg]
    fold(entries)
    return entries


def _raw_scan(path: Path, size: int) -> float:
    connection = sqlite3.connect(path)
    begun = time.perf_counter()
    count = 0
    for row in connection.execute("SELECT * FROM stored_events ORDER BY rowid"):
        count += len(row) > 0
    took = time.perf_counter() - begun
    connection.close()
    if count != size:
        raise SystemExit(f"the log holds {count} events, not {size}")
    return size / took
