"""(a) Commands: throughput and latency against a bare workflow with the same update and an ordinary
activity that does nothing, on the same server, 1, 20 and 100 at once."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from benchmarks.bare import QUEUE, Bare
from benchmarks.printing import Line, fact, heading, show
from benchmarks.servers import NAMESPACE, place, server, worker
from benchmarks.staff import WISH, case_worker, open_case
from client import Door

AT_ONCE = (1, 20, 100)
ROUNDS = 5
Do = Callable[[int], Awaitable[Any]]
"""Sends one command to the slot of this number."""


def measure(*, large: bool) -> None:
    """Print throughput (more is better) and median latency (less is better)."""
    asyncio.run(_measure(seconds=8.0 if large else 4.0))


async def _measure(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = place(Path(folder))
        with server(here), worker(here), worker(here, "benchmarks.bare"):
            door = await Door.connect(here.settings)
            client = await Client.connect(
                here.address, namespace=NAMESPACE, data_converter=pydantic_data_converter
            )
            ours = await _ours(door)
            floor = await _floor(client)
            heading("(a) commands through the door, against a bare update with a no-op activity")
            for at_once in AT_ONCE:
                await _compare(ours, floor, at_once, seconds)
            door.close()


async def _compare(ours: Do, floor: Do, at_once: int, seconds: float) -> None:
    rates: tuple[list[float], list[float]] = ([], [])
    middles: tuple[list[float], list[float]] = ([], [])
    for which in itertools.chain.from_iterable([(0, 1), (1, 0)][r % 2] for r in range(ROUNDS)):
        rate, middle = await _round((ours, floor)[which], at_once, seconds)
        rates[which].append(rate)
        middles[which].append(middle)
    show(Line(f"throughput, {at_once} at once", *rates, "a second", "0.9 at least, 1.2 aimed at"))
    show(Line(f"median latency, {at_once} at once", *middles, "ms", "1.0 at most, 0.7 aimed at"))


async def _round(do: Do, at_once: int, seconds: float) -> tuple[float, float]:
    took: list[float] = []
    begun = time.perf_counter()

    async def slot(number: int) -> None:
        while time.perf_counter() - begun < seconds:
            sent = time.perf_counter()
            await do(number)
            took.append(1000 * (time.perf_counter() - sent))

    await asyncio.gather(*(slot(n) for n in range(at_once)))
    return len(took) / (time.perf_counter() - begun), median(took)


async def _ours(door: Door) -> Do:
    actor = await case_worker(door)
    begun = time.perf_counter()
    cases = [await open_case(door, actor, number) for number in range(max(AT_ONCE))]
    fact("opening a case took", f"{1000 * (time.perf_counter() - begun) / len(cases):.0f} ms")

    async def do(slot: int) -> Any:
        return await door.do(actor, "unverified", "record_wish", WISH, stream=cases[slot])

    return do


async def _floor(client: Client) -> Do:
    handles = [
        await client.start_workflow(Bare.run, id=f"bare-{number}", task_queue=QUEUE)
        for number in range(max(AT_ONCE))
    ]
    numbers = itertools.count()

    async def do(slot: int) -> Any:
        message = {
            "id": f"bare-command-{next(numbers)}",
            "stream": handles[slot].id,
            "name": "record_wish",
            "body": WISH,
            "proof": {"actor": "PR-00000000-0", "signature": "x" * 88, "key": "0" * 16},
        }
        return await handles[slot].execute_update(Bare.record_wish, message, id=message["id"])

    return do
