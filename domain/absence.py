"""Somebody is away for a time, and who covers for them: asked of a moment, so that nothing has to
run when the time is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=183)
"""An absence with a day of return: whoever is away longer hands their cases over."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which somebody is away. Why they are is not asked."""

    id: str
    starts: datetime
    back: datetime
    """From this moment on they are back."""
    cover: str | None = None
    """Who covers for them, by reference; nobody: a supervisor sees to what is theirs."""
    named_at: datetime | None = None
    """When it was recorded that this one covers, or that nobody does."""

    def holds(self, moment: datetime) -> bool:
        """Say whether they are away at this moment."""
        return self.starts <= moment < self.back

    def covered_since(self) -> datetime:
        """Return when whoever covers began to: with the absence, or when they were named."""
        return max(self.starts, self.named_at or self.starts)

    def meets(self, starts: datetime, back: datetime) -> bool:
        """Say whether they are away at some moment of this time, from its start to before `back`.

        An absence that was called off has no moment.
        """
        return max(self.starts, starts) < min(self.back, back)
