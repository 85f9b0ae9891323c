"""Being told to stop: once in order, twice in a hurry."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Stop:
    """The order to stop."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    def again(self) -> None:
        """Note one more order."""
        (self.hurry if self.asked.is_set() else self.asked).set()


@contextmanager
def stop_signals() -> Iterator[Stop]:
    """Take Ctrl-C, SIGTERM and a closed terminal as orders to stop, and put back what was there.

    A signal that was ignored (`nohup`, a shell's background job) stays ignored.
    """
    loop = asyncio.get_running_loop()
    stop = Stop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    ours = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in ours:
        loop.add_signal_handler(number, stop.again)
    try:
        yield stop
    finally:
        for number in ours:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])
