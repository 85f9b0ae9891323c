"""Proposing doubles: what became part of a case is compared with all others, once, by the service.

It is the service's own work after an append, never part of a decision. What is to be looked at
stands in the vault beside the details themselves, and is ticked off when every proposal that
follows from it is recorded; broken off, it is done again, and the log knows each pair by its id.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from client.failures import Denied, Nonsense, Refused, Unavailable, Unforeseen
from client.matching import Matching
from client.stores import OUT_OF_REACH
from domain.record import Actor
from store import Altered, Unreadable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from client.door import Door

    OpenDoor = Callable[[], Awaitable[Door]]

MATCHER = Actor(id="service:matcher", identified="service")
ORIGIN = "matcher"
DUPLICATES = "duplicates"
"""What it is compared for."""
AT_ONCE = 50
"""Details that are looked at in one go."""
EVERY = 2.0
"""Seconds between two looks whether there is anything."""
CATCH_UP_EVERY = 24 * 3600.0
"""Seconds after which it is asked again whether any details have no tokens."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proposing:
    """Looks at what is new and proposes. May be broken off, and done by several at once."""

    door: Door

    async def once(self) -> int:
        """Look at some of what was not looked at; return how many details it was.

        Raises `Unavailable` of the door and what is in `OUT_OF_REACH`: it is done again later.
        """
        matching = self.door.readings.stores.vault.matching
        new = await asyncio.to_thread(matching.to_look_at, AT_ONCE)
        for stream in sorted({one.stream for one in new}):
            await self._look(stream)
            theirs = [one.text_id for one in new if one.stream == stream]
            await asyncio.to_thread(matching.looked, theirs, datetime.now(UTC))
        return len(new)

    async def _look(self, stream: str) -> None:
        finding = Matching(self.door.readings)
        try:
            pairs = await asyncio.to_thread(finding.doubles, MATCHER, stream, DUPLICATES)
            asked = await asyncio.to_thread(finding.suppressed, MATCHER, stream, DUPLICATES)
        except (Denied, Altered, Unreadable) as error:
            # Nothing can be compared with what cannot be read; the others do not wait for it.
            _log.error("not_compared", stream=stream, why=type(error).__name__)
            return
        for party in asked:
            await self._report("report_suppression", stream, f"{stream} {party}", party=party)
        for pair in pairs:
            named = {"other": pair.older, "strength": pair.strength.value}
            told = f"{pair.newer} {pair.older} {pair.strength}"
            await self._report("report_likeness", pair.newer, told, **named)

    async def _report(self, name: str, stream: str, told: str, **given: str) -> None:
        """Have a case record what was found; what was told makes the id of the command."""
        try:
            await self.door.do(
                MATCHER.id,
                MATCHER.identified,
                name,
                given,
                stream=stream,
                command_id=_key(told),
                origin=ORIGIN,
            )
        except (Denied, Nonsense, Refused, Unforeseen) as error:
            # It would be the same the next time; the other cases do not wait for it.
            _log.error("match_not_reported", stream=stream, why=type(error).__name__)


def start(open_door: OpenDoor, every: float = EVERY) -> Callable[[], None]:
    """Look again and again in a thread, from now on; return what stops it.

    `open_door` is called in the thread. First, and once a day, all details that have no tokens
    are given some. What cannot be reached is waited for. What is under way when it is told to stop
    is broken off: whoever looks next does it.
    """
    stopping, loop = threading.Event(), asyncio.new_event_loop()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner, suppress(asyncio.CancelledError):
            runner.run(_run(open_door, every, stopping))

    thread = threading.Thread(target=run, name="proposing", daemon=True)
    thread.start()

    def stop() -> None:
        stopping.set()
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(_break_off, loop)
        thread.join()

    return stop


def _break_off(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()


async def _run(open_door: OpenDoor, every: float, stopping: threading.Event) -> None:
    door: Door | None = None
    caught_up = -CATCH_UP_EVERY
    try:
        while not stopping.is_set():
            try:
                door = door or await open_door()
                if time.monotonic() - caught_up >= CATCH_UP_EVERY:
                    await asyncio.to_thread(_catch_up, door, stopping)
                    caught_up = time.monotonic()
                more = await Proposing(door).once() == AT_ONCE
            except (Unavailable, *OUT_OF_REACH) as error:
                _log.warning("not_compared_yet", why=str(error))
                more = False
            except Exception as error:  # noqa: BLE001 - written down; tried again after a while
                _log.error("not_compared", exc_info=error)
                more = False
            if not more:
                await asyncio.to_thread(stopping.wait, every)
    finally:
        if door is not None:
            door.close()


def _catch_up(door: Door, stopping: threading.Event) -> None:
    def go_on(_seen: int) -> None:
        if stopping.is_set():
            raise asyncio.CancelledError

    done = door.readings.stores.vault.matching.catch_up(go_on)
    if done.written or done.unopened:
        _log.info("tokens_written", number=done.written, unopened=len(done.unopened))


def _key(told: str) -> str:
    return f"matched:{hashlib.sha256(told.encode()).hexdigest()[:32]}"
