"""The questions people have for each other, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from domain.event import CaseEvent
from domain.exchange import Question
from domain.ids import InterventionId, PartyId, QuestionId, ThreadId
from domain.texts import TextRef
from domain.words import NotPut, QuestionState

if TYPE_CHECKING:
    from domain.case import Case, When


OVER = frozenset({QuestionState.ANSWER_GIVEN, QuestionState.WITHDRAWN})


class QuestionGathered(CaseEvent):
    """A question was worded, or worded anew, with the one who asks it."""

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
        return _moved(case, self.question, state=QuestionState.PUT, intervention=self.intervention)


class QuestionNotPut(CaseEvent):
    """The question was not put, for a reason its asker knows."""

    question: QuestionId
    because: NotPut | None = None
    reason: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It stays on record as asked and not put."""
        return _moved(case, self.question, state=QuestionState.NOT_PUT, not_put=self.because)


class QuestionWithdrawn(CaseEvent):
    """The asker took the question back."""

    closes: ClassVar[bool] = True

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """Nobody puts it, and no answer to it is given."""
        return _moved(case, self.question, state=QuestionState.WITHDRAWN)


class AnswerWritten(CaseEvent):
    """The other person wrote an answer, with support."""

    question: QuestionId
    answer: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """A facilitator reads it before anything else happens with it."""
        return _moved(
            case,
            self.question,
            state=QuestionState.ANSWER_IN_REVIEW,
            answer=self.answer,
            author_stands_by_it=False,
        )


class AnswerSentBack(CaseEvent):
    """The facilitator gave the answer back to its author, who alone changes it."""

    question: QuestionId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The facilitator never rewrites."""
        return _moved(
            case, self.question, state=QuestionState.BACK_WITH_AUTHOR, author_stands_by_it=False
        )


class AnswerApproved(CaseEvent):
    """The facilitator reviewed the answer; it is held until the asker wants it."""

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """Nothing is sent. Its author stands by it as it was read."""
        return _moved(
            case, self.question, state=QuestionState.ANSWER_HELD, author_stands_by_it=True
        )


class AnswerGiven(CaseEvent):
    """The asker asked for the answer, and a facilitator gave it and read it with them."""

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """From now on it is the asker's too."""
        asker = case.question(self.question).asker
        case = case.in_touch(asker, when.effective)
        return _moved(case, self.question, state=QuestionState.ANSWER_GIVEN)


class QuestionLeftUnanswered(CaseEvent):
    """It was put, and the other person said that they cannot or will not answer."""

    question: QuestionId

    def apply(self, case: Case, when: When) -> Case:
        """It counts as asked and not answered."""
        return _moved(case, self.question, state=QuestionState.NOT_ANSWERED)


def _moved(case: Case, question: str, **changes: Any) -> Case:
    """A question taken back, or whose answer was given, stays where it is."""
    if case.question(question).state in OVER:
        return case
    return case.with_one("questions", question, **changes)
