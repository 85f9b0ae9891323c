"""What a specialist who was asked about a case owes: their answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def specialists_answer(case: Case, limits: Limits) -> Found:
    """Yield each question to a specialist, until it is answered or taken back."""
    for one in case.consultations.values():
        if not one.over:
            yield one.id, one.since, working_days_after(one.since, limits.specialists_answer)
