"""What is owed to whoever complained, and after something went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after
from domain.quality import has_its_own_clock
from domain.words import AdverseStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found
    from domain.quality import Complaint


def acknowledge_complaint(case: Case, limits: Limits) -> Found:
    """Yield each complaint that was not acknowledged."""
    for one in _open(case):
        if not one.acknowledged_at and not one.answered_at:
            due = working_days_after(one.since, limits.acknowledge_complaint)
            yield one.id, one.since, due


def look_into_complaint(case: Case, limits: Limits) -> Found:
    """Yield each complaint that was not looked into, and not settled without."""
    for one in _open(case):
        if not one.looked_into_at and not one.answered_at:
            due = working_days_after(one.asked_at, limits.look_into_complaint)
            yield one.id, one.asked_at, due


def answer_complaint(case: Case, limits: Limits) -> Found:
    """Yield each complaint that was not answered."""
    for one in _open(case):
        if not one.answered_at:
            yield one.id, one.asked_at, working_days_after(one.asked_at, limits.answer_complaint)


def close_complaint(case: Case, limits: Limits) -> Found:
    """Yield each complaint that was answered, and not closed yet."""
    for one in _open(case):
        if one.answered_at:
            due = working_days_after(one.answered_at, limits.close_complaint)
            yield one.id, one.answered_at, due


def adverse_debrief(case: Case, limits: Limits) -> Found:
    """Yield each adverse event after which not everybody was debriefed."""
    for name, taken in case.adverse.items():
        task = case.tasks.get(name)
        if task and AdverseStep.EVERYBODY_DEBRIEFED not in taken:
            yield task.id, task.since, working_days_after(task.since, limits.adverse_debrief)


def adverse_event(case: Case, limits: Limits) -> Found:
    """Yield each adverse event after which everybody is safe, until it was gone through."""
    for task in case.tasks.values():
        if task.id in case.adverse and has_its_own_clock(case, task.id):
            yield task.id, task.since, working_days_after(task.since, limits.adverse_event)


def _open(case: Case) -> Iterator[Complaint]:
    return (one for one in case.complaints.values() if one.id in case.tasks)
