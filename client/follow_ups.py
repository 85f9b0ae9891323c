"""Finishing by itself what follows in other streams: a no that was queued, a merge broken off,
an erasure, what was ordered for all of a person's cases, somebody who is 18 by now.

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

from client.erasing import carried_out
from client.everywhere import ordered
from client.merging import finish
from client.persons import ORIGIN, follow
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX
from domain.linked import FOLLOWING
from domain.record import Actor

if TYPE_CHECKING:
    from client.door import Door

FOLLOWER = Actor(id=FOLLOWING, identified="service")
"""Who acts when something follows in another case and nobody is there to do it."""
EVERY = 10.0
"""Seconds between two looks at what was left."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class FollowUps:
    """What follows in other cases, one after the other, for as long as `run` runs."""

    door: Door
    left: Callable[[], Iterable[str]]
    """Returns the streams that wait for another to record what follows; asked in a thread."""
    every: float = EVERY
    _noticed: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _loop: asyncio.AbstractEventLoop | None = None

    def notice(self, stream: str) -> None:
        """Be told, from any thread, that something follows from what was recorded in this one."""
        if self._loop is not None:
            # The loop may have ended: then whoever comes next finds it.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._noticed.put_nowait, stream)

    async def run(self) -> None:
        """Finish what is noticed at once, and what is left at intervals, until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            for stream in await self._next():
                await self.finished(stream)

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

    async def finished(self, stream: str) -> None:
        """Finish what follows from this stream in others, as far as it can be done now."""
        if stream.startswith(DOSSIER_PREFIX):
            await self._ordered(stream)
            await self._erasing(stream)
            return
        if stream.startswith(CASE_PREFIX):
            await self._merging(stream)
            await self._erasing(stream)
        try:
            await follow(self.door, stream)
        except Exception as error:  # noqa: BLE001 - tried again; no other stream waits for this one
            _log.warning("not_followed_up_yet", stream=stream, why=type(error).__name__)

    async def _erasing(self, stream: str) -> None:
        try:
            await carried_out(self.door, stream)
        except Exception as error:  # noqa: BLE001 - tried again; the stream waits for it meanwhile
            _log.warning("not_erased_yet", stream=stream, why=type(error).__name__)

    async def _ordered(self, dossier: str) -> None:
        try:
            await ordered(self.door, dossier)
        except Exception as error:  # noqa: BLE001 - tried again; the dossier waits for it meanwhile
            _log.warning("order_not_followed_yet", stream=dossier, why=type(error).__name__)

    async def _merging(self, case: str) -> None:
        try:
            done = await finish(self.door, FOLLOWER, case, origin=ORIGIN)
        except Exception as error:  # noqa: BLE001 - tried again; the case waits for it meanwhile
            _log.warning("not_followed_up_yet", stream=case, why=type(error).__name__)
        else:
            if done is not None:
                _log.info("followed_up", stream=case, finished=done.finished)
