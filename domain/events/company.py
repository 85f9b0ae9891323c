"""Who comes to a meeting besides its pairs, what each agreed to, and what was found of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import InterventionId, PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Form, InterventionState

if TYPE_CHECKING:
    from domain.case import Case, When

BEGUN = frozenset({InterventionState.STARTED, InterventionState.ON_BREAK})


class CompanyAgreedTo(CaseEvent):
    """A person of a pair agreed in writing to the coming of others, each by name."""

    thread: ThreadId
    party: PartyId
    company: tuple[PartyId, ...]
    form: Form
    signed: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It holds for these, and until they say otherwise."""
        side = case.thread(self.thread).side(self.party)
        case = case.with_side(
            self.thread,
            self.party,
            company=side.company | set(self.company),
            company_declined={
                p: at for p, at in side.company_declined.items() if p not in self.company
            },
        )
        return case.in_touch(self.party, when.effective)


class CompanyDeclined(CaseEvent):
    """A person of a pair does not want somebody there, or no longer."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId
    company: tuple[PartyId, ...]

    def apply(self, case: Case, when: When) -> Case:
        """No reason is needed. Whoever it is about hears only that it will be without them."""
        for thread in self.threads:
            side = case.thread(thread).side(self.party)
            said = dict.fromkeys(self.company, when.version)
            case = case.with_side(
                thread,
                self.party,
                company=side.company - set(self.company),
                company_declined={**side.company_declined, **said},
            )
        return case.in_touch(self.party, when.effective)


class CompanyInvited(CaseEvent):
    """Somebody was invited besides the pairs, after it had been planned."""

    intervention: InterventionId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is made ready again, and everybody is asked whether they want it so."""
        one = case.intervention(self.intervention)
        booked = one.state is InterventionState.READY
        return case.with_one(
            "interventions",
            one.id,
            attending=one.attending | {self.party},
            willing={},
            state=InterventionState.PLANNED if booked else one.state,
        )


class CompanyAgreementRecorded(CaseEvent):
    """Somebody invited agreed in writing to come, and to keep what is said to themselves."""

    intervention: InterventionId
    party: PartyId
    form: Form
    signed: TextRef | None = None
    recording: bool = False

    def apply(self, case: Case, when: When) -> Case:
        """Their own agreement; they may leave at any time."""
        one = case.intervention(self.intervention)
        others = one.recordable - {self.party}
        return case.in_touch(self.party, when.effective).with_one(
            "interventions",
            self.intervention,
            agreed={**one.agreed, self.party: when.effective},
            recordable=others | ({self.party} if self.recording else set()),
        )


class CompanyAssessed(CaseEvent):
    """A facilitator assessed whether it is right and safe that somebody invited comes."""

    intervention: InterventionId
    party: PartyId
    suitable: bool
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Supporters are assessed like those whom they come with."""
        found = {**case.intervention(self.intervention).suitable, self.party: self.suitable}
        return case.with_one("interventions", self.intervention, suitable=found)


class ToldWhoComes(CaseEvent):
    """A person of a pair was told who will be there besides them."""

    intervention: InterventionId
    party: PartyId
    company: tuple[PartyId, ...]

    def apply(self, case: Case, when: When) -> Case:
        """Nobody meets somebody whom they did not expect."""
        told = {**case.intervention(self.intervention).told_of, self.party: frozenset(self.company)}
        case = case.in_touch(self.party, when.effective)
        return case.with_one("interventions", self.intervention, told_of=told)


class StayedAway(CaseEvent):
    """Somebody invited besides the pairs does not come, or left."""

    closes: ClassVar[bool] = True

    intervention: InterventionId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """The others are asked before it goes on without them."""
        one = case.intervention(self.intervention)
        if one.over or self.party not in one.attending:
            return case
        begun = one.state in BEGUN
        return case.with_one(
            "interventions",
            one.id,
            attending=one.attending - {self.party},
            left=one.left | ({self.party} if begun else set()),
            agreed={p: at for p, at in one.agreed.items() if p != self.party},
            willing={},
            state=InterventionState.ON_BREAK if begun else one.state,
        )
