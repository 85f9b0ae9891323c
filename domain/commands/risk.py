"""Class of the case, risk of the process, and what the law puts in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AwareDatetime, Field

from domain.asking import Asking, CaseCommand
from domain.commands.suspending import suspended
from domain.errors import Nonsense
from domain.events import risk as happened
from domain.ids import ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import ENDORSEMENTS, Act, Credential, RiskDecision, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class ClassifyCase(CaseCommand):
    """Record the class of the case by the two-limb test, and which endorsements it needs."""

    act: ClassVar[Act] = Act.INFORM
    assessment: ClassVar[bool] = True

    sensitivity: Sensitivity
    endorsements: tuple[Credential, ...] = ()
    reasons: Note | None = Field(default=None, description="why, with the flags behind it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the class."""
        if self.sensitivity is Sensitivity.UNCLASSIFIED:
            raise Nonsense("sensitivity: a case is classified as STANDARD or SENSITIVE_COMPLEX")
        if not ENDORSEMENTS.issuperset(self.endorsements):
            raise Nonsense("endorsements: only specialist endorsements can be needed")
        return (
            happened.CaseClassified(
                sensitivity=self.sensitivity,
                endorsements=self.endorsements,
                reasons=self.reasons,
            ),
        )


class DecideRisk(CaseCommand):
    """Record the decision on the risk of the process for one pair."""

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    decision: RiskDecision
    review_on: AwareDatetime | None = None
    assessment_text: Note | None = Field(default=None, description="item by item, with mitigations")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        case.thread(self.thread)
        return (
            happened.RiskDecided(
                thread=self.thread,
                decision=self.decision,
                review_on=self.review_on,
                assessment=self.assessment_text,
            ),
        )


class CountersignRisk(CaseCommand):
    """Sign somebody else's decision on risk, as a second person with no part in the case."""

    act: ClassVar[Act] = Act.SUPERVISE

    thread: ThreadId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the signature."""
        if case.thread(self.thread).current.risk is None:
            raise Nonsense(f"no decision on risk was recorded for {self.thread}")
        return (happened.RiskCountersigned(thread=self.thread),)


class RecordLegalBar(CaseCommand):
    """Record that an order, bail or licence bars contact in one pair, or that nobody knows."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    thread: ThreadId
    document: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the bar."""
        case.thread(self.thread)
        yield happened.LegalPositionRecorded(
            thread=self.thread, barred=True, document=self.document
        )
        yield from suspended(case, (self.thread,), "")


class RecordLegalPosition(CaseCommand):
    """Record that nothing bars contact, or that who imposed a bar permits it."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    officer_view: bool = Field(
        default=False, description="the officer in the case or the prosecutor has said their view"
    )
    document: Note | None = Field(default=None, description="the permission, from who imposed it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the position."""
        case.thread(self.thread)
        yield happened.LegalPositionRecorded(
            thread=self.thread,
            barred=False,
            officer_view=self.officer_view,
            document=self.document,
        )
