"""(h) A case as at any version against a plain load; read models made anew against a raw scan."""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.audit import raw_sqlite
from benchmarks.printing import Line, fact, growth, heading, show
from benchmarks.sample import case, fill, log_in
from collecting import seldom
from domain.fold import fold
from domain.waits import Limits
from projections import open_views, rebuild

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Log

EVENTS_A_CASE = 50
LONG = 1_000
ROUNDS = 15


def measure(*, large: bool) -> None:
    """Print what a case as at any version costs, and how fast lists are made from the log."""
    sizes = (100_000, 1_000_000) if large else (10_000, 50_000)
    # As in a worker, which is what makes them.
    seldom()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _as_at(place)
        heading("(h) every read model made anew from the log, against a raw scan of the same rows")
        costs = [_rebuilt(place / f"{size}", size) for size in sizes]
        growth("making them anew grows", sizes, costs)


def _as_at(place: Path) -> None:
    heading(f"(h) a case of {LONG:,} events as at any version, against a plain load: ms")
    with closing(log_in(f"sqlite:///{place / 'long.db'}", place / "keys")) as log:
        for _ in fill(log, 1, LONG):
            pass
        chance = random.Random(5)  # noqa: S311 - which versions
        ours, floor = [], []
        for _ in range(ROUNDS):
            version = chance.randint(1, LONG)
            floor.append(1000 * _timed(lambda: _state_at(log, LONG)))
            ours.append(1000 * _timed(lambda v=version: _state_at(log, v)))  # type: ignore[misc]
        show(Line("any version", ours, floor, "ms", "1.5 at most"))


def _state_at(log: Log, version: int) -> None:
    """Fold the case up to a version, from nothing."""
    entries = log.load(case(0), afresh=True)[:version]
    fold(entries, known_at=entries[-1].recorded_at)


def _rebuilt(place: Path, size: int) -> float:
    place.mkdir()
    url = f"sqlite:///{place / 'log.db'}"
    with closing(log_in(url, place / "keys")) as log:
        for _ in fill(log, size // EVENTS_A_CASE, EVENTS_A_CASE):
            pass
        with closing(open_views(f"sqlite:///{place / 'views.db'}", Limits())) as views:
            floor = [size / _timed(lambda: raw_sqlite(url)) for _ in range(3)]
            took = _timed(lambda: rebuild(log, views))
            show(Line(f"{size:,} events", [size / took] * 3, floor, "events/s", "0.04 or more"))
            on_disk = (place / "views.db").stat().st_size / size
            fact("bytes an event on disk", f"{on_disk:.0f}")
    return took


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun
