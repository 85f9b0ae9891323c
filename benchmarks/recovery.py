"""(e) Recovery of all open cases from the log, against starting as many bare workflows."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from benchmarks.bare import QUEUE, Bare
from benchmarks.printing import Line, growth, heading, show
from benchmarks.sample import fill, log_in
from benchmarks.servers import NAMESPACE, Place, place, server, worker
from client import Door
from client.sending import LATER

EVENTS_A_CASE = 20
AT_ONCE = 20


def measure(*, large: bool) -> None:
    """Print cases a second, for a tenth of the size and for all of it."""
    sizes = (1_000, 10_000) if large else (100, 1_000)
    heading("(e) recovery: workflows started from the log, against bare workflow starts")
    costs = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            costs.append(asyncio.run(_recover(place(Path(folder)), size)))
    growth("recovering grows", sizes, costs)


def filled(here: Place, cases: int) -> None:
    """Record so many open cases in the installation's log."""
    log = log_in(here.settings.database("log"), here.folder / "keys")
    for _ in fill(log, cases, EVENTS_A_CASE):
        pass
    log.close()


async def _recover(here: Place, size: int) -> float:
    filled(here, size)
    with server(here), worker(here), worker(here, "benchmarks.bare"):
        client = await Client.connect(
            here.address, namespace=NAMESPACE, data_converter=pydantic_data_converter
        )
        floor = size / await _bare_starts(client, size)
        door = await Door.connect(here.settings)
        begun = time.perf_counter()
        found = await door.recovery.recover()
        took = time.perf_counter() - begun
        door.close()
    if found.started != size:
        raise SystemExit(f"{found.started} of {size} cases were started")
    show(Line(f"{size:,} cases of {EVENTS_A_CASE} events", [size / took], [floor], "cases/s"))
    return took


async def _bare_starts(client: Client, size: int) -> float:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with room:
            await client.start_workflow(
                Bare.run, id=f"bare-{number}", task_queue=QUEUE, priority=LATER
            )

    begun = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(size)))
    return time.perf_counter() - begun
