"""Breaches of personal data, and requests of others for notes; and what was not done in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime, Field

from domain.case import wait_key
from domain.dossier import Breach, NotesRequest
from domain.event import DossierEvent
from domain.ids import CaseId
from domain.texts import TextRef
from domain.words import (
    BreachKind,
    BreachRisk,
    Channel,
    DossierKind,
    NotTold,
    Recipient,
    RightsDecision,
    RightsGround,
)

if TYPE_CHECKING:
    from domain.case import When
    from domain.dossier import Dossier


class DataBreachRecorded(DossierEvent):
    """Somebody of the service became aware that personal data were seen, changed or lost."""

    founding: ClassVar[bool] = True

    kind: BreachKind
    account: TextRef | None = None

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """The 72 hours run from when they became aware."""
        return dossier.changed(
            kind=DossierKind.DATA_BREACH,
            opened_at=when.effective,
            opened_by=when.actor,
            breach=Breach(self.kind),
        )


class DataBreachAssessed(DossierEvent):
    """The data-protection officer judged what a breach means for the people."""

    risk: BreachRisk
    reasons: TextRef

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """What follows, follows from the latest assessment."""
        return dossier.with_breach(risk=self.risk, assessed_at=when.effective)


class CommissionerNotified(DossierEvent):
    """The Information Commissioner was notified of a breach."""

    notice: TextRef
    late_because: TextRef | None = None

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """That clock is met."""
        return dossier.with_breach(notified_at=when.effective)


class PeopleToldOfBreach(DossierEvent):
    """The people whose data they are were told of a breach."""

    people: int = Field(ge=1)
    channel: Channel
    words: TextRef | None = None
    """What they were told: what happened, what may follow, what was done, whom to ask."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """They know."""
        return dossier.with_breach(people_told_at=when.effective)


class PeopleNotToldOfBreach(DossierEvent):
    """It was decided that the people are not told one by one, and why."""

    ground: NotTold
    reasons: TextRef

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is on record why."""
        return dossier.with_breach(not_told=self.ground)


class DataBreachClosed(DossierEvent):
    """A breach was dealt with: what was done so that it does not happen again."""

    measures: TextRef

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is closed."""
        return dossier.closed(when)


class NotesRequestReceived(DossierEvent):
    """Police, a defence or somebody else asked for what is kept of people."""

    founding: ClassVar[bool] = True

    by: Recipient
    account: TextRef | None = None
    """Who asked, what for, and by which line of enquiry or power."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It waits for a decision; nothing is given before."""
        return dossier.changed(
            kind=DossierKind.NOTES_REQUEST,
            opened_at=when.effective,
            opened_by=when.actor,
            notes=NotesRequest(self.by),
        )


class NotesRequestDecided(DossierEvent):
    """It was decided whether notes are given: whether that is necessary, and proportionate."""

    decision: RightsDecision
    necessary: bool
    proportionate: bool
    ground: RightsGround | None = None
    reasons: TextRef

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is on record who decided."""
        return dossier.with_notes(
            decision=self.decision,
            necessary=self.necessary,
            proportionate=self.proportionate,
            decided_at=when.effective,
            decided_by=when.actor,
        )


class NotesGiven(DossierEvent):
    """What was given of a case stands there, by this entry."""

    case: CaseId
    entry: int = Field(ge=1)

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is on record what was given."""
        given = dossier.notes.given if dossier.notes else ()
        return dossier.with_notes(given=(*given, (self.case, self.entry)))


class NotesRequestAnswered(DossierEvent):
    """Whoever asked for notes was answered."""

    reply: TextRef
    channel: Channel

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is closed."""
        return dossier.with_notes(answered_at=when.effective).closed(when)


class DossierClockMissed(DossierEvent):
    """Something was not done in time on a request or a breach; it is still to be done."""

    is_work: ClassVar[bool] = False

    wait: str
    subject: str
    due: AwareDatetime

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It stays in the work queue, and is not told again."""
        key = wait_key(self.wait, self.subject, self.due)
        return dossier.changed(missed=dossier.missed | {key})
