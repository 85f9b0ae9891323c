"""What is owed between the service and others: partners, courts, whoever has to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def pass_on(case: Case, limits: Limits) -> Found:
    """Yield each danger of which it is not on record to whom it was passed on, or why not."""
    for one in case.to_pass_on.values():
        yield one.id, one.since, working_days_after(one.since, limits.pass_on)
