"""The questions people have for each other, and what became of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from domain.event import CaseEvent
from domain.exchange import Question
from domain.ids import InterventionId, PartyId, QuestionId, ThreadId
from domain.texts import TextRef
from domain.words import QuestionState

if TYPE_CHECKING:
    from domain.case import Case, When


class QuestionGathered(CaseEvent):
    """A question was worded with the one who asks it."""

    question: QuestionId
    thread: ThreadId
    asker: PartyId
    words: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """It is theirs, and goes nowhere until they agree."""
        question = Question(
            self.question, self.thread, self.asker, QuestionState.GATHERED, self.words
        )
        return case.changed(questions={**case.questions, self.question: question})


class QuestionPut(CaseEvent):
    """A facilitator put the question to the other person."""

    question: QuestionId
    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """An answer may come, or not."""
        return _changed(
            case, self.question, state=QuestionState.PUT, intervention=self.intervention
        )


class QuestionNotPut(CaseEvent):
    """The question was not put, for a reason its asker knows."""

    question: QuestionId
    reason: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It stays on record as asked and not put."""
        return _changed(case, self.question, state=QuestionState.NOT_PUT)


class QuestionWithdrawn(CaseEvent):
    """The asker took the question back."""

    closes: ClassVar[bool] = True

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """Nobody puts it, and no answer to it is given."""
        return _changed(case, self.question, state=QuestionState.WITHDRAWN)


class AnswerWritten(CaseEvent):
    """The other person wrote an answer, with support."""

    question: QuestionId
    answer: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """A facilitator reads it before anything else happens with it."""
        return _changed(
            case, self.question, state=QuestionState.ANSWER_IN_REVIEW, answer=self.answer
        )


class AnswerSentBack(CaseEvent):
    """The facilitator gave the answer back to its author, who alone changes it."""

    question: QuestionId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The facilitator never rewrites."""
        return _changed(case, self.question, state=QuestionState.BACK_WITH_AUTHOR)


class AnswerApproved(CaseEvent):
    """The facilitator reviewed the answer; it is held until the asker wants it."""

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """Nothing is sent."""
        return _changed(case, self.question, state=QuestionState.ANSWER_HELD)


class AnswerGiven(CaseEvent):
    """The asker asked for the answer, and a facilitator gave it and read it with them."""

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """From now on it is the asker's too."""
        asker = case.question(self.question).asker
        case = case.with_party(asker, last_contact=when.effective)
        return _changed(case, self.question, state=QuestionState.ANSWER_GIVEN)


class QuestionLeftUnanswered(CaseEvent):
    """It was put, and the other person said that they cannot or will not answer."""

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """It counts as asked and not answered."""
        return _changed(case, self.question, state=QuestionState.NOT_ANSWERED)


def _changed(case: Case, question: str, **changes: Any) -> Case:
    changed = replace(case.question(question), **changes)
    return case.changed(questions={**case.questions, question: changed})
