"""What is owed once something was not done in time: saying why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def explain_missed(case: Case, limits: Limits) -> Found:
    """Yield each missed clock of which nobody said why; what was merged goes on elsewhere."""
    for one in case.clocks.values() if case.merged is None else ():
        if one.cause is None:
            yield one.id, one.since, working_days_after(one.since, limits.explain_missed)
