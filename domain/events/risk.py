"""Risk of the process, class of the case, and what the law puts in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.case import Permission
from domain.event import CaseEvent
from domain.ids import ThreadId
from domain.pair import Risk
from domain.texts import TextRef
from domain.words import Credential, RiskDecision, Sensitivity

if TYPE_CHECKING:
    from domain.case import Case, When


class CaseClassified(CaseEvent):
    """The case was classified by the two-limb test; the reasons are in the vault."""

    sensitivity: Sensitivity
    endorsements: tuple[Credential, ...] = ()
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The class sets who may act and who must sign."""
        return case.changed(sensitivity=self.sensitivity, endorsements=frozenset(self.endorsements))


class RiskDecided(CaseEvent):
    """Somebody decided, item by item, what the risk of the process allows for one pair."""

    thread: ThreadId
    decision: RiskDecision
    review_on: AwareDatetime | None = None
    assessment: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It stands until a change makes it stale."""
        return case.with_episode(self.thread, risk=Risk(self.decision, when.effective, when.actor))


class RiskCountersigned(CaseEvent):
    """A second person, neither allocated nor in conflict, signed the decision on risk."""

    thread: ThreadId

    def apply(self, case: Case, when: When) -> Case:
        """A sensitive case may now take joining steps as decided."""
        risk = case.thread(self.thread).current.risk
        if risk is None:
            return case
        return case.with_episode(self.thread, risk=replace(risk, countersigned_by=when.actor))


class RiskMadeStale(CaseEvent):
    """A change means that the risk is to be looked at again before any joining step."""

    closes: ClassVar[bool] = True

    thread: ThreadId
    change: str

    def apply(self, case: Case, when: When) -> Case:
        """What was decided is kept and may not be relied on."""
        risk = case.thread(self.thread).current.risk
        if risk is None:
            return case
        stale = risk.stale | {self.change}
        return case.with_episode(self.thread, risk=replace(risk, stale=stale))


class LegalPositionRecorded(CaseEvent):
    """Whether an order, bail or licence bars contact in one pair, and the officer's view."""

    thread: ThreadId
    barred: bool
    officer_view: bool = False
    document: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """What is not on record counts as barred."""
        permission = Permission(self.barred, self.officer_view)
        return case.changed(permissions={**case.permissions, self.thread: permission})
