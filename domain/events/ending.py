"""Endings, each with its reason and with the door open; later offers; and taking up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.pair import Ending, Episode
from domain.words import EndReason, EpisodeKind, Told

if TYPE_CHECKING:
    from domain.case import Case, When


class ThreadEnded(CaseEvent):
    """This pass of one pair ended, why, and what each person was told."""

    thread: ThreadId
    reason: EndReason
    told: dict[PartyId, Told] = Field(default_factory=dict)

    def apply(self, case: Case, when: When) -> Case:
        """It can be taken up again."""
        return case.with_episode(self.thread, ended=Ending(self.reason, when.effective, self.told))


class LaterOfferMade(CaseEvent):
    """A person of an ended pair was told that it is open to them again. No answer is expected."""

    thread: ThreadId
    party: PartyId
    kind: EpisodeKind

    def apply(self, case: Case, when: When) -> Case:
        """Nothing else changes until they say something."""
        case = case.with_party(self.party, last_contact=when.effective)
        return case.with_thread(
            self.thread, later_offer_at=when.effective, later_offer_kind=self.kind
        )


class EpisodeOpened(CaseEvent):
    """The pair was taken up again: a new episode, its history kept, everything else afresh."""

    thread: ThreadId
    number: int = Field(ge=2)
    kind: EpisodeKind

    def apply(self, case: Case, when: When) -> Case:
        """No choice, responsibility or risk is carried over."""
        episode = Episode(self.number, self.kind, when.effective)
        episodes = case.thread(self.thread).episodes
        return case.with_thread(
            self.thread,
            episodes=(*episodes, episode),
            later_offer_at=None,
            later_offer_kind=None,
        )
