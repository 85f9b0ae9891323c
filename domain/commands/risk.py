"""Class of the case, risk of the process, and what the law puts in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.behind import behind, endorsements_of
from domain.calendar import Moment
from domain.commands.suspending import How, suspended
from domain.errors import Nonsense
from domain.events import risk as happened
from domain.ids import PartyId, ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import ENDORSEMENTS, Act, RiskDecision, RiskItem, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class ClassifyCase(CaseCommand):
    """Record the class of the case by the two-limb test, and what is behind it.

    Which endorsements it needs, and whether what the offender begins is held, follows from that.
    """

    act: ClassVar[Act] = Act.INFORM
    assessment: ClassVar[bool] = True

    sensitivity: Sensitivity
    offenders_wish_held: bool = Field(
        default=False,
        description="domestic, sexual, stalking, trafficking: what an offender begins is held",
    )
    flags: Note = Field(
        description="what is behind it, for the vault alone: kinds of the list, if only none"
    )
    reasons: Note | None = Field(default=None, description="why")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the class."""
        if self.sensitivity is Sensitivity.UNCLASSIFIED:
            raise Nonsense("sensitivity: a case is classified as STANDARD or SENSITIVE_COMPLEX")
        found = behind(asking.facts.get(self.flags.id))
        needed = ENDORSEMENTS if found is None else found.endorsements
        return (
            happened.CaseClassified(
                sensitivity=self.sensitivity,
                offenders_wish_held=self.offenders_wish_held or found is None or found.held,
                reasons=self.reasons,
                flags=self.flags,
                specialist=bool(needed),
                raised=not needed <= endorsements_of(asking.now, asking.facts),
            ),
        )


class DecideRisk(CaseCommand):
    """Record the decision on the risk of the process for one pair."""

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    decision: RiskDecision
    assessment_text: Note = Field(description="why, item by item, with mitigations")
    conditions: Note | None = Field(default=None, description="what must be so for it to go ahead")
    review_on: Moment | None = Field(default=None, description="by setting if none is given")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        case.thread(self.thread)
        return (
            happened.RiskDecided(
                thread=self.thread,
                decision=self.decision,
                review_on=self.review_on,
                assessment=self.assessment_text,
                conditions=self.conditions,
            ),
        )


class RecordRiskItem(CaseCommand):
    """Record one item of the assessment of risk: what was found, and what is done about it."""

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    item: RiskItem
    party: PartyId | None = Field(default=None, description="whom it is about, if one person")
    fact: bool = Field(default=False, description="whether it is a fact, and not an assessment")
    remains: bool = Field(default=False, description="whether a risk is left after what is done")
    review_on: Moment | None = Field(default=None, description="when it is looked at again")
    finding: Note = Field(description="what was found, with its source and what is done about it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the item."""
        case.thread(self.thread)
        if self.party is not None:
            case.party(self.party)
        yield happened.RiskItemRecorded(
            thread=self.thread,
            item=self.item,
            party=self.party,
            fact=self.fact,
            remains=self.remains,
            review_on=self.review_on,
            finding=self.finding,
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
