"""When something happened and who had it recorded; and what then waits for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from domain.handling import Handling

if TYPE_CHECKING:
    from datetime import datetime

    from domain.record import Regime
    from domain.words import Concern


class When(NamedTuple):
    """When an event took effect and was recorded (UTC), by whom, and at which version."""

    effective: datetime
    recorded: datetime
    actor: str
    version: int
    command: str
    origin: str
    controller: str = ""
    regime: Regime | None = None

    @property
    def handling(self) -> Handling | None:
        """Whose data it was recorded as, and under which law; None if it is not recorded."""
        if self.regime is None:
            return None
        return Handling(controller=self.controller, regime=self.regime)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a person must look at, until it is done."""

    id: str
    kind: str
    subject: str
    since: datetime
    concern: Concern | None = None
