"""What people say of the facilitator who works with them, when it is somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, PractitionerId
from domain.texts import TextRef

if TYPE_CHECKING:
    from domain.case import Case, When


class FacilitatorAccepted(CaseEvent):
    """A person said that the new facilitator is acceptable to them."""

    party: PartyId
    practitioner: PractitionerId
    notes: bool = False
    """Whether what they told the former one may be handed on, beyond what the work needs."""

    def apply(self, case: Case, when: When) -> Case:
        """Their consent to take part was never in question."""
        theirs = case.party(self.party).not_wanted - {self.practitioner}
        case = case.with_party(self.party, met_by=self.practitioner, not_wanted=theirs)
        return case.in_touch(self.party, when.effective)


class FacilitatorDeclined(CaseEvent):
    """A person does not want this facilitator; no reason is asked for."""

    closes: ClassVar[bool] = True

    party: PartyId
    practitioner: PractitionerId
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor allocates somebody else; until then nothing is joined."""
        theirs = case.party(self.party).not_wanted | {self.practitioner}
        case = case.with_party(self.party, not_wanted=theirs)
        case = case.in_touch(self.party, when.effective)
        return case.with_task("FACILITATOR", self.party, when)
