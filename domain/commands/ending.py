"""Ending one pass of a pair with its reason, offering it later, and taking it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import ending as happened
from domain.ids import PartyId, ThreadId
from domain.words import Act, EndReason, EpisodeKind, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.pair import Thread


class EndThread(CaseCommand):
    """End this pass of one pair, with its reason and what each person was told."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    reason: EndReason
    told: dict[PartyId, Told] = Field(description="for each person of the pair")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the ending."""
        thread = case.thread(self.thread)
        if not thread.open:
            raise Nonsense(f"{self.thread} has ended already")
        if set(self.told) != {thread.victim, thread.offender}:
            raise Nonsense("told: say for each person of the pair what they were told")
        return (happened.ThreadEnded(thread=self.thread, reason=self.reason, told=self.told),)


class MakeLaterOffer(CaseCommand):
    """Tell a person of an ended pair that it is open to them again."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    party: PartyId
    kind: Literal["LATER_STAGE_OFFER", "HISTORIC_OFFER"]

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the offer."""
        thread = _ended(case, self.thread)
        if self.party not in (thread.victim, thread.offender):
            raise Nonsense(f"{self.party} is not one of the pair {self.thread}")
        return (
            happened.LaterOfferMade(
                thread=self.thread, party=self.party, kind=EpisodeKind(self.kind)
            ),
        )


class TakeUpAgain(CaseCommand):
    """Take an ended pair up again: a new episode, with everything asked afresh."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    kind: Literal["LATER_STAGE_OFFER", "HISTORIC_OFFER", "RETURN"]

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the new episode."""
        thread = _ended(case, self.thread)
        return (
            happened.EpisodeOpened(
                thread=self.thread,
                number=len(thread.episodes) + 1,
                kind=EpisodeKind(self.kind),
                asked_by=self.asked_by,
            ),
        )


def _ended(case: Case, reference: str) -> Thread:
    thread = case.thread(reference)
    if thread.open:
        raise Nonsense(f"{reference} is still under way")
    return thread
