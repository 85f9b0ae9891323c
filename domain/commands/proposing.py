"""Proposing what may be agreed, and each person's yes or no to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.outcome import NewItem
from domain.errors import Nonsense
from domain.events import proposing as happened
from domain.events.outcome import AgreementReached, ItemAgreed
from domain.ids import PartyId, ProposalId, ThreadId
from domain.proposal import Proposal, agrees, concerned, proposal
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class ProposeItem(CaseCommand):
    """Record what one of a pair proposes to agree on; in place of another, it answers that one."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId
    by: PartyId = Field(description="who of the pair proposes it")
    proposed: NewItem
    instead_of: ProposalId | None = Field(
        default=None, description="the proposal that it answers, which is dropped"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the proposal."""
        case.thread(self.thread).own_side(self.by)
        case.party(self.proposed.party)
        if self.proposed.done:
            raise Nonsense("done: what is only proposed is not done yet")
        if self.proposed.monitor is not None:
            asking.practitioner(self.proposed.monitor)
        if self.instead_of:
            _answers(case, self.instead_of, self.thread)
        return (
            happened.ItemProposed(
                proposal=asking.number("P", "proposal"),
                thread=self.thread,
                by=self.by,
                owner=self.proposed.party,
                kind=self.proposed.kind,
                due=self.proposed.due,
                what=self.proposed.what,
                monitor=self.proposed.monitor,
                instead_of=self.instead_of,
            ),
        )


class AgreeToProposal(CaseCommand):
    """Record that a person whom a proposal concerns says yes to it. It is agreed once all did."""

    act: ClassVar[Act] = Act.FACILITATE

    proposal: ProposalId
    party: PartyId

    def fits(self, case: Case) -> bool:
        """Say whether it is open, and was proposed in this pass of the pair."""
        one = proposal(case, self.proposal)
        return one.open and one.episode == case.thread(one.thread).current.number

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the yes; with the last one that is missing, that it is agreed."""
        one = proposal(case, self.proposal)
        if self.party not in concerned(case, one):
            raise Nonsense(f"{self.party} has no say in {self.proposal}: it does not concern them")
        yield happened.ProposalAgreedTo(proposal=self.proposal, party=self.party)
        others = concerned(case, one) - {self.party}
        if all(agrees(case, one, other) for other in others):
            yield from _agreed(case, one, asking)


class DeclineProposal(CaseCommand):
    """Record that a person does not agree to a proposal. No reason is asked."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    proposal: ProposalId
    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the no."""
        case.party(self.party)
        proposal(case, self.proposal)
        return (happened.ProposalDeclined(proposal=self.proposal, party=self.party),)


def _answers(case: Case, name: str, thread: str) -> None:
    answered = proposal(case, name)
    if answered.thread != thread or not answered.open:
        raise Nonsense(f"instead_of: {name} is no open proposal of this pair")


def _agreed(case: Case, one: Proposal, asking: Asking) -> Iterable[CaseEvent]:
    if case.thread(one.thread).current.agreement_at is None:
        yield AgreementReached(thread=one.thread)
    yield ItemAgreed(
        item=asking.number("A", "item"),
        thread=one.thread,
        owner=one.owner,
        kind=one.kind,
        due=one.due,
        what=one.what,
        monitor=one.monitor,
        proposal=one.id,
    )
