"""Asking a specialist one thing about one case, answering it, and taking the question back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.consulted import consultation
from domain.errors import Nonsense
from domain.events import consulting as happened
from domain.ids import ConsultationId, PractitionerId
from domain.texts import CASE, OwnedBy, TextId, TextRef, references
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]
_WHICH = "the question to a specialist, such as E1"


class AskSpecialist(CaseCommand):
    """Ask a named specialist one thing about this case. Until it is answered or taken back they
    read the question and the texts that it names, and nothing else."""

    act: ClassVar[Act] = Act.ASK_SPECIALIST

    specialist: PractitionerId = Field(description="who is asked, by reference")
    question: Note
    texts: tuple[TextId, ...] = Field(
        default=(), max_length=50, description="the texts that it needs, by their ids (T-…)"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the question. Raises `Nonsense` for a text that is not one of this case."""
        known = {ref.id for entry in asking.history for _, ref in references(entry)}
        if not set(self.texts) <= known:
            raise Nonsense("texts: not each of these is a text of this case")
        yield happened.SpecialistAsked(
            consultation=asking.number("E", "consultation"),
            specialist=self.specialist,
            question=self.question,
            texts=tuple(dict.fromkeys(self.texts)),
        )


class AnswerAsSpecialist(CaseCommand):
    """Answer what you were asked as a specialist; nothing of the case is open to you afterwards."""

    act: ClassVar[Act] = Act.ANSWER_AS_SPECIALIST
    assessment: ClassVar[bool] = True

    consultation: ConsultationId = Field(description=_WHICH)
    answer: Note

    def fits(self, case: Case) -> bool:
        """Say whether it is still asked."""
        return not consultation(case, self.consultation).over

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the answer."""
        yield happened.SpecialistAnswered(consultation=self.consultation, answer=self.answer)


class WithdrawQuestionToSpecialist(CaseCommand):
    """Take a question to a specialist back: what it opened to them is closed at once."""

    act: ClassVar[Act] = Act.ASK_SPECIALIST

    consultation: ConsultationId = Field(description=_WHICH)

    def fits(self, case: Case) -> bool:
        """Say whether it is still asked."""
        return not consultation(case, self.consultation).over

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is not asked any more."""
        yield happened.QuestionToSpecialistWithdrawn(consultation=self.consultation)
