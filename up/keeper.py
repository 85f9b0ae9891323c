"""Keeps one child running: starts it, says when it is ready or has died, starts it again."""

from __future__ import annotations

import asyncio
import shutil
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from up.output import Output
from up.problem import Ending, Problem
from up.process import Process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from up.child import Child
    from up.place import Place

_FULL = 4 * 1024 * 1024
"""Bytes left on the disk below which a child's death is put down to that."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How a child that dies is dealt with. Seconds."""

    first_pause: float = 0.5
    """Before the first new start; doubled each time."""
    longest_pause: float = 30.0
    calm: float = 5.0
    """A child that was ready for so long has not died quickly."""
    quick_deaths: int = 5
    """So many in a row are enough."""


class Keeper:
    """One child and its present life."""

    def __init__(
        self, child: Child, place: Place, say: Callable[[str], None], patience: Patience
    ) -> None:
        self.child = child
        self.ready = asyncio.Event()
        self._place = place
        self._say = say
        self._patience = patience
        self._output = Output(place.logs / f"{child.name}.log", say)
        self._process: Process | None = None

    async def keep(self, before: Sequence[Keeper]) -> None:
        """Run the child again and again, each time after those before it are ready. Never returns.

        Raises `Problem` if it dies too often, or cannot be started at all.
        """
        quick = 0
        while True:
            for other in before:
                await other.ready.wait()
            what, lasted = await self._live(again=self._process is not None)
            quick = 1 if lasted >= self._patience.calm else quick + 1
            if quick >= self._patience.quick_deaths:
                raise self._given_up(what)
            pause = min(self._patience.first_pause * 2 ** (quick - 1), self._patience.longest_pause)
            self._say(f"{self.child.title} {what}. It is started again in {pause:g} s.")
            self._quote()
            await asyncio.sleep(pause)

    async def stop(self, hurry: asyncio.Event) -> None:
        """Stop the child if it runs, and say so."""
        self.ready.clear()
        if self._process is None or not self._process.runs:
            return
        if await self._process.stop(self.child.stop_within, hurry):
            self._say(f"{self.child.title} has stopped.")
        else:
            self._say(f"{self.child.title} did not stop by itself and was ended.")

    async def _live(self, *, again: bool) -> tuple[str, float]:
        """Live one life; return how it ended, and for how many seconds it was ready."""
        self.child.prepare(self._place)
        process = await self._start()
        clock = asyncio.get_running_loop().time
        end = asyncio.ensure_future(process.ended())
        ready = asyncio.ensure_future(self.child.ready(self._place, process))
        try:
            await asyncio.wait(
                {end, ready},
                timeout=self.child.ready_within,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if end.done():
                return _how(end.result()), 0.0
            if not ready.done():
                await process.stop(self.child.stop_within, asyncio.Event())
                return f"was not ready within {self.child.ready_within:g} s", 0.0
            ready.result()
            self.ready.set()
            self._say(f"{self.child.title} is {'running again' if again else 'ready'}.")
            since = clock()
            return _how(await end), clock() - since
        finally:
            self.ready.clear()
            ready.cancel()
            end.cancel()

    async def _start(self) -> Process:
        start = asyncio.ensure_future(
            Process.start(
                self.child.command(self._place),
                self._output,
                environment=self.child.environment(self._place),
                folder=self.child.folder(self._place),
                inherit=self._place.locks,
            )
        )
        try:
            self._process = await asyncio.shield(start)
        except asyncio.CancelledError:
            self._process = await start  # so that it can be stopped
            raise
        return self._process

    def _quote(self) -> None:
        for line in self._output.last_lines():
            self._say(f"    {line}")

    def _given_up(self, what: str) -> Problem:
        self._quote()
        if shutil.disk_usage(self._place.folder).free < _FULL:
            return Problem(f"There is no room left on the disk of {self._place.folder}.")
        return Problem(
            f"{self.child.title} {what}, {self._patience.quick_deaths} times in a row soon after "
            f"its start. Its log is {self._output.path}.",
            Ending.UNFORESEEN,
        )


def _how(code: int) -> str:
    if code >= 0:
        return f"stopped with exit code {code}"
    return f"was killed by signal {-code} ({signal.Signals(-code).name})"
