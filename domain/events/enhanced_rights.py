"""Whether a harmed person has enhanced rights under the Victims' Code, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import CaseEvent
from domain.ids import PartyId
from domain.texts import TextRef
from domain.words import EnhancedGround

if TYPE_CHECKING:
    from domain.case import Case, When


class EnhancedRightsRecorded(CaseEvent):
    """Staff found whether a harmed person has enhanced rights; the last finding stands."""

    party: PartyId
    entitled: bool
    ground: EnhancedGround | None = None
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """With them the information is owed within one working day; nothing is owed by them."""
        return case.with_party(
            self.party, enhanced_rights=self.entitled, enhanced_ground=self.ground
        )
