"""What fell due. A missed wait binds the service and never changes anybody's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.case import wait_key
from domain.changing import with_changes
from domain.event import CaseEvent
from domain.ids import ClockId, PartyId
from domain.missed import UNEXPLAINED, MissedClock
from domain.texts import TextRef
from domain.words import MissCause

if TYPE_CHECKING:
    from domain.case import Case, When


class WaitMissed(CaseEvent):
    """The service did not do in time what it owed; it is still owed."""

    is_work: ClassVar[bool] = False

    wait: str
    subject: str
    due: AwareDatetime

    def apply(self, case: Case, when: When) -> Case:
        """It stays in the work queue as overdue, and is not told again; somebody says why."""
        key = wait_key(self.wait, self.subject, self.due)
        case = case.changed(missed=case.missed | {key})
        if self.wait in UNEXPLAINED:
            return case
        one = MissedClock(f"K{when.version}", self.wait, self.subject, self.due, when.recorded)
        return case.changed(clocks={**case.clocks, one.id: one})


class MissedClockExplained(CaseEvent):
    """Somebody of the service said why something was not done in time."""

    is_work: ClassVar[bool] = False

    clock: ClockId
    cause: MissCause
    whose: PartyId | None = None
    """Who had asked for the time, if a person did."""
    words: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It was missed all the same, and what is owed is still owed, since the same day."""
        explained = with_changes(case.clocks[self.clock], cause=self.cause)
        return case.changed(clocks={**case.clocks, self.clock: explained})
