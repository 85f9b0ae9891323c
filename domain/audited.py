"""A case that was drawn to be audited: who looks at it, what they found, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import Nonsense

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.words import AuditAnswer, AuditedPoint, AuditFound


@dataclass(frozen=True)
class Audit:
    """One draw of this case."""

    sample: str
    by: str
    """The auditor whose it is."""
    since: datetime
    concluded_at: datetime | None = None


@dataclass(frozen=True)
class Finding:
    """What an auditor found of one point, and what became of what they recommended."""

    id: str
    sample: str
    point: AuditedPoint
    found: AuditFound
    by: str
    """The auditor who found it."""
    since: datetime
    recommends: bool = False
    answer: AuditAnswer | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    done: bool | None = None
    """Whether it was done; no: it may stay as it is."""
    closed_by: str | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something was recommended that nobody closed yet."""
        return self.recommends and self.closed_at is None


def audit(case: Case, sample: str) -> Audit:
    """Return this draw of the case. Raises `Nonsense` if it was not drawn in that sample."""
    if sample not in case.audits:
        raise Nonsense(f"this case was not drawn in the sample {sample}")
    return case.audits[sample]


def recommendation(case: Case, finding: str) -> Finding:
    """Return this finding. Raises `Nonsense` if there is none, or it recommends nothing."""
    if finding not in case.findings:
        raise Nonsense(f"there is no finding {finding} in this case")
    if not case.findings[finding].recommends:
        raise Nonsense(f"the finding {finding} recommends nothing")
    return case.findings[finding]
