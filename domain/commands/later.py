"""Deciding that no later offer is made, after a pair has ended and the criminal case moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from domain.asking import Asking, CaseCommand
from domain.events.later import LaterOfferNotMade
from domain.ids import ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class DecideNoLaterOffer(CaseCommand):
    """Record that a later offer was weighed and is not made now, and why."""

    act: ClassVar[Act] = Act.INFORM
    assessment: ClassVar[bool] = True

    thread: ThreadId
    reasons: Annotated[TextRef, OwnedBy(CASE)]

    def fits(self, case: Case) -> bool:
        """Say whether the pair has ended."""
        return not case.thread(self.thread).open

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        return (LaterOfferNotMade(thread=self.thread, reasons=self.reasons),)
