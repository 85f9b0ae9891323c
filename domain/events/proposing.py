"""What was proposed to be agreed, and who said yes or no to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.changing import with_changes
from domain.event import CaseEvent
from domain.ids import PartyId, PractitionerId, ProposalId, ThreadId
from domain.proposal import Proposal, now
from domain.texts import TextRef
from domain.words import ItemKind, ItemState

if TYPE_CHECKING:
    from domain.case import Case, When


class ItemProposed(CaseEvent):
    """Somebody of a pair proposed one thing to agree on, perhaps in place of another proposal."""

    proposal: ProposalId
    thread: ThreadId
    by: PartyId
    owner: PartyId
    kind: ItemKind
    due: AwareDatetime | None = None
    what: TextRef | None = None
    monitor: PractitionerId | None = None
    instead_of: ProposalId | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Nobody is bound by it; nothing falls due because of it."""
        one = Proposal(
            id=self.proposal,
            thread=self.thread,
            episode=case.thread(self.thread).current.number,
            by=self.by,
            owner=self.owner,
            kind=self.kind,
            since=when.effective,
            due=self.due,
            what=self.what,
            monitor=self.monitor,
        )
        if self.instead_of:
            case = now(case, self.instead_of, ItemState.VARIED)
        return case.changed(proposals={**case.proposals, one.id: one})


class ProposalAgreedTo(CaseEvent):
    """A person whom a proposal concerns said yes to it."""

    proposal: ProposalId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is agreed once all said yes, and not before."""
        if self.proposal not in case.proposals:
            return case
        said_yes = {**case.proposals[self.proposal].said_yes, self.party: when.effective}
        changed = with_changes(case.proposals[self.proposal], said_yes=said_yes)
        return case.changed(proposals={**case.proposals, self.proposal: changed})


class ProposalDeclined(CaseEvent):
    """A person does not agree to a proposal, or the one who made it takes it back."""

    closes: ClassVar[bool] = True

    proposal: ProposalId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is dropped; another can be proposed. Where all had said yes by then, somebody looks at
        what is to become of it."""
        one = case.proposals.get(self.proposal)
        if one is not None and one.state is ItemState.AGREED:
            return case.with_task("CHANGE", one.thread, when)
        return now(case, self.proposal, ItemState.LAPSED)
