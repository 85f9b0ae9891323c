"""The streams that were loaded last, kept in memory: the next load reads only what is new."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.record import Entry

ENTRIES = 50_000
"""How many entries are kept at most, over all streams; about 150 MB."""


class Recent:
    """Streams as they were when last loaded and found unaltered. Safe for several threads."""

    def __init__(self, room: int = ENTRIES) -> None:
        self._room = room
        self._held = 0
        self._streams: OrderedDict[str, tuple[Entry, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, stream: str) -> tuple[Entry, ...]:
        """Return what is kept of a stream: all of it up to some version, or nothing."""
        with self._lock:
            if stream not in self._streams:
                return ()
            self._streams.move_to_end(stream)
            return self._streams[stream]

    def carry_on(self, stream: str, entries: tuple[Entry, ...]) -> None:
        """Keep what was just recorded after what is kept of its stream; nothing, if that is not
        what comes before it."""
        known = self.of(stream)
        if known and known[-1].hash == entries[0].recorded.previous:
            self.keep(stream, (*known, *entries))

    def keep(self, stream: str, entries: tuple[Entry, ...]) -> None:
        """Keep a stream as it is now, and let go of those not asked for longest."""
        with self._lock:
            self._held += len(entries) - len(self._streams.pop(stream, ()))
            self._streams[stream] = entries
            while self._held > self._room:
                _, gone = self._streams.popitem(last=False)
                self._held -= len(gone)
