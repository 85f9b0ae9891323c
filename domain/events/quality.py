"""What people say of the service, what went wrong, and work with one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.event import CaseEvent
from domain.events.people import SPOKEN_WITH
from domain.ids import PartyId, TaskId
from domain.quality import with_complaint
from domain.texts import TextRef
from domain.words import AdverseStep, Channel, ComplaintOutcome, OwnSide, TakenFurther

if TYPE_CHECKING:
    from domain.case import Case, When


class FeedbackOffered(CaseEvent):
    """A person was told that they can say how it was for them, if they like."""

    party: PartyId
    channel: Channel

    def apply(self, case: Case, when: When) -> Case:
        """It is offered once; no answer is nothing."""
        case = case.with_party(self.party, feedback_offered_at=when.effective)
        return case.in_touch(self.party, when.effective, heard=self.channel in SPOKEN_WITH)


class FeedbackDeclined(CaseEvent):
    """A person does not wish to be asked how it was for them."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """They are not asked."""
        return case.with_party(self.party, feedback_declined_at=when.recorded)


class FeedbackGiven(CaseEvent):
    """A person said how it was for them; what they said is in the vault."""

    party: PartyId
    answers: TextRef
    overall: int | None = Field(default=None, ge=1, le=5)

    def apply(self, case: Case, when: When) -> Case:
        """It changes nothing for them."""
        return case.with_party(self.party, feedback_given_at=when.effective)


class ComplaintAcknowledged(CaseEvent):
    """Whoever complained was told that their complaint was received, and how it goes on."""

    task: TaskId

    def apply(self, case: Case, when: When) -> Case:
        """It is to be answered."""
        return with_complaint(case, self.task, acknowledged_at=when.effective)


class ComplaintLookedInto(CaseEvent):
    """What was complained of was looked into, and what was found is on record."""

    task: TaskId
    found: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It can be answered."""
        return _decided(case, self.task, when, looked_into_at=when.effective)


class ComplaintTakenFurther(CaseEvent):
    """Whoever complained has it decided by somebody else."""

    closes: ClassVar[bool] = True

    task: TaskId
    to: TakenFurther
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is looked into and answered afresh, by nobody who did so before."""
        one = case.complaints.get(self.task)
        if one is None:
            # As at a moment at which it was not made yet.
            return case
        return with_complaint(
            case,
            self.task,
            acknowledged_at=one.acknowledged_at or one.answered_at,
            further_to=self.to,
            further_at=when.effective,
            looked_into_at=None,
            answered_at=None,
            outcome=None,
            before=one.before | one.decided_by,
            decided_by=frozenset(),
        )


class ComplaintAnswered(CaseEvent):
    """Whoever complained was told what was found."""

    task: TaskId
    outcome: ComplaintOutcome
    answer: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """It can be closed, if they have no more to say."""
        answered = {"answered_at": when.effective, "outcome": self.outcome}
        return _decided(case, self.task, when, **answered)


def _decided(case: Case, task: str, when: When, **changes: object) -> Case:
    one = case.complaints.get(task)
    by = (one.decided_by if one else frozenset()) | {when.actor}
    return with_complaint(case, task, decided_by=by, **changes)


class AdverseStepTaken(CaseEvent):
    """Something was done that an adverse event asks for."""

    task: TaskId
    steps: tuple[AdverseStep, ...]
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is gone through step by step."""
        taken = case.adverse.get(self.task, frozenset()) | set(self.steps)
        return case.changed(adverse={**case.adverse, self.task: taken})


class OwnSideWorkDone(CaseEvent):
    """Something was done with one person alone; it is no intervention and counts as none."""

    party: PartyId
    kind: OwnSide
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is theirs alone, and opens nothing."""
        done = (*case.party(self.party).own_side_work, self.kind)
        case = case.with_party(self.party, own_side_work=done)
        return case.in_touch(self.party, when.effective)
