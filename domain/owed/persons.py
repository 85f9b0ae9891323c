"""What is owed to a person's other cases: that they know of what was said in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def person_told(case: Case, limits: Limits) -> Found:
    """Yield everybody whose stream does not know yet what was said here, or who they are."""
    for party, linked in case.persons.items():
        if linked.pending is not None and linked.pending_since is not None:
            due = working_days_after(linked.pending_since, limits.task)
            yield party, linked.pending_since, due
