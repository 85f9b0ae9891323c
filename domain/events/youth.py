"""A child on either side: the youth justice service and the adult who is offered to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.texts import TextRef
from domain.words import AdultOffered

if TYPE_CHECKING:
    from domain.case import Case, When


class YouthServiceInvolved(CaseEvent):
    """The youth justice service knows of the case; its plan for the child is on record, if any."""

    party: PartyId
    plan: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It gives the information, and says whether the victim is to be invited."""
        return case.with_party(self.party, youth_service_since=when.effective)


class YouthServiceDecided(CaseEvent):
    """The youth justice service decided whether inviting the victim is appropriate, and why."""

    thread: ThreadId
    invite: bool
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """A victim who asks is met all the same."""
        return case.with_thread(self.thread, youth_service_invites=self.invite)


class SuitableAdultOffered(CaseEvent):
    """A child was offered a parent, guardian or other suitable adult."""

    party: PartyId
    answer: AdultOffered

    def apply(self, case: Case, when: When) -> Case:
        """What the child says of it is theirs."""
        return case.with_party(self.party, adult_offered=self.answer)
