"""Print packs: handed out, returned, destroyed, lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.event import CaseEvent
from domain.ids import PackId, PartyId, PractitionerId
from domain.packs import Pack
from domain.words import PackEnd

if TYPE_CHECKING:
    from domain.case import Case, When


class PackHandedOut(CaseEvent):
    """A print pack about one person was made for somebody of the service to carry."""

    pack: PackId
    party: PartyId
    holder: PractitionerId
    back_by: AwareDatetime

    def apply(self, case: Case, when: When) -> Case:
        """It is out until it is back or destroyed."""
        out = Pack(
            id=self.pack,
            party=self.party,
            holder=self.holder,
            printed_at=when.effective,
            back_by=self.back_by,
        )
        return case.changed(packs={**case.packs, out.id: out})


class PackAccountedFor(CaseEvent):
    """It is on record what became of a print pack."""

    closes: ClassVar[bool] = True

    pack: PackId
    became: PackEnd

    def apply(self, case: Case, when: When) -> Case:
        """A lost one is somebody's task: it is a breach of personal data."""
        case = case.with_one("packs", self.pack, became=self.became)
        lost = self.became is PackEnd.GONE_MISSING
        return case.with_task("PACK_LOST", self.pack, when) if lost else case
