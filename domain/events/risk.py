"""Risk of the process, class of the case, and what the law puts in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.behind import HELD_FOR
from domain.case import Approach, Permission, Risk
from domain.changing import with_changes
from domain.event import CaseEvent
from domain.ids import CaseId, PartyId, ThreadId
from domain.pair import RiskFinding
from domain.stale import after
from domain.texts import TextRef
from domain.words import Change, Credential, RiskDecision, RiskItem, Sensitivity

if TYPE_CHECKING:
    from domain.case import Case, When


class CaseClassified(CaseEvent):
    """The case was classified by the two-limb test; the reasons are in the vault."""

    sensitivity: Sensitivity
    endorsements: tuple[Credential, ...] = ()
    """No longer recorded by name: it nearly says what is behind the class."""
    offenders_wish_held: bool = False
    """Whether the victim hears of what the offender initiates only by two people's leave."""
    reasons: TextRef | None = None
    flags: TextRef | None = None
    flags_of: CaseId | None = None
    """In whose vault they lie, where they came over from another case and are added to these."""
    specialist: bool = False
    """Whether it needs endorsements; which, is in the vault."""
    raised: bool = False
    """Whether it needs more of them than before."""

    @property
    def stands_from_recording(self) -> bool:
        """The stricter class does."""
        return self.sensitivity is Sensitivity.SENSITIVE_COMPLEX

    def apply(self, case: Case, when: When) -> Case:
        """The class sets who may act and who must sign; risk decided in a lower one is stale."""
        needed = frozenset(self.endorsements)
        raised = self.sensitivity is Sensitivity.SENSITIVE_COMPLEX and (
            case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX
            or not needed <= case.endorsements
            or self.raised
        )
        case = case.changed(
            classified_at=case.classified_at or when.effective,
            sensitivity=self.sensitivity,
            endorsements=needed,
            specialist=self.specialist,
            behind=self._behind(case),
            offenders_wish_held=self.offenders_wish_held or bool(needed & HELD_FOR),
        )
        if not raised:
            return case
        threads = [t.id for t in case.threads.values() if t.open]
        return after(case, Change.CLASS_RAISED, threads, when.effective)

    def _behind(self, case: Case) -> tuple[tuple[str, TextRef], ...]:
        if self.flags is None:
            return case.behind
        if self.flags_of is None:
            return ((case.id, self.flags),)
        return (*case.behind, (self.flags_of, self.flags))


class RiskDecided(CaseEvent):
    """Somebody decided, item by item, what the risk of the process allows for one pair."""

    thread: ThreadId
    decision: RiskDecision
    review_on: AwareDatetime | None = None
    assessment: TextRef | None = None
    conditions: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It stands until a change makes it stale."""
        conditions = self.conditions is not None
        risk = Risk(self.decision, when.effective, when.actor, self.review_on, conditions)
        return case.with_episode(self.thread, risk=risk)


class RiskItemRecorded(CaseEvent):
    """One item of the assessment of risk: a fact or an assessment, and what is done about it."""

    thread: ThreadId
    item: RiskItem
    party: PartyId | None = None
    fact: bool = False
    remains: bool = False
    review_on: AwareDatetime | None = None
    finding: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """The latest finding of an item counts, and so does its day to be looked at again."""
        items = case.thread(self.thread).current.risk_items
        found = RiskFinding(when.effective, self.remains, self.review_on)
        return case.with_episode(self.thread, risk_items={**items, (self.item, self.party): found})


class RiskCountersigned(CaseEvent):
    """A second person, neither allocated nor in conflict, signed the decision on risk."""

    thread: ThreadId

    def apply(self, case: Case, when: When) -> Case:
        """A sensitive case may now take joining steps as decided."""
        risk = case.thread(self.thread).current.risk
        if risk is None:
            return case
        return case.with_episode(self.thread, risk=with_changes(risk, countersigned_by=when.actor))


class LegalPositionRecorded(CaseEvent):
    """Nothing bars contact in one pair, or who imposed a bar permits it; and the officer's view."""

    thread: ThreadId
    officer_view: bool = False
    document: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """What is not on record counts as barred."""
        permission = Permission(barred=False, officer_view=self.officer_view)
        return case.changed(permissions={**case.permissions, self.thread: permission})


class LegalBarRecorded(CaseEvent):
    """An order, bail or licence bars contact in one pair."""

    closes: ClassVar[bool] = True

    thread: ThreadId
    document: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It bars until a lawful permission, given and recorded after it, is on record; and the
        risk, and whether both still want it, are asked again before anything else."""
        barred = Permission(barred=True)
        case = after(case, Change.BAR, (self.thread,), when.effective)
        return case.changed(permissions={**case.permissions, self.thread: barred})


class ApproachProposed(CaseEvent):
    """A specialist facilitator would have a victim hear of what the offender initiated."""

    thread: ThreadId
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """A second person decides."""
        return case.with_thread(self.thread, approach=Approach(when.effective, when.actor))


class ApproachDecided(CaseEvent):
    """A supervisor with no part in the case said whether the victim may be approached."""

    thread: ThreadId
    allowed: bool
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """A no is told to the one who asked; a victim who asks is never held."""
        approach = case.thread(self.thread).approach
        if approach is None:
            return case
        decided = with_changes(
            approach,
            decided_by=when.actor,
            decided_at=when.effective,
            allowed=self.allowed,
        )
        return case.with_thread(self.thread, approach=decided)
