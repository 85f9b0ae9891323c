"""Rules about what people say of the service, and about what went wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.hearing import ever_held
from domain.quality import NEEDED, Complaint
from domain.words import ComplaintOutcome

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.protection import CompleteTask
    from domain.commands.quality import (
        AcknowledgeComplaint,
        AnswerComplaint,
        LookIntoComplaint,
        OfferFeedback,
    )


def feedback_is_offered_once(case: Case, command: OfferFeedback, asking: Asking) -> bool:
    """This person was told already that they can say how it was, or does not wish to be asked; they
    can ask for it (asked_by)."""
    person = asking.now.party(command.party)
    asked = person.feedback_offered_at or person.feedback_declined_at
    return asked is None or command.asked_by == command.party


def feedback_comes_after_something_was_held_or_ended(
    case: Case, command: OfferFeedback, asking: Asking
) -> bool:
    """People are asked how it was for them once something was held, or a pair of theirs has
    ended."""
    pairs = case.threads_of(command.party)
    others = pairs or case.threads.values()
    return any(
        not pair.open or pair.current.number > 1 or ever_held(case, pair.id) for pair in others
    )


def a_complaint_is_not_decided_by_whom_it_is_about(
    case: Case,
    command: AcknowledgeComplaint | LookIntoComplaint | AnswerComplaint | CompleteTask,
    asking: Asking,
) -> bool:
    """A complaint is dealt with by a supervisor whom it is not about; where it does not say whom it
    is about, by one who is not and never was allocated to the case."""
    one = _complaint(asking.now, command.task)
    if one is None:
        return True
    concerned = {one.about} if one.about else asking.now.ever_allocated
    return asking.actor.id not in concerned


def a_complaint_taken_further_is_decided_by_somebody_else(
    case: Case, command: LookIntoComplaint | AnswerComplaint | CompleteTask, asking: Asking
) -> bool:
    """This complaint was taken further: whoever looked into it or answered it before does not
    decide it again."""
    one = _complaint(asking.now, command.task)
    return one is None or asking.actor.id not in one.before


def a_complaint_is_looked_into_before_it_is_answered(
    case: Case, command: AnswerComplaint, asking: Asking
) -> bool:
    """What was complained of was not looked into yet, and whoever complained did not agree on how
    it is put right."""
    one = _complaint(asking.now, command.task)
    agreed = command.outcome is ComplaintOutcome.RESOLVED_BY_AGREEMENT
    return one is None or one.looked_into_at is not None or agreed


def a_complaint_is_answered_before_it_is_closed(
    case: Case, command: CompleteTask, asking: Asking
) -> bool:
    """This complaint was not answered yet."""
    one = _complaint(asking.now, command.task)
    return one is None or one.answered_at is not None


def an_adverse_event_is_gone_through(case: Case, command: CompleteTask, asking: Asking) -> bool:
    """After an adverse event everybody is safe, everybody was debriefed and its cause was looked
    into, before it is dealt with."""
    steps = asking.now.adverse.get(command.task)
    return steps is None or steps >= NEEDED


def _complaint(case: Case, task: str) -> Complaint | None:
    return case.complaints.get(task)
