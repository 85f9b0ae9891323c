"""Recording whether a harmed person has enhanced rights under the Victims' Code, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events.enhanced_rights import EnhancedRightsRecorded
from domain.ids import PartyId
from domain.texts import OwnedBy, TextRef
from domain.words import Act, EnhancedGround

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class RecordEnhancedRights(CaseCommand):
    """Record whether a harmed person has enhanced rights, and why; a later finding corrects it."""

    act: ClassVar[Act] = Act.INFORM
    assessment: ClassVar[bool] = True

    party: PartyId
    ground: EnhancedGround | None = Field(
        default=None, description="why; what makes somebody vulnerable is for the reasons alone"
    )
    entitled: bool = Field(default=True, description="false: it was wrong that they have them")
    reasons: Annotated[TextRef, OwnedBy("party")] | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the finding."""
        if not case.party(self.party).is_victim:
            raise Nonsense(f"{self.party} is not a harmed person: these are rights of victims")
        if self.entitled and self.ground is None:
            raise Nonsense("ground: say why they have enhanced rights")
        if not self.entitled and self.ground is not None:
            raise Nonsense("ground: there is none for somebody who does not have them")
        in_words = not self.entitled or self.ground is EnhancedGround.IN_THE_VAULT
        if in_words and self.reasons is None:
            raise Nonsense("reasons: say why; they are kept in the vault")
        return (
            EnhancedRightsRecorded(
                party=self.party, entitled=self.entitled, ground=self.ground, reasons=self.reasons
            ),
        )
