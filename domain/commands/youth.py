"""A child on either side: involving the youth justice service, and offering a suitable adult."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import youth as happened
from domain.ids import PartyId, ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, AdultOffered, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class InvolveYouthService(CaseCommand):
    """Record that the youth justice service knows of the case of a child who is responsible."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    plan: Annotated[TextRef, OwnedBy("party")] | None = Field(
        default=None, description="its plan for the child"
    )

    def disclosed_to(self) -> tuple[str, ...]:
        """Return to whom it was."""
        return (Recipient.YOUTH_JUSTICE_SERVICE,)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is involved."""
        _responsible(case, self.party)
        return (happened.YouthServiceInvolved(party=self.party, plan=self.plan),)


class RecordYouthServiceDecision(CaseCommand):
    """Record whether the youth justice service finds inviting the victim appropriate, and why."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    invite: bool
    reasons: Annotated[TextRef, OwnedBy(CASE)]

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return its decision."""
        _responsible(case, case.thread(self.thread).offender)
        return (
            happened.YouthServiceDecided(
                thread=self.thread, invite=self.invite, reasons=self.reasons
            ),
        )


class OfferSuitableAdult(CaseCommand):
    """Record that a child was offered a parent, guardian or other suitable adult."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    answer: AdultOffered

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what came of it."""
        if not case.party(self.party).is_child:
            raise Nonsense(f"{self.party} is not recorded as under 18")
        return (happened.SuitableAdultOffered(party=self.party, answer=self.answer),)


def _responsible(case: Case, party: str) -> None:
    person = case.party(party)
    if not (person.is_child and person.is_offender):
        raise Nonsense(f"{party} is not a child who is responsible")
