"""Signals that were accepted and not yet processed: served in order, carried to the next run."""

from __future__ import annotations

from datetime import datetime

from domain.message import Message

CARRIED_BYTES = 256 * 1024
"""Signals larger than this together are served before a run is continued as new: the input of a
run may not be larger than 2 MiB, or no next run ever starts."""


class Inbox:
    """A queue; nothing leaves it before it has been served."""

    def __init__(self, messages: tuple[Message, ...], now: datetime) -> None:
        self._messages = list(messages)
        self._not_before = now

    def __bool__(self) -> bool:
        return bool(self._messages)

    def add(self, message: Message) -> None:
        """Take one in, behind the others."""
        self._messages.append(message)

    @property
    def first(self) -> Message:
        """The one to be served next."""
        return self._messages[0]

    def served(self) -> None:
        """Let go of the first."""
        self._messages.pop(0)

    def wait_until(self, when: datetime) -> None:
        """Leave all of them alone until then."""
        self._not_before = when

    @property
    def ready_at(self) -> datetime | None:
        """When the first is to be served; never, if there is none."""
        return self._not_before if self._messages else None

    @property
    def fits(self) -> bool:
        """Whether all of them can be carried to the next run."""
        return sum(len(m.model_dump_json()) for m in self._messages) <= CARRIED_BYTES

    @property
    def carried(self) -> tuple[Message, ...]:
        """All of them, in order."""
        return tuple(self._messages)
