"""The register of practitioners: who they are to the service, and what keeps them in date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime, Field

from domain.absence import Absence
from domain.case import latest, wait_key
from domain.changing import with_changes
from domain.event import PractitionerEvent
from domain.ids import AbsenceId, CaseId, ClockId, PractitionerId
from domain.missed import EXPLAINING, MissedClock
from domain.practitioner import Observation
from domain.texts import TextRef
from domain.words import Credential, MissCause, PractitionerKind, StaffRole

if TYPE_CHECKING:
    from domain.case import When
    from domain.practitioner import Practitioner


class PractitionerRegistered(PractitionerEvent):
    """Somebody works in or with the service."""

    kind: PractitionerKind
    organisation: str
    area: str
    details: TextRef | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """They can be named as an actor."""
        return practitioner.changed(
            kind=self.kind,
            organisation=self.organisation,
            area=self.area,
            details=self.details,
            registered_at=when.effective,
            active=True,
        )


class RoleGranted(PractitionerEvent):
    """They may act in this role."""

    role: StaffRole

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Roles add up."""
        return practitioner.changed(roles=practitioner.roles | {self.role})


class RoleTakenBack(PractitionerEvent):
    """They no longer act in this role."""

    closes: ClassVar[bool] = True

    role: StaffRole

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """What they did in it stays valid."""
        return practitioner.changed(roles=practitioner.roles - {self.role})


class CredentialGranted(PractitionerEvent):
    """They were trained or endorsed for something, and by whom."""

    credential: Credential
    trained_by: str = Field(default="REMEDI", pattern=r"^[A-Z0-9_]{1,60}$")
    until: AwareDatetime | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Training is also recent practice; what was given for a time holds no longer than that."""
        since = practitioner.credentials.get(self.credential, when.effective)
        until = {c: end for c, end in practitioner.until.items() if c != self.credential}
        last = latest(practitioner.trained_at.get(self.credential), when.effective)
        return practitioner.changed(
            trained_at={**practitioner.trained_at, self.credential: last},
            until={**until, self.credential: self.until} if self.until else until,
            credentials={
                **practitioner.credentials,
                self.credential: min(since, when.effective),
            },
            practised_at=latest(practitioner.practised_at, when.effective),
        )


class CredentialWithdrawn(PractitionerEvent):
    """A credential no longer holds."""

    closes: ClassVar[bool] = True

    credential: Credential

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Acts done while it held stay valid."""
        kept = {c: at for c, at in practitioner.credentials.items() if c != self.credential}
        until = {c: end for c, end in practitioner.until.items() if c != self.credential}
        return practitioner.changed(credentials=kept, until=until)


class SupervisionRecorded(PractitionerEvent):
    """They had case supervision."""

    cases: tuple[CaseId, ...] = ()
    """Those that were looked at."""
    note: TextRef | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """It keeps them in date for twelve weeks."""
        known = practitioner.looked_at
        looked_at = {case: latest(known.get(case), when.effective) for case in self.cases}
        return practitioner.changed(
            supervised_at=latest(practitioner.supervised_at, when.effective),
            looked_at={**known, **looked_at},
        )


class ObservationPlanned(PractitionerEvent):
    """It was planned when somebody will be there and observe how they work, and who."""

    planned_for: AwareDatetime
    observer: PractitionerId

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """It is to be held; planned again, it takes the place of the plan before."""
        planned = Observation(when.effective, self.planned_for, self.observer)
        return practitioner.changed(observation=planned)


class ObservedPracticeRecorded(PractitionerEvent):
    """Somebody observed their practice."""

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """It keeps them in date for a year; if it was planned, it is fed back to them next."""
        plan = practitioner.observation
        held = with_changes(plan, observed_at=when.effective) if plan else None
        return practitioner.changed(
            observed_at=latest(practitioner.observed_at, when.effective),
            observation=held,
        )


class ObservationFedBack(PractitionerEvent):
    """What was observed of their practice was talked through with them."""

    note: TextRef | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Nothing more is due on it."""
        return practitioner.changed(observation=None)


class DevelopmentRecorded(PractitionerEvent):
    """Hours of continuing professional development."""

    hours: float = Field(gt=0, le=200)
    approved: bool = True
    """By the professional body; so counted, too, what was recorded before this was asked."""
    what: TextRef | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """The hours of the last year count."""
        entry = (when.effective, self.hours)
        not_approved = () if self.approved else (entry,)
        return practitioner.changed(
            development=(*practitioner.development, entry),
            unapproved=(*practitioner.unapproved, *not_approved),
        )


class PracticeRecorded(PractitionerEvent):
    """They took part in a restorative process."""

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """A process or a training in the last year keeps them in date."""
        return practitioner.changed(
            practised_at=latest(practitioner.practised_at, when.effective),
        )


class PractitionerDeactivated(PractitionerEvent):
    """They left, or are away without an end in sight."""

    closes: ClassVar[bool] = True

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """They can no longer act; their cases are to be allocated afresh."""
        return practitioner.changed(active=False)


class PractitionerReactivated(PractitionerEvent):
    """They are back."""

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """They can act again, in date or not."""
        return practitioner.changed(active=True)


class _Away(PractitionerEvent, abstract=True):
    """When they are away, and who covers for them."""

    absence: AbsenceId
    starts: AwareDatetime
    back: AwareDatetime
    cover: PractitionerId | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Nothing else follows: whoever asks, asks of a moment."""
        before = practitioner.absences.get(self.absence)
        same = before is not None and before.cover == self.cover
        named_at = before.named_at if before and same else when.recorded
        absence = Absence(self.absence, self.starts, self.back, self.cover, named_at)
        return _with(practitioner, absence)


class AbsenceRecorded(_Away):
    """They are away for a time, and who covers for them; why they are away is not asked."""


class AbsenceChanged(_Away):
    """An absence has other days, or somebody else covers, or nobody."""


class AbsenceEnded(PractitionerEvent):
    """They are back before the day, or never left."""

    closes: ClassVar[bool] = True

    absence: AbsenceId

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """Whoever covered no longer does, from the recording on."""
        before = practitioner.absences[self.absence]
        return _with(practitioner, replace(before, back=min(before.back, when.recorded)))


def _with(practitioner: Practitioner, absence: Absence) -> Practitioner:
    return practitioner.changed(absences={**practitioner.absences, absence.id: absence})


class RenewalMissed(PractitionerEvent):
    """What keeps them in date was not renewed by its day; it is still to be."""

    is_work: ClassVar[bool] = False

    wait: str
    subject: str
    """The practitioner, or the credential that ended."""
    due: AwareDatetime

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """It stays in the work queue, theirs and their supervisors', and is not told again."""
        key = wait_key(self.wait, self.subject, self.due)
        practitioner = practitioner.changed(missed=practitioner.missed | {key})
        if self.wait == EXPLAINING:
            return practitioner
        one = MissedClock(f"K{when.version}", self.wait, self.subject, self.due, when.recorded)
        return practitioner.changed(clocks={**practitioner.clocks, one.id: one})


class RenewalExplained(PractitionerEvent):
    """Somebody of the service said why it was not renewed in time."""

    is_work: ClassVar[bool] = False

    clock: ClockId
    cause: MissCause
    words: TextRef | None = None

    def apply(self, practitioner: Practitioner, when: When) -> Practitioner:
        """It lapsed all the same, and they are as much in date as before."""
        explained = with_changes(practitioner.clocks[self.clock], cause=self.cause)
        return practitioner.changed(clocks={**practitioner.clocks, self.clock: explained})
