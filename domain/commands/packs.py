"""Making a print pack, and saying what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.calendar import days_after, working_days_after
from domain.events import packs as happened
from domain.ids import PackId, PartyId, PractitionerId
from domain.packs import pack
from domain.words import Act, PackEnd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class MakePrintPack(CaseCommand):
    """Record that a print pack about one person is made, for where no device may go, and who
    carries it. `rj print-pack` does this and writes it."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    holder: PractitionerId | None = Field(
        default=None, description="who carries it; you, if left out"
    )
    days: int = Field(
        default=1, ge=0, le=10, description="working days until it is back; 0 means today"
    )

    def who_comes(self, asking: Asking) -> tuple[str, ...]:
        """Return whoever carries it."""
        return (self.holder or asking.actor.id,)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is out, under a number of its own."""
        case.party(self.party)
        today = days_after(asking.on, 0)
        yield happened.PackHandedOut(
            pack=asking.number("W", "pack"),
            party=self.party,
            holder=self.who_comes(asking)[0],
            back_by=working_days_after(asking.on, self.days) if self.days else today,
        )


class AccountForPack(CaseCommand):
    """Record that a print pack came back, was destroyed, or is lost."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    pack: PackId
    became: PackEnd

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what became of it."""
        pack(case, self.pack)
        return (happened.PackAccountedFor(pack=self.pack, became=self.became),)
