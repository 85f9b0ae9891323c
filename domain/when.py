"""When something happened and who had it recorded; and what then waits for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from domain.handling import Handling
    from domain.words import Concern


class When(NamedTuple):
    """When an event took effect and was recorded (UTC), by whom, and at which version."""

    effective: datetime
    recorded: datetime
    actor: str
    version: int
    command: str
    origin: str
    handling: Handling | None = None
    """Whose data it was recorded as, and under which law."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a person must look at, until it is done."""

    id: str
    kind: str
    subject: str
    since: datetime
    concern: Concern | None = None
