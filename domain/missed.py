"""A clock of the service that was missed, and why it was, once somebody said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import Nonsense

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.practitioner import Practitioner
    from domain.words import MissCause

EXPLAINING = "explain_missed"
"""The wait for an explanation: if that is late, nothing more follows."""
UNEXPLAINED = frozenset({EXPLAINING, "visitor_safe", "visitor_alarm"})
"""Of these nobody is asked why they were missed: whoever looks for somebody has other things to do,
and why they were not checked out in time is asked already."""


@dataclass(frozen=True)
class MissedClock:
    """One thing that the service did not do in time."""

    id: str
    wait: str
    subject: str
    due: datetime
    since: datetime
    """When it was recorded that it was missed."""
    cause: MissCause | None = None


def missed_clock(state: Case | Practitioner, name: str) -> MissedClock:
    """Return this missed clock of a case or practitioner. Raises `Nonsense` if there is none."""
    if name not in state.clocks:
        raise Nonsense(f"there is no missed clock {name} here")
    return state.clocks[name]


def concerned(case: Case, subject: str) -> frozenset[str]:
    """Return the people whom a wait on this subject is about; everybody, if it names nobody."""
    found: set[str] = set()
    for part in subject.split("/"):
        if part in case.parties:
            found.add(part)
        elif part in case.threads:
            found.update(case.threads[part].people)
        elif part in case.interventions:
            found.update(p for t in case.interventions[part].threads for p in case.thread(t).people)
    return frozenset(found or case.parties)
