"""Finding somebody who stands in for a victim or an offender of the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.people import Details, letter_of
from domain.errors import Nonsense
from domain.events.people import PartyAdded, ThreadOpened
from domain.ids import PartyId
from domain.words import Act, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class AddStandIn(CaseCommand):
    """Add a stand-in, who makes a pair with the one person who would meet them, and with nobody
    else."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId = Field(description="V2 or O2: the next free one of the side they stand in for")
    role: Literal[Role.PROXY_VICTIM, Role.PROXY_OFFENDER]
    of: PartyId = Field(description="whom they stand in for")
    meets: PartyId = Field(description="who would meet them")
    details: Details | None = Field(default=None, description="name, birth date, safe contact …")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the stand-in and their pair."""
        self._fits_in(asking.now, asking)
        victim, offender = (
            (self.party, self.meets) if self.role is Role.PROXY_VICTIM else (self.meets, self.party)
        )
        yield PartyAdded(party=self.party, role=self.role, of=self.of, details=self.details)
        yield ThreadOpened(thread=f"{victim}-{offender}", victim=victim, offender=offender)

    def _fits_in(self, case: Case, asking: Asking) -> None:
        there = (e.event for e in asking.history if isinstance(e.event, PartyAdded))
        if self.party in {one.party for one in there}:
            raise Nonsense(f"{self.party} is, or was, somebody else in this case")
        if not self.party.startswith(letter_of(self.role)):
            raise Nonsense(f"{self.party} does not fit {self.role}: {letter_of(self.role)}…")
        replaced, met = case.party(self.of), case.party(self.meets)
        of_a_victim = self.role is Role.PROXY_VICTIM
        if not (replaced.is_victim if of_a_victim else replaced.is_offender):
            raise Nonsense(f"of: {self.of} is not of the side that they stand in for")
        if not (met.is_offender if of_a_victim else met.is_victim):
            raise Nonsense(f"meets: {self.meets} is not of the other side")
