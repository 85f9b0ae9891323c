"""Doubting, and deciding, whether a person can understand what they would agree to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended
from domain.events import understanding as happened
from domain.ids import PartyId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Understanding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class DoubtUnderstanding(CaseCommand):
    """Record a doubt whether a person understands what they would agree to."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    account: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the doubt; what they are booked for is put off."""
        case.party(self.party)
        threads = tuple(t.id for t in case.open_threads_of(self.party))
        yield happened.UnderstandingDoubted(party=self.party, threads=threads, account=self.account)
        yield from suspended(
            case, threads, How.A_BREAK, asking.on, party=self.party, by="FACILITATOR"
        )


class DecideUnderstanding(CaseCommand):
    """Decide whether a person understands, by themselves or with help, and why."""

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    party: PartyId
    understanding: Literal[Understanding.ABLE, Understanding.WITH_HELP, Understanding.NOT_ABLE] = (
        Field(description="with help: easy-read, an intermediary, an interpreter …")
    )
    reasons: Note = Field(description="what was tried, with which help, and what was found")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        case.party(self.party)
        yield happened.UnderstandingDecided(
            party=self.party,
            understanding=self.understanding,
            threads=tuple(t.id for t in case.open_threads_of(self.party)),
            reasons=self.reasons,
        )
