"""Feedback, complaints and adverse events; and work with one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import quality as happened
from domain.ids import PartyId, TaskId
from domain.quality import complaint
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, AdverseStep, Channel, ComplaintOutcome, OwnSide, TakenFurther

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]
Theirs = Annotated[TextRef, OwnedBy("party")]


class OfferFeedback(CaseCommand):
    """Record that a person was told that they can say how it was for them, if they like."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channel: Channel

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the offer."""
        case.party(self.party)
        return (happened.FeedbackOffered(party=self.party, channel=self.channel),)


class DeclineFeedback(CaseCommand):
    """Record that a person does not wish to be asked how it was for them."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the no."""
        case.party(self.party)
        return (happened.FeedbackDeclined(party=self.party),)


class RecordFeedback(CaseCommand):
    """Record what a person said of how it was for them."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    answers: Theirs = Field(
        description="what they said, to as many of the questions (rj text) as they wished"
    )
    overall: int | None = Field(default=None, ge=1, le=5, description="1 to 5, if they said")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what they said."""
        case.party(self.party)
        return (
            happened.FeedbackGiven(party=self.party, answers=self.answers, overall=self.overall),
        )


class AcknowledgeComplaint(CaseCommand):
    """Record that whoever complained was told that it was received, and how it goes on."""

    act: ClassVar[Act] = Act.SUPERVISE

    task: TaskId

    def fits(self, case: Case) -> bool:
        """Say whether it was not acknowledged yet."""
        return complaint(case, self.task).acknowledged_at is None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the acknowledgement."""
        complaint(asking.now, self.task)
        return (happened.ComplaintAcknowledged(task=self.task),)


class LookIntoComplaint(CaseCommand):
    """Record that what was complained of was looked into, and what was found."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    task: TaskId
    found: Note | None = Field(default=None, description="what was found, and from whom")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was found."""
        complaint(case, self.task)
        complaint(asking.now, self.task)
        return (happened.ComplaintLookedInto(task=self.task, found=self.found),)


class TakeComplaintFurther(CaseCommand):
    """Record that whoever complained has it decided by somebody else: it is looked into and
    answered afresh."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    task: TaskId
    to: TakenFurther
    note: Note | None = Field(default=None, description="what they said")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it goes further."""
        complaint(asking.now, self.task)
        return (happened.ComplaintTakenFurther(task=self.task, to=self.to, note=self.note),)


class AnswerComplaint(CaseCommand):
    """Record what was found of a complaint, and what whoever complained was told."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    task: TaskId
    outcome: ComplaintOutcome
    answer: Note

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the answer."""
        complaint(case, self.task)
        complaint(asking.now, self.task)
        return (
            happened.ComplaintAnswered(task=self.task, outcome=self.outcome, answer=self.answer),
        )


class RecordAdverseSteps(CaseCommand):
    """Record what was done after an adverse event."""

    act: ClassVar[Act] = Act.SUPERVISE

    task: TaskId
    steps: tuple[AdverseStep, ...] = Field(min_length=1)
    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was done."""
        known = case.adverse.keys() & asking.now.adverse.keys() & asking.now.tasks.keys()
        if self.task not in known:
            raise Nonsense(f"there is no open adverse event {self.task} in this case")
        return (happened.AdverseStepTaken(task=self.task, steps=self.steps, note=self.note),)


class RecordOwnSideWork(CaseCommand):
    """Record work with one person alone: it is no intervention and waits for nobody else."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    kind: OwnSide
    note: Theirs | None = Field(default=None, description="such as the letter that is not sent")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was done."""
        case.party(self.party)
        return (happened.OwnSideWorkDone(party=self.party, kind=self.kind, note=self.note),)
