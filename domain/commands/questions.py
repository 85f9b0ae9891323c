"""Questions gathered with one person, put to the other by the facilitator, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import questions as happened
from domain.ids import InterventionId, PartyId, QuestionId, ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, NotPut, QuestionState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.exchange import Question

Words = Annotated[TextRef, OwnedBy("party")]
Note = Annotated[TextRef, OwnedBy(CASE)]
State = QuestionState
NOT_PUT_YET = frozenset({State.GATHERED, State.NOT_PUT})


class GatherQuestion(CaseCommand):
    """Word a question with the person who asks it, or one anew that was not put yet."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId
    party: PartyId = Field(description="who asks")
    words: Words = Field(description="the question, as they want it put")
    question: QuestionId | None = Field(default=None, description="the one it replaces, if any")

    def fits(self, case: Case) -> bool:
        """Say whether the question that it replaces was not put yet."""
        return self.question is None or case.question(self.question).state in NOT_PUT_YET

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the question."""
        thread = case.thread(self.thread)
        if self.party not in (thread.victim, thread.offender):
            raise Nonsense(f"{self.party} is not one of the pair {self.thread}")
        if self.question is not None:
            earlier = case.question(self.question)
            if (earlier.asker, earlier.thread) != (self.party, self.thread):
                raise Nonsense(f"{self.question} is not a question of {self.party}")
        return (
            happened.QuestionGathered(
                question=self.question or asking.number("Q", "question"),
                thread=self.thread,
                asker=self.party,
                words=self.words,
            ),
        )


class _OfOne(CaseCommand, abstract=True):
    act: ClassVar[Act] = Act.FACILITATE
    possible: ClassVar[frozenset[State]]

    question: QuestionId

    def fits(self, case: Case) -> bool:
        """Say whether it is in a state in which this makes sense."""
        return case.question(self.question).state in self.possible

    def found(self, case: Case) -> Question:
        """Return the question. Raises `Nonsense` if it is not there."""
        return case.question(self.question)


class PutQuestion(_OfOne):
    """Put a question to the other person, as part of an exchange or meeting."""

    possible: ClassVar[frozenset[State]] = frozenset({State.GATHERED})

    intervention: InterventionId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was put."""
        question = self.found(case)
        if question.thread not in case.intervention(self.intervention).threads:
            raise Nonsense(f"{self.intervention} is not between the people of {self.question}")
        return (happened.QuestionPut(question=self.question, intervention=self.intervention),)


class RecordNotPut(_OfOne):
    """Record that a question is not put, and why."""

    possible: ClassVar[frozenset[State]] = frozenset({State.GATHERED})

    because: NotPut | None = Field(default=None, description="why; the asker is told")
    reason: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was not put."""
        self.found(case)
        if self.because is None:
            raise Nonsense("because: say why it is not put; its asker is told")
        return (
            happened.QuestionNotPut(
                question=self.question, because=self.because, reason=self.reason
            ),
        )


class WithdrawQuestion(_OfOne):
    """Record that the asker takes the question back."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True
    possible: ClassVar[frozenset[State]] = frozenset(State)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was taken back."""
        self.found(case)
        return (happened.QuestionWithdrawn(question=self.question),)


class RecordAnswer(_OfOne):
    """Record the other person's written answer, or their change of it."""

    possible: ClassVar[frozenset[State]] = frozenset(
        {State.PUT, State.BACK_WITH_AUTHOR, State.ANSWER_IN_REVIEW}
    )

    party: PartyId = Field(description="who answers")
    answer: Words = Field(description="in their own words")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the answer."""
        question = self.found(case)
        if case.thread(question.thread).other(question.asker) != self.party:
            raise Nonsense(f"{self.question} is not put to {self.party}")
        return (happened.AnswerWritten(question=self.question, answer=self.answer),)


class SendAnswerBack(_OfOne):
    """Give an answer back to its author, who alone may change it."""

    possible: ClassVar[frozenset[State]] = frozenset({State.ANSWER_IN_REVIEW, State.ANSWER_HELD})

    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it went back."""
        self.found(case)
        return (happened.AnswerSentBack(question=self.question, note=self.note),)


class ApproveAnswer(_OfOne):
    """Record that an answer was reviewed and its author stands by it, or does so again; it is held
    until the asker wants it."""

    possible: ClassVar[frozenset[State]] = frozenset({State.ANSWER_IN_REVIEW, State.ANSWER_HELD})

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is held."""
        self.found(case)
        return (happened.AnswerApproved(question=self.question),)


class GiveAnswer(_OfOne):
    """Give the asker the answer that they asked for, and read it with them."""

    possible: ClassVar[frozenset[State]] = frozenset({State.ANSWER_HELD})

    asked_for: bool = Field(description="the asker said that they want it now")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they have it."""
        self.found(case)
        return (happened.AnswerGiven(question=self.question),)


class LeaveUnanswered(_OfOne):
    """Record that the other person cannot or will not answer."""

    possible: ClassVar[frozenset[State]] = frozenset({State.PUT, State.BACK_WITH_AUTHOR})

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was asked and not answered."""
        self.found(case)
        return (happened.QuestionLeftUnanswered(question=self.question),)
