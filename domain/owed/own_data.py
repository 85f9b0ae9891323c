"""What is owed to whoever was given something about somebody that is wrong, or erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def recipient_told(case: Case, limits: Limits) -> Found:
    """Yield everybody who was given what was wrong, or is erased or not used now, until they were
    told; of the people of the case those who may be contacted."""
    for one in case.ledger.to_tell.values():
        person = case.parties.get(one.recipient)
        if person is None or person.reachable:
            yield one.id, one.since, working_days_after(one.since, limits.recipient_told)
