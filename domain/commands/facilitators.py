"""Asking people whether a new facilitator is acceptable, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended
from domain.errors import Nonsense
from domain.events import facilitators as happened
from domain.ids import PartyId, PractitionerId
from domain.texts import OwnedBy, TextRef
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]


class AcceptFacilitator(CaseCommand):
    """Record that a person said that their new facilitator is acceptable."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    notes: bool = Field(
        default=False, description="whether what they told the former one may be handed on"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what they said. Raises `Nonsense` if nobody leads the case."""
        case.party(self.party)
        if case.lead is None:
            raise Nonsense("nobody leads this case: there is nobody to accept yet")
        yield happened.FacilitatorAccepted(
            party=self.party, practitioner=case.lead, notes=self.notes
        )


class DeclineFacilitator(CaseCommand):
    """Record that a person does not want somebody as their facilitator."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    practitioner: PractitionerId
    account: Words | None = Field(default=None, description="only if they wish to say why")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what they said; what is booked with that facilitator is put off."""
        case.party(self.party)
        yield happened.FacilitatorDeclined(
            party=self.party, practitioner=self.practitioner, account=self.account
        )
        if self.practitioner in case.facilitators:
            threads = tuple(t.id for t in case.open_threads_of(self.party))
            yield from suspended(case, threads, How.A_BREAK, asking.on, party=self.party)
