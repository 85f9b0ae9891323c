"""A real log that misbehaves for chosen streams: slow, out of reach, or killed after the write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from store import Unavailable
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.record import Entry
    from store import Appended, Asked, Log


class Faults:
    """What happens before a load, before an append and after an append, and what
    is found, stream by stream."""

    def __init__(self) -> None:
        self.before_load: dict[str, Callable[[], None]] = {}
        self.before_append: dict[str, Callable[[], None]] = {}
        self.after_append: dict[str, Callable[[], None]] = {}
        self.instead: dict[str, list[Entry]] = {}
        """What is found when a stream is loaded, if not what is there."""

    def into(self, log: Log) -> Log:
        """Return the log with these faults in it."""
        return cast("Log", _Faulty(log, self))


class _Faulty:
    def __init__(self, log: Log, faults: Faults) -> None:
        self._log = log
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def load(self, stream: str) -> list[Entry]:
        self._faults.before_load.get(stream, nothing)()
        return self._faults.instead.get(stream) or self._log.load(stream)

    def append(self, stream: str, expected: int, asked: Asked, drafts: Any) -> Appended:
        self._faults.before_append.get(stream, nothing)()
        appended = self._log.append(stream, expected, asked, drafts)
        self._faults.after_append.get(stream, nothing)()
        return appended


def nothing() -> None:
    """Do nothing."""


def out_of_reach() -> None:
    """Say that the store cannot be reached."""
    raise Unavailable(Trouble.UNREACHABLE, "the event log does not answer")


def times(number: int, fault: Callable[[], None]) -> Callable[[], None]:
    """Return the fault for as many times, and nothing after that."""
    left = [number]

    def sometimes() -> None:
        if left[0]:
            left[0] -= 1
            fault()

    return sometimes
