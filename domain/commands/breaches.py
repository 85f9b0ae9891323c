"""Breaches of personal data, and requests of police, defence or others for notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, DossierCommand
from domain.commands.rights import named, there
from domain.dossier import GIVES, Subject
from domain.errors import Nonsense
from domain.events import breaches as happened
from domain.ids import CaseId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import (
    Act,
    BreachKind,
    BreachRisk,
    Channel,
    NotTold,
    Recipient,
    RightsDecision,
    RightsGround,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossier import Dossier
    from domain.event import DossierEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RecordDataBreach(DossierCommand):
    """Record that personal data were seen by or sent to somebody who should not have them, changed
    or lost: the 72 hours run from when you became aware (--at)."""

    act: ClassVar[Act] = Act.REPORT_DATA
    opens: ClassVar[bool] = True

    kind: BreachKind
    about: tuple[Subject, ...] = Field(
        default=(), description="whose data, where that is known: CASE=PARTY"
    )
    account: Note | None = Field(default=None, description="what happened, and what was done")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the breach, and whom it is about."""
        yield happened.DataBreachRecorded(kind=self.kind, account=self.account)
        yield from named(self.about, asking)


class AssessDataBreach(DossierCommand):
    """Judge what a breach means for the people whose data they are."""

    assessment: ClassVar[bool] = True

    risk: BreachRisk
    reasons: Note

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the assessment."""
        dossier.the_breach()
        yield happened.DataBreachAssessed(risk=self.risk, reasons=self.reasons)


class NotifyCommissioner(DossierCommand):
    """Record that the Information Commissioner was notified of a breach."""

    notice: Note = Field(description="what the notice says")
    late_because: Note | None = Field(default=None, description="why it is later than 72 hours")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the notice."""
        dossier.the_breach()
        yield happened.CommissionerNotified(notice=self.notice, late_because=self.late_because)


class TellPeopleOfBreach(DossierCommand):
    """Record that the people whose data they are were told of a breach."""

    people: int = Field(ge=1, le=100_000, description="how many")
    channel: Channel
    words: Note | None = Field(default=None, description="what they were told")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that they were told."""
        dossier.the_breach()
        yield happened.PeopleToldOfBreach(
            people=self.people, channel=self.channel, words=self.words
        )


class DecideNotToTellPeople(DossierCommand):
    """Decide that people are not told of a breach one by one: on which ground, and why."""

    assessment: ClassVar[bool] = True

    ground: NotTold
    reasons: Note

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the decision."""
        dossier.the_breach()
        yield happened.PeopleNotToldOfBreach(ground=self.ground, reasons=self.reasons)


class CloseDataBreach(DossierCommand):
    """Close a breach, with what was done so that it does not happen again."""

    assessment: ClassVar[bool] = True

    measures: Note

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that it is closed."""
        yield happened.DataBreachClosed(measures=self.measures)


class RecordNotesRequest(DossierCommand):
    """Record that police, a defence or somebody else asks for what is kept of people."""

    act: ClassVar[Act] = Act.REPORT_DATA
    opens: ClassVar[bool] = True

    by: Recipient
    about: tuple[Subject, ...] = Field(
        default=(), description="about whom, where that is known: CASE=PARTY"
    )
    account: Note | None = Field(
        default=None, description="who asks, what for, and by which power or line of enquiry"
    )

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the request, and whom it is about."""
        yield happened.NotesRequestReceived(by=self.by, account=self.account)
        yield from named(self.about, asking)


class DecideNotesRequest(DossierCommand):
    """Decide whether notes are given: whether it is necessary, and whether it is proportionate."""

    assessment: ClassVar[bool] = True

    decision: RightsDecision
    necessary: bool = Field(description="for a reasonable line of enquiry or another lawful need")
    proportionate: bool = Field(description="to what it is needed for, for those it is about")
    ground: RightsGround | None = Field(
        default=None, description="needed where not all of it is given"
    )
    reasons: Note

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the decision. Raises `Nonsense` without a ground where one is needed."""
        if self.decision is RightsDecision.RESTRICTED_INSTEAD:
            raise Nonsense("decision: notes are given, in full or in part, or are not")
        full = (RightsDecision.WHOLLY_GRANTED, RightsDecision.NOTHING_HELD)
        if (self.ground is None) != (self.decision in full):
            raise Nonsense("ground: needed where something is not given, and only there")
        yield happened.NotesRequestDecided(
            decision=self.decision,
            necessary=self.necessary,
            proportionate=self.proportionate,
            ground=self.ground,
            reasons=self.reasons,
        )


class NoteNotesGiven(DossierCommand):
    """Record by which entry of a case it is on record there what was given (rj do CASE
    record_disclosure)."""

    case: CaseId = Field(description="the case in which it was recorded")
    entry: int = Field(ge=1, description="its number in the history of the case")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that it was given. Raises `Nonsense` for an entry that gives them nothing."""
        notes = dossier.the_notes()
        if notes.decision not in GIVES:
            raise Nonsense("it was not decided to give anything")
        given = there(self.case, asking).ledger.lines.get(self.entry)
        if given is None or given.recipient != notes.by:
            raise Nonsense(f"entry {self.entry} of {self.case} gives nothing to whoever asked")
        yield happened.NotesGiven(case=self.case, entry=self.entry)


class AnswerNotesRequest(DossierCommand):
    """Record the answer to whoever asked for notes; it closes the request."""

    reply: Note
    channel: Channel

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the answer."""
        yield happened.NotesRequestAnswered(reply=self.reply, channel=self.channel)
