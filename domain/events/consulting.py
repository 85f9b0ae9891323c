"""Asking a specialist about one case: the question, its answer, or that it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.consulted import Consultation
from domain.event import CaseEvent
from domain.ids import ConsultationId, PractitionerId
from domain.texts import TextId, TextRef

if TYPE_CHECKING:
    from domain.case import Case, When


class SpecialistAsked(CaseEvent):
    """A specialist is asked one thing, and may read what that needs meanwhile.

    Of what kind the question is would say of what kind the case is: that is in its words alone.
    """

    consultation: ConsultationId
    specialist: PractitionerId
    question: TextRef
    texts: tuple[TextId, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """Nothing else of the case is open to them by it."""
        asked = Consultation(
            id=self.consultation,
            specialist=self.specialist,
            question=self.question,
            texts=self.texts,
            by=when.actor,
            since=when.effective,
        )
        return case.changed(consultations={**case.consultations, asked.id: asked})


class SpecialistAnswered(CaseEvent):
    """The specialist answered; from then on nothing of the case is open to them."""

    consultation: ConsultationId
    answer: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """Whoever works on the case reads it with the other words of it."""
        return case.with_one("consultations", self.consultation, answer=self.answer, over=True)


class QuestionToSpecialistWithdrawn(CaseEvent):
    """The question is not asked any more; from then on nothing of the case is open to them."""

    closes: ClassVar[bool] = True

    consultation: ConsultationId

    def apply(self, case: Case, when: When) -> Case:
        """What they read until then stands in the access log."""
        return case.with_one("consultations", self.consultation, over=True)
