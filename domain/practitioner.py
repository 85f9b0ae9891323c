"""A practitioner as they stand: kind, roles, training and dates, folded from their own stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain.changing import with_changes
from domain.words import Credential, Level, PractitionerKind, StaffRole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.absence import Absence
    from domain.missed import MissedClock
    from domain.texts import TextRef

SERVICE = "service:"
"""What the reference of an actor begins with that is a part of the service, and nobody."""


@dataclass(frozen=True)
class Observation:
    """An observation of how somebody works, from the plan until it was talked through with them."""

    planned_at: datetime
    planned_for: datetime
    observer: str
    observed_at: datetime | None = None


@dataclass(frozen=True)
class Practitioner:
    """Somebody who works in or with the service. Their name is in the vault, under `details`."""

    id: str
    version: int = 0
    head: str = ""
    kind: PractitionerKind = PractitionerKind.SERVICE_STAFF
    details: TextRef | None = None
    organisation: str = ""
    area: str = ""
    roles: frozenset[StaffRole] = frozenset()
    credentials: Mapping[Credential, datetime] = field(default_factory=dict)
    """What they are trained or endorsed for, and since when."""
    until: Mapping[Credential, datetime] = field(default_factory=dict)
    """When those end that were given for a time."""
    trained_at: Mapping[Credential, datetime] = field(default_factory=dict)
    """When they were last trained or refreshed for each."""
    supervised_at: datetime | None = None
    looked_at: Mapping[str, datetime] = field(default_factory=dict)
    """The cases that were looked at in supervision, and when last."""
    observed_at: datetime | None = None
    observation: Observation | None = None
    """The one that is planned, or was held and not fed back to them yet."""
    practised_at: datetime | None = None
    """Their last training, or process in which they took part."""
    development: tuple[tuple[datetime, float], ...] = ()
    """Continuing professional development: when, and hours."""
    unapproved: tuple[tuple[datetime, float], ...] = ()
    """Which of it was not approved by the professional body: when, and hours."""
    registered_at: datetime | None = None
    entered_at: datetime | None = None
    """When something was last entered about them."""
    missed: frozenset[tuple[str, str, str]] = frozenset()
    """What was told not to be renewed in time: name, subject, due."""
    clocks: Mapping[str, MissedClock] = field(default_factory=dict)
    """The same by name (K12), with the cause once somebody said it."""
    active: bool = False
    absences: Mapping[str, Absence] = field(default_factory=dict)
    covers: frozenset[str] = frozenset()
    """For whom they stand in at the moment that is asked about (`domain.covering`): on no record,
    since it ends by itself."""

    @property
    def level(self) -> Level | None:
        """Their facilitator level, the highest they are trained to."""
        for level in (Level.ADVANCED, Level.INTERMEDIATE, Level.FOUNDATION):
            if Credential(f"FACILITATION_{level}") in self.credentials:
                return level
        return None

    def on(self, moment: datetime) -> Practitioner:
        """Return the practitioner with what they hold at this moment: nothing that has expired."""
        if not self.until:
            return self
        over = {credential for credential, end in self.until.items() if end <= moment}
        held = {c: since for c, since in self.credentials.items() if c not in over}
        return self.changed(credentials=held)

    def away(self, moment: datetime) -> Absence | None:
        """Return the absence that holds at this moment; None if they are there."""
        return next((one for one in self.absences.values() if one.holds(moment)), None)

    def away_between(self, starts: datetime, ends: datetime) -> Absence | None:
        """Return the first absence in which they are away at some moment of this time; None if they
        are there throughout."""
        met = (one for one in self.absences.values() if one.meets(starts, ends))
        return min(met, key=lambda one: one.starts, default=None)

    def changed(self, **changes: Any) -> Practitioner:
        """Return the practitioner with these fields changed."""
        return with_changes(self, **changes)


def system(name: str) -> Practitioner:
    """Return the service itself as an actor: `service:clock`, `service:setup`."""
    return Practitioner(id=f"{SERVICE}{name}", kind=PractitionerKind.SYSTEM, active=True)
