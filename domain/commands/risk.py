"""Class of the case, risk of the process, and what the law puts in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.calendar import Moment
from domain.commands.suspending import How, suspended
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
    offenders_wish_held: bool = Field(
        default=False,
        description="domestic, sexual, stalking, trafficking: what an offender begins is held",
    )
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
                offenders_wish_held=self.offenders_wish_held,
                reasons=self.reasons,
            ),
        )


class DecideRisk(CaseCommand):
    """Record the decision on the risk of the process for one pair."""

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    decision: RiskDecision
    review_on: Moment | None = None
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
    decision: RiskDecision = Field(description="the decision that is signed")

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

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the bar; what was booked is put off."""
        case.thread(self.thread)
        yield happened.LegalBarRecorded(thread=self.thread, document=self.document)
        yield from suspended(case, (self.thread,), How.FOR_NOW, asking.on, by="FACILITATOR")


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
            thread=self.thread, officer_view=self.officer_view, document=self.document
        )


class ProposeApproach(CaseCommand):
    """Propose, as a specialist, that a victim may hear of what the offender initiated."""

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    reasons: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the proposal."""
        case.thread(self.thread)
        return (happened.ApproachProposed(thread=self.thread, reasons=self.reasons),)


class DecideApproach(CaseCommand):
    """Decide, as a second person with no part in the case, whether the victim is approached."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    allowed: bool
    reasons: Note = Field(description="why, for the record and for the one who asked")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        if case.thread(self.thread).approach is None:
            raise Nonsense(f"nobody has proposed to approach the victim of {self.thread}")
        return (
            happened.ApproachDecided(
                thread=self.thread, allowed=self.allowed, reasons=self.reasons
            ),
        )
