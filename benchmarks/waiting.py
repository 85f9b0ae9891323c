"""(d) Open cases that wait: memory, history, and how soon all live again after a kill."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.printing import Line, fact, heading, show
from benchmarks.recovery import filled
from benchmarks.sample import case
from benchmarks.servers import Place, memory, place, server, worker
from client import Door
from domain.decide import tick
from domain.fold import fold
from domain.waits import Limits, next_due
from workflows.run import PRESENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.record import Entry

ASKED = 200
"""Cases that are asked where they stand once everything is back."""


def measure(*, large: bool) -> None:
    """Print what so many waiting cases cost, and what it takes to have them back."""
    cases = 10_000 if large else 1_000
    heading(f"(d) {cases:,} open cases that wait")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_wait(place(Path(folder)), cases))


async def _wait(here: Place, cases: int) -> None:
    filled(here, cases)
    with server(here) as temporal, worker(here) as serving:
        empty = memory(temporal), memory(serving)
        door = await Door.connect(here.settings)
        await door.recovery.recover()
        await _settled(door, cases)
        fact("server memory", _grown(empty[0], memory(temporal)))
        fact("worker memory", _grown(empty[1], memory(serving)))
        size = (here.folder / "temporal.db").stat().st_size
        fact("Temporal's file", f"{size / 2**20:.0f} MiB, {size / cases / 1024:.1f} KiB a case")
        await _history(door, cases)
        warm = await _ask(door, cases)
        door.close()
        temporal.kill()
        serving.kill()
        temporal.wait()
        serving.wait()
    begun = time.perf_counter()
    with server(here), worker(here):
        door = await Door.connect(here.settings)
        cold = await _ask(door, cases, first=begun)
        await _settled(door, cases)
        fact("all live again after both were killed", f"{time.perf_counter() - begun:.1f} s")
        show(Line("a question to a case, cold against warm", [cold], [warm], "ms"))
        door.close()


def _grown(empty: float, full: float) -> str:
    return f"{full:.0f} MiB ({empty:.0f} MiB with none)"


async def _settled(door: Door, cases: int) -> None:
    """Wait until the server counts every case as running."""
    query = "WorkflowType = 'Case' AND ExecutionStatus = 'Running'"
    # Nobody tells us: visibility is only ever asked.
    while (await door.sender.client.count_workflows(query)).count < cases:  # noqa: ASYNC110
        await asyncio.sleep(0.2)


async def _ask(door: Door, cases: int, first: float | None = None) -> float:
    """Ask random cases where they stand; return the median in milliseconds."""
    took = []
    chosen = random.Random(1).sample(range(cases), min(ASKED, cases))  # noqa: S311 - which cases
    for number in chosen:
        begun = time.perf_counter()
        await door.sender.client.get_workflow_handle(case(number)).query(
            PRESENT, rpc_timeout=timedelta(seconds=30)
        )
        took.append(1000 * (time.perf_counter() - begun))
        if first is not None:
            fact(
                "first case answers after both were killed", f"{time.perf_counter() - first:.1f} s"
            )
            first = None
    return median(took)


async def _history(door: Door, cases: int) -> None:
    """Print what one case leaves in Temporal: at rest, and in a year of waiting."""
    handle = door.sender.client.get_workflow_handle(case(cases // 2))
    history = await handle.fetch_history()
    at_rest = len(history.events)
    size = sum(event.ByteSize() for event in history.events)
    ticks = _ticks_a_year(door.recovery.log.load(case(cases // 2)))
    each = 11
    """A fired timer, a workflow task, a local activity's marker and the next timer."""
    fact("history of a waiting case", f"{at_rest} events, {size} bytes")
    fact(
        "history of a year's waiting",
        f"about {at_rest + each * ticks} events, {size * (1 + each * ticks / at_rest):.0f} bytes"
        f" ({ticks} moments at which something fell due)",
    )


def _ticks_a_year(history: Sequence[Entry]) -> int:
    """Return at how many moments of the year to come this case has something fall due."""
    limits, moments = Limits(), set()
    until = datetime.now(UTC) + timedelta(days=365)
    due = next_due(fold(history), limits)
    missed = fold(history).missed
    while due is not None and due <= until:
        moments.add(due)
        keys = {
            (d.event.wait, d.event.subject, d.event.due.isoformat())  # type: ignore[attr-defined]
            for d in tick(history, due, limits)
            if hasattr(d.event, "wait")
        }
        missed |= keys
        due = next_due(fold(history).changed(missed=missed), limits)
        if not keys:
            break
    return len(moments)
