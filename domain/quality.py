"""Complaints and adverse events, each on a track of its own beside the course of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.changing import with_changes
from domain.errors import Nonsense
from domain.words import AdverseStep, Concern

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, When
    from domain.words import ComplaintOutcome, TakenFurther

NEEDED = frozenset(
    {
        AdverseStep.EVERYBODY_SAFE,
        AdverseStep.EVERYBODY_DEBRIEFED,
        AdverseStep.CAUSE_LOOKED_INTO,
    }
)
"""What an adverse event has gone through before it is dealt with."""


@dataclass(frozen=True)
class Complaint:
    """One complaint, by the task that it is: until that is completed it is open."""

    id: str
    since: datetime
    about: str | None = None
    """The practitioner whom it is about, if it is about one."""
    acknowledged_at: datetime | None = None
    looked_into_at: datetime | None = None
    """When it was looked into, this time round."""
    answered_at: datetime | None = None
    outcome: ComplaintOutcome | None = None
    decided_by: frozenset[str] = frozenset()
    """Who looked into it or answered it, this time round."""
    further_to: TakenFurther | None = None
    """To whom it was taken further last."""
    further_at: datetime | None = None
    before: frozenset[str] = frozenset()
    """Who had decided before it was taken further."""

    @property
    def asked_at(self) -> datetime:
        """Since when an answer is owed: since it was made, or last taken further."""
        return self.further_at or self.since


def on_its_track(case: Case, when: When, about: str | None) -> Case:
    """Return the case with the concern that was raised just now on a track of its own, if it is a
    complaint or an adverse event."""
    task = case.tasks[f"T{when.version}"]
    if task.concern is Concern.COMPLAINT:
        complaint = Complaint(task.id, task.since, about)
        return case.changed(complaints={**case.complaints, task.id: complaint})
    if task.concern is Concern.ADVERSE_EVENT:
        return case.changed(adverse={**case.adverse, task.id: frozenset()})
    return case


def complaint(case: Case, task: str) -> Complaint:
    """Return this complaint. Raises `Nonsense` if it is none, or is closed."""
    if task not in case.complaints or task not in case.tasks:
        raise Nonsense(f"there is no open complaint {task} in this case")
    return case.complaints[task]


def with_complaint(case: Case, task: str, **changes: object) -> Case:
    """Return the case with these fields of this complaint changed; unchanged, where it stands as at
    a moment at which that was not made yet."""
    if task not in case.complaints:
        return case
    changed = with_changes(case.complaints[task], **changes)
    return case.changed(complaints={**case.complaints, task: changed})


def has_its_own_clock(case: Case, task: str) -> bool:
    """Say whether a task is waited for on its own track, and not as any other task."""
    safe = AdverseStep.EVERYBODY_SAFE in case.adverse.get(task, frozenset())
    return task in case.complaints or safe
