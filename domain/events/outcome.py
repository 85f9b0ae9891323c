"""What was agreed, what became of it, and the follow-up with each person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import AwareDatetime

from domain.event import CaseEvent
from domain.exchange import Item
from domain.ids import InterventionId, ItemId, PartyId, ThreadId
from domain.texts import TextRef
from domain.words import ItemKind, ItemState

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

    def apply(self, case: Case, when: When) -> Case:
        """Due dates bind the one who undertook it."""
        item = Item(
            self.item, self.thread, self.owner, self.kind, ItemState.AGREED, self.due, self.what
        )
        return case.changed(items={**case.items, self.item: item})


class ItemProgressRecorded(CaseEvent):
    """What became of an agreed item."""

    item: ItemId
    state: ItemState
    due: AwareDatetime | None = None
    """A new date, where all agreed to vary it."""

    def apply(self, case: Case, when: When) -> Case:
        """Not done has no consequence by itself."""
        item = case.item(self.item)
        return _changed(case, self.item, state=self.state, due=self.due or item.due, told=False)


class ItemProgressTold(CaseEvent):
    """The harmed person, who wanted to know, was told what became of an item."""

    item: ItemId

    def apply(self, case: Case, when: When) -> Case:
        """Done or not done, they hear of both."""
        victim = case.thread(case.item(self.item).thread).victim
        case = case.with_party(victim, last_contact=when.effective)
        return _changed(case, self.item, told=True)


class FollowUpHeld(CaseEvent):
    """Somebody asked a person how they are, after it was held."""

    thread: ThreadId
    party: PartyId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The next one is due after its interval, unless they declined."""
        done = case.party(self.party).followed_up
        return case.with_party(self.party, followed_up=done + 1, last_contact=when.effective)


class FollowUpDeclined(CaseEvent):
    """A person does not want follow-up."""

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """No more follow-up is due."""
        return case.with_party(self.party, follow_up_declined=True)


def _changed(case: Case, item: str, **changes: Any) -> Case:
    changed = replace(case.item(item), **changes)
    return case.changed(items={**case.items, item: changed})
