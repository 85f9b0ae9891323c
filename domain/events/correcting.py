"""A correction after the hour of slips: what was wrong counts no more, and what rested on it is
looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from domain.event import CaseEvent
from domain.handling import CODE, Handling
from domain.ids import ThreadId
from domain.record import Regime
from domain.stale import after
from domain.texts import TextRef
from domain.words import Change

if TYPE_CHECKING:
    from domain.case import Case, When


class EntryRetracted(CaseEvent):
    """A supervisor found an entry wrong that others may have relied on, and why."""

    entry: int = Field(ge=1)
    """Its version in this case."""
    threads: tuple[ThreadId, ...] = ()
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """Whoever was told the wrong thing is told, and what was decided since is looked at (Data
        Protection Act 2018 s.38(5)(c)): that is a task. Risk and consents are asked again."""
        open_ones = [t for t in self.threads if case.thread(t).open]
        case = after(case, Change.RETRACTED, open_ones, when.effective)
        return case.with_task("CORRECTION", case.id, when)


class HandlingCorrected(CaseEvent):
    """The case is another controller's, or falls under another law, than it was recorded as."""

    controller: str = Field(pattern=CODE)
    regime: Regime
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """From now on this applies to it; what was recorded before says what it was held to be."""
        return case.changed(handling=Handling(controller=self.controller, regime=self.regime))
