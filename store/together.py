"""Appends that wait for each other are written as one: one commit for all of them.

Only one transaction can write to an SQLite file, and a thread that comes back from the disk waits
for its turn among all others of the process. Those turns take longer than the disk does.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Write = Callable[[Sequence[StoredEvent]], range]

MOST = 200
"""Events that are written at once, if they come from several appends."""


@dataclass(slots=True, eq=False)
class _Append:
    """What one thread wants written, and what became of it."""

    events: Sequence[StoredEvent]
    written: range = range(0)
    error: BaseException | None = None

    @property
    def is_over(self) -> bool:
        return bool(self.written) or self.error is not None


class Together:
    """Writes for everybody who waits, each append whole or not at all. Safe for several threads.

    `write` records some events, all or none, and returns their positions, one after the other; it
    raises the library's `IntegrityError` if one of them stands there already.
    """

    def __init__(self, write: Write, patience: float) -> None:
        """Let nobody wait for longer than `patience` seconds until somebody begins to write."""
        self._write = write
        self._patience = patience
        self._turn = threading.Lock()
        self._changing = threading.Lock()
        self._waiting: deque[_Append] = deque()

    def append(self, events: Sequence[StoredEvent]) -> range:
        """Record the events, all or none, and return their positions.

        Raises what `write` does, of these events alone, and `OperationalError` if others write for
        too long; whether these events are recorded is not known then.
        """
        mine = _Append(events)
        with self._changing:
            self._waiting.append(mine)
        if not self._turn.acquire(timeout=self._patience):
            self._take_back(mine)
            raise OperationalError("database is locked")
        try:
            while not mine.is_over:
                self._write_for(self._next())
        finally:
            self._turn.release()
        if mine.error is not None:
            raise mine.error
        return mine.written

    def _take_back(self, mine: _Append) -> None:
        with self._changing, suppress(ValueError):
            self._waiting.remove(mine)

    def _write_for(self, appends: Sequence[_Append]) -> None:
        """Write all of these; one by one, if one of several stands in the way of the others."""
        if not appends:
            # Whoever took this up was broken off: nobody else is kept from writing by it.
            raise OperationalError("what was to be written was taken up and not finished")
        try:
            self._write_all(appends)
        except BaseException as error:
            if isinstance(error, IntegrityError) and len(appends) > 1:
                for one in appends:
                    self._write_for([one])
                return
            for one in appends:
                one.error = error
            if not isinstance(error, Exception):
                raise

    def _next(self) -> list[_Append]:
        appends: list[_Append] = []
        events = 0
        with self._changing:
            while self._waiting and (not appends or events + len(self._waiting[0].events) <= MOST):
                appends.append(self._waiting.popleft())
                events += len(appends[-1].events)
        return appends

    def _write_all(self, appends: Sequence[_Append]) -> None:
        positions = self._write([event for one in appends for event in one.events])
        for one in appends:
            one.written, positions = positions[: len(one.events)], positions[len(one.events) :]
