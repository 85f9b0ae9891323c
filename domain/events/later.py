"""Weighing a later offer after a pair has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import CaseEvent
from domain.ids import ThreadId
from domain.texts import TextRef

if TYPE_CHECKING:
    from domain.case import Case, When


class LaterOfferNotMade(CaseEvent):
    """Somebody weighed a later offer, now that the criminal case moved on, and made none."""

    thread: ThreadId
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """It is weighed again when the criminal case moves on once more."""
        return case.with_thread(self.thread, no_later_offer_at=when.effective)
