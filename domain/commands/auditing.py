"""Auditing a case that was drawn: what was found, what is recommended, answered and done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.audited import audit, recommendation
from domain.events import auditing as happened
from domain.events.auditing import Criterion, Seed
from domain.ids import FindingId, SampleId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, AuditAnswer, AuditedPoint, AuditFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]
_SAMPLE = "the sample that the case was drawn in, such as SA-7K3M9QXA-5"
_FINDING = "the finding, such as F1"


class DrawForAudit(CaseCommand):
    """Record that a case was drawn to be audited, with all that it takes to draw it again."""

    act: ClassVar[Act] = Act.AUDIT

    sample: SampleId = Field(description=_SAMPLE)
    seed: Seed = Field(description="what it was drawn by")
    length: int = Field(ge=1, description="entries of the log that it was drawn from")
    criteria: tuple[Criterion, ...] = Field(default=(), description="which cases were meant")
    size: int = Field(ge=1, le=1000, description="how many were to be drawn")
    eligible: int = Field(ge=1, description="from how many cases")

    def fits(self, case: Case) -> bool:
        """Say whether it was not drawn in this sample before."""
        return self.sample not in case.audits

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the draw."""
        fields = set(happened.CaseDrawn.model_fields)
        return (happened.CaseDrawn(**self.model_dump(include=fields)),)


class RecordAuditFinding(CaseCommand):
    """Record what was found of one point of a case that was drawn, and what is recommended."""

    act: ClassVar[Act] = Act.AUDIT
    assessment: ClassVar[bool] = True

    sample: SampleId = Field(description=_SAMPLE)
    point: AuditedPoint = Field(description="what was looked at")
    found: AuditFound = Field(description="what was found of it")
    account: Note | None = Field(default=None, description="in words, about the service")
    recommends: Note | None = Field(default=None, description="what the service should do")

    def fits(self, case: Case) -> bool:
        """Say whether the audit of this case is not concluded yet."""
        return audit(case, self.sample).concluded_at is None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the finding."""
        return (
            happened.AuditFindingRecorded(
                finding=asking.number("F", "finding"),
                sample=self.sample,
                point=self.point,
                found=self.found,
                account=self.account,
                recommends=self.recommends,
            ),
        )


class AnswerRecommendation(CaseCommand):
    """Record what the service answers to what an auditor recommended."""

    act: ClassVar[Act] = Act.SUPERVISE

    finding: FindingId = Field(description=_FINDING)
    answer: AuditAnswer = Field(description="what the service will do")
    words: Note = Field(description="how and by when, or why not")

    def fits(self, case: Case) -> bool:
        """Say whether it is open."""
        return recommendation(case, self.finding).is_open

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the answer."""
        return (
            happened.RecommendationAnswered(
                finding=self.finding, answer=self.answer, words=self.words
            ),
        )


class CloseRecommendation(CaseCommand):
    """Record that what was recommended is done, or may stay as it is."""

    act: ClassVar[Act] = Act.AUDIT

    finding: FindingId = Field(description=_FINDING)
    done: bool = Field(description="whether it is done; if not, it may stay as it is")
    words: Note | None = Field(default=None, description="how that was seen, or why it may stay")

    def fits(self, case: Case) -> bool:
        """Say whether it is open."""
        return recommendation(case, self.finding).is_open

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the end of it."""
        return (
            happened.RecommendationClosed(finding=self.finding, done=self.done, words=self.words),
        )


class ConcludeAudit(CaseCommand):
    """Record that all there is to say of a case that was drawn has been said."""

    act: ClassVar[Act] = Act.AUDIT

    sample: SampleId = Field(description=_SAMPLE)

    def fits(self, case: Case) -> bool:
        """Say whether it is not concluded yet."""
        return audit(case, self.sample).concluded_at is None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the conclusion."""
        return (happened.AuditConcluded(sample=self.sample),)
