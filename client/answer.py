"""What comes back from the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command recorded, as it was first recorded however often it was sent."""

    stream: str
    command_id: str
    version: int
    """Of the stream, after it; 0 if there was nothing to record."""
    events: tuple[dict[str, Any], ...]
    """Each with its name and its coded data."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A signal was accepted. It will be processed in its turn, and may yet not be accepted."""

    stream: str
    command_id: str
