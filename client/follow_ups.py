"""Finishing by itself what follows in another case: a no that was queued, a merge broken off.

A person's own command is followed up by the door in the same breath. This is for what nobody waits
for: it hears of it from the record, and looks at intervals for whatever was left by a process that
died. To do any of it twice changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from client.merging import finish
from domain.record import Actor

if TYPE_CHECKING:
    from client.door import Door

FOLLOWER = Actor(id="service:follow_up", identified="service")
"""Who acts when something follows in another case and nobody is there to do it."""
ORIGIN = "follow_up"
EVERY = 10.0
"""Seconds between two looks at what was left."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class FollowUps:
    """What follows in other cases, one after the other, for as long as `run` runs."""

    door: Door
    left: Callable[[], Iterable[str]]
    """Returns the cases that wait for another to record what follows; asked in a thread."""
    every: float = EVERY
    _noticed: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _loop: asyncio.AbstractEventLoop | None = None

    def notice(self, case: str) -> None:
        """Be told, from any thread, that something follows from what was recorded in this case."""
        if self._loop is not None:
            # The loop may have ended: then whoever comes next finds it.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._noticed.put_nowait, case)

    async def run(self) -> None:
        """Finish what is noticed at once, and what is left at intervals, until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            for case in await self._next():
                await self._finish(case)

    async def _next(self) -> Iterable[str]:
        try:
            async with asyncio.timeout(self.every):
                return (await self._noticed.get(),)
        except TimeoutError:
            return await self._look()

    async def _look(self) -> Iterable[str]:
        try:
            return await asyncio.to_thread(lambda: tuple(self.left()))
        except Exception as error:  # noqa: BLE001 - looked at again; nothing else waits for this
            _log.warning("follow_ups_not_found", why=type(error).__name__)
            return ()

    async def _finish(self, case: str) -> None:
        try:
            done = await finish(self.door, FOLLOWER, case, origin=ORIGIN)
        except Exception as error:  # noqa: BLE001 - tried again; the case waits for it meanwhile
            _log.warning("not_followed_up_yet", stream=case, why=type(error).__name__)
        else:
            if done is not None:
                _log.info("followed_up", stream=case, finished=done.finished)
