"""Saying why something was not done in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.events.clock import MissedClockExplained
from domain.ids import ClockId, PartyId
from domain.missed import missed_clock
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, MissCause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class ExplainMissedClock(CaseCommand):
    """Say why the service did not do something in time; said again, it corrects what was said."""

    act: ClassVar[Act] = Act.INFORM
    assessment: ClassVar[bool] = True

    clocks: tuple[ClockId, ...] = Field(
        min_length=1, description="which of the missed clocks of the case, as its sheet has them"
    )
    cause: MissCause
    whose: PartyId | None = Field(
        default=None, description="who had asked for the time, if a person did"
    )
    words: Annotated[TextRef, OwnedBy(CASE)] | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the explanation of each."""
        for clock in dict.fromkeys(self.clocks):
            missed_clock(case, clock)
            yield MissedClockExplained(
                clock=clock, cause=self.cause, whose=self.whose, words=self.words
            )
