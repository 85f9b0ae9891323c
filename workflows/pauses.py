"""When what did not work is tried again: later each time, and never for longer than a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

BRIEFLY, AT_MOST = timedelta(seconds=1), timedelta(minutes=1)


class Pauses:
    """Counts failed attempts without a caller: how long to wait before the next."""

    def __init__(self) -> None:
        self._next = BRIEFLY

    def longer(self) -> timedelta:
        """Return how long to wait now; the next time it will be twice as long."""
        pause, self._next = self._next, min(self._next * 2, AT_MOST)
        return pause

    def over(self) -> None:
        """Begin again with a short pause: something worked."""
        self._next = BRIEFLY


class Held:
    """A due date that an attempt did not get past, and when it is tried again."""

    def __init__(self) -> None:
        self._due: datetime | None = None
        self._until: datetime | None = None

    def hold(self, due: datetime, until: datetime) -> None:
        """Leave this due date, and any before it, alone until then."""
        self._due, self._until = due, until

    def tick_at(self, due: datetime | None) -> datetime | None:
        """Return when the clock next does something for a stream with this due date."""
        if due and self._due and self._until and due <= self._due:
            return max(due, self._until)
        return due
