"""What was passed on about a person without their agreement, to whom and on what ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, TaskId
from domain.passing_on import settled
from domain.texts import TextRef
from domain.words import Ground, Passed, Recipient

if TYPE_CHECKING:
    from domain.case import Case, When


class InformationDisclosed(CaseEvent):
    """Something was passed on because the law requires it or safety demands it."""

    closes: ClassVar[bool] = True

    party: PartyId | None = None
    recipient: Recipient
    ground: Ground
    items: tuple[Passed, ...]
    concerns: tuple[TaskId, ...] = ()
    """Which concerns it answers."""
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Those concerns were passed on; what else was said stays confidential."""
        return settled(case, self.concerns)


class NotPassedOn(CaseEvent):
    """A supervisor decided that a concern is passed on to nobody, and why."""

    concern: TaskId
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """It is answered by that."""
        return settled(case, (self.concern,))
