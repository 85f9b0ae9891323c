"""A notice: a case, the kind of task, when it is due, and who is told. Nothing else, ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Kind(StrEnum):
    """Why somebody is told."""

    ASSIGNED = "ASSIGNED"
    """They work on a case from now on."""
    ASKED = "ASKED"
    """They are asked one thing about a case, as a specialist."""
    DUE = "DUE"
    """It falls due today (Europe/London)."""
    MISSED = "MISSED"
    """It was not done in time, and is still owed."""
    REFUSED = "REFUSED"
    """A command that somebody had queued was not accepted."""
    FACILITATOR_NEEDED = "FACILITATOR_NEEDED"
    AT_ONCE = "AT_ONCE"
    """Somebody said that a person may be in danger: nobody waits until it is due."""
    LAPSES = "LAPSES"
    """What keeps a practitioner in date is to be renewed within weeks."""
    COVERING = "COVERING"
    """They work in the place of somebody who is away from now on."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice to one practitioner. Times are UTC."""

    kind: Kind
    to: str
    """The practitioner's reference."""
    case: str
    """The reference of the case, of the entry of the data-protection register, or of a
    practitioner."""
    task: str
    """The kind of task, as staff read it."""
    due: datetime | None
    since: datetime
    """When that of which it tells began."""
    subject: str
    """What tells it from others of its kind and case: ids and codes. It is not in the message."""

    @property
    def id(self) -> str:
        """What it is known by, always the same (32 hexadecimal digits)."""
        told = (self.kind, self.to, self.case, self.subject, str(self.due), str(self.since))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
