"""What is owed on a case that was drawn to be audited: findings, an answer, that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def audit(case: Case, limits: Limits) -> Found:
    """Yield the samples in which the case was drawn, until its audit is concluded."""
    for one in case.audits.values():
        if one.concluded_at is None:
            yield one.sample, one.since, working_days_after(one.since, limits.audit)


def recommendation(case: Case, limits: Limits) -> Found:
    """Yield what an auditor recommended, until the service answers."""
    for one in case.findings.values():
        if one.is_open and one.answered_at is None:
            yield one.id, one.since, working_days_after(one.since, limits.recommendation)


def recommended(case: Case, limits: Limits) -> Found:
    """Yield what was recommended and answered, until an auditor sees to it."""
    for one in case.findings.values():
        if one.is_open and one.answered_at is not None:
            due = working_days_after(one.answered_at, limits.recommended)
            yield one.id, one.answered_at, due
