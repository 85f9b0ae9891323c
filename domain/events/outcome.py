"""What was agreed, what became of it, and the follow-up with each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.event import CaseEvent
from domain.exchange import Item
from domain.ids import InterventionId, ItemId, PartyId, PractitionerId, ProposalId, ThreadId
from domain.proposal import now
from domain.texts import TextRef
from domain.words import CommunityRemedy, ItemKind, ItemState, NotDone

if TYPE_CHECKING:
    from domain.case import Case, When


class AgreementReached(CaseEvent):
    """The people of one pair agreed something, or that the dialogue itself was the outcome."""

    thread: ThreadId
    intervention: InterventionId | None = None
    signed: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Voluntary, proportionate, and not binding in law by itself."""
        return case.with_episode(self.thread, agreement_at=when.effective)


class ItemAgreed(CaseEvent):
    """One thing that was agreed, who undertook it and by when."""

    item: ItemId
    thread: ThreadId
    owner: PartyId
    kind: ItemKind
    due: AwareDatetime | None = None
    what: TextRef | None = None
    monitor: PractitionerId | None = None
    remedy: CommunityRemedy | None = None
    """For a local resolution: the option of the community remedy, if it is one."""
    proposal: ProposalId | None = None
    """The proposal that everybody said yes to, if it was proposed first."""

    def apply(self, case: Case, when: When) -> Case:
        """Due dates bind the one who undertook it."""
        item = Item(
            id=self.item,
            thread=self.thread,
            episode=case.thread(self.thread).current.number,
            owner=self.owner,
            kind=self.kind,
            state=ItemState.AGREED,
            since=when.effective,
            due=self.due,
            what=self.what,
            monitor=self.monitor,
        )
        case = case.changed(items={**case.items, self.item: item})
        return now(case, self.proposal, ItemState.AGREED) if self.proposal else case


class ItemProgressRecorded(CaseEvent):
    """What became of an agreed item."""

    item: ItemId
    state: ItemState
    due: AwareDatetime | None = None
    """A new date, where all agreed to vary it."""
    agreed_by: tuple[PartyId, ...] = ()
    """Who agreed to vary it."""
    not_done: NotDone | None = None
    evidence: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Not done has no consequence by itself."""
        return case.with_one(
            "items",
            self.item,
            state=self.state,
            since=when.effective,
            due=self.due or case.item(self.item).due,
            not_done=self.not_done,
            told=False,
        )


class ItemProgressTold(CaseEvent):
    """The harmed person, who wanted to know, was told what became of an item."""

    item: ItemId

    def apply(self, case: Case, when: When) -> Case:
        """Done or not done, they hear of both."""
        victim = case.thread(case.item(self.item).thread).victim
        return case.in_touch(victim, when.effective).with_one("items", self.item, told=True)


class FollowUpHeld(CaseEvent):
    """Somebody asked a person how they are, after it was held."""

    thread: ThreadId
    party: PartyId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The next one is due after its interval, unless they declined."""
        done = case.thread(self.thread).side(self.party).followed_up
        case = case.with_side(self.thread, self.party, followed_up=done + 1)
        return case.in_touch(self.party, when.effective)


class FollowUpDeclined(CaseEvent):
    """A person does not want follow-up."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """None is due of anything held by now; a later episode is asked about afresh."""
        return case.with_party(self.party, no_follow_up_at=when.recorded)
