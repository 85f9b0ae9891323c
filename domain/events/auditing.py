"""What auditors and the service said of a case that was drawn to be audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StringConstraints

from domain.audited import Audit, Finding, audit
from domain.changing import with_changes
from domain.event import CaseEvent
from domain.ids import FindingId, SampleId
from domain.texts import TextRef
from domain.words import AuditAnswer, AuditedPoint, AuditFound

if TYPE_CHECKING:
    from domain.case import Case, When

SEED = r"^[a-z0-9][a-z0-9._-]{3,63}$"
Seed = Annotated[str, StringConstraints(pattern=SEED)]
Criterion = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,30}=[A-Za-z0-9._-]{1,60}$")]


class CaseDrawn(CaseEvent):
    """The case was drawn to be audited: by which seed and criteria, from how much of the log."""

    is_work: ClassVar[bool] = False

    sample: SampleId
    seed: Seed
    length: int = Field(ge=1)
    """How many entries the log had that it was drawn from."""
    criteria: tuple[Criterion, ...] = ()
    size: int = Field(ge=1)
    eligible: int = Field(ge=1)
    """From how many cases."""

    def apply(self, case: Case, when: When) -> Case:
        """Whoever drew it looks at it."""
        drawn = Audit(self.sample, when.actor, when.recorded)
        return case.changed(audits={**case.audits, self.sample: drawn})


class AuditFindingRecorded(CaseEvent):
    """An auditor said what they found of one point, and perhaps what they recommend."""

    is_work: ClassVar[bool] = False

    finding: FindingId
    sample: SampleId
    point: AuditedPoint
    found: AuditFound
    account: TextRef | None = None
    recommends: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """What is recommended, the service answers."""
        one = Finding(
            id=self.finding,
            sample=self.sample,
            point=self.point,
            found=self.found,
            by=when.actor,
            since=when.recorded,
            recommends=self.recommends is not None,
        )
        return case.changed(findings={**case.findings, one.id: one})


class RecommendationAnswered(CaseEvent):
    """The service answered what an auditor recommended."""

    is_work: ClassVar[bool] = False

    finding: FindingId
    answer: AuditAnswer
    words: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """The auditor sees that it is done, or says why it may stay as it is."""
        return case.with_one(
            "findings",
            self.finding,
            answer=self.answer,
            answered_by=when.actor,
            answered_at=when.recorded,
        )


class RecommendationClosed(CaseEvent):
    """An auditor saw that what they recommended is done, or that it may stay as it is."""

    is_work: ClassVar[bool] = False

    finding: FindingId
    done: bool
    words: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Nothing more is owed on it."""
        return case.with_one(
            "findings",
            self.finding,
            done=self.done,
            closed_by=when.actor,
            closed_at=when.recorded,
        )


class AuditConcluded(CaseEvent):
    """An auditor has said what there is to say of a case that was drawn."""

    is_work: ClassVar[bool] = False

    sample: SampleId

    def apply(self, case: Case, when: When) -> Case:
        """What was recommended is still to be answered."""
        ended = with_changes(audit(case, self.sample), concluded_at=when.recorded)
        return case.changed(audits={**case.audits, self.sample: ended})
