"""That it was explained to a victim why it does not go ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.changing import with_changes
from domain.event import CaseEvent
from domain.events.people import SPOKEN_WITH
from domain.ids import PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Channel

if TYPE_CHECKING:
    from domain.case import Case, When


class DecisionExplained(CaseEvent):
    """A victim was told that the risk does not allow it, as far as may be told, and of support."""

    thread: ThreadId
    party: PartyId
    channel: Channel
    support: bool
    words: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """They know of this decision; another one is explained afresh."""
        risk = case.thread(self.thread).current.risk
        if risk is not None:
            case = case.with_episode(self.thread, risk=with_changes(risk, explained=True))
        if self.support:
            case = case.with_party(self.party, support_offered_at=when.effective)
        return case.in_touch(self.party, when.effective, heard=self.channel in SPOKEN_WITH)
