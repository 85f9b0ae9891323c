"""What is owed where one case goes on in another: that the other one knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def other_case(case: Case, limits: Limits) -> Found:
    """Yield a case until the other one recorded what follows there from what was recorded here."""
    waiting = case.follow_up
    if waiting is not None:
        yield case.id, waiting.since, working_days_after(waiting.since, limits.task)
