"""Endings, each with its reason and with the door open; later offers; and taking up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from domain.case import Ending, Episode, Side
from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.standing import asked_again
from domain.words import Choice, EndReason, EpisodeKind, Told

if TYPE_CHECKING:
    from domain.case import Case, Party, When


class ThreadEnded(CaseEvent):
    """This pass of one pair ended, why, and what each person was told."""

    thread: ThreadId
    reason: EndReason
    told: dict[PartyId, Told] = Field(default_factory=dict)

    def apply(self, case: Case, when: When) -> Case:
        """It can be taken up again."""
        ending = Ending(self.reason, when.effective, self.told)
        for person in case.thread(self.thread).people:
            case = case.with_party(person, interested_at=None)
        return case.with_episode(self.thread, ended=ending)


class LaterOfferMade(CaseEvent):
    """A person of an ended pair was told that it is open to them again. No answer is expected."""

    thread: ThreadId
    party: PartyId
    kind: EpisodeKind

    def apply(self, case: Case, when: When) -> Case:
        """Nothing else changes until they say something."""
        made = (*case.thread(self.thread).later_offers, (self.party, when.effective))
        return case.in_touch(self.party, when.effective, heard=False).with_thread(
            self.thread,
            later_offers=made,
            later_offer_at=when.effective,
            later_offer_kind=self.kind,
            later_offer_to=self.party,
        )


class EpisodeOpened(CaseEvent):
    """The pair was taken up again: a new episode, its history kept, everything else afresh."""

    thread: ThreadId
    number: int = Field(ge=2)
    kind: EpisodeKind
    asked_by: PartyId | None = None
    """Which of the two asked for it, or answered a later offer."""

    def apply(self, case: Case, when: When) -> Case:
        """No choice, responsibility or risk is carried over; a wish for no contact, and an
        interest that brought it about, are the person's and not the episode's."""
        pair = case.thread(self.thread)
        episode = Episode(
            self.number,
            self.kind,
            when.effective,
            when.recorded,
            victim=_begun(case.party(pair.victim)),
            offender=_begun(case.party(pair.offender)),
            asked_by=self.asked_by,
        )
        case = case.with_thread(
            self.thread,
            episodes=(*pair.episodes, episode),
            later_offer_at=None,
            later_offer_kind=None,
            later_offer_to=None,
            approach=None,
        )
        for person in pair.people:
            case = asked_again(case, self.thread, person)
            case = case.with_party(person, interested_at=None)
        return case


def _begun(party: Party) -> Side:
    stopped = Choice.DECLINED_NO_FURTHER_CONTACT
    choice = stopped if party.no_contact else Choice.NOT_YET_OFFERED
    return Side(choice=choice, interested_at=party.interested_at)
