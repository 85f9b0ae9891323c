"""What a no, a pause or a withdrawal does at once to what is booked or under way."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from domain.asking import At
from domain.errors import Nonsense
from domain.events.interventions import (
    InterventionCancelled,
    InterventionPaused,
    InterventionPostponed,
    InterventionStopped,
)
from domain.interventions import CATALOGUE
from domain.words import InterventionState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Literal

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.exchange import Intervention

BOOKED = frozenset({InterventionState.PLANNED, InterventionState.READY})


class How(Enum):
    """How far what is booked or under way is suspended."""

    A_BREAK = "put off, or a break"
    FOR_NOW = "put off, or stopped if people are meeting"
    FOR_GOOD = "cancelled, or stopped if people are meeting"


def their_threads(case: Case, party: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pairs that a protective act is about.

    Those named; else the person's open ones; else, since a no is a no whatever has ended, all of
    theirs. Raises `Nonsense` if a named pair is not one of theirs.
    """
    case.party(party)
    theirs = [t.id for t in case.threads_of(party)]
    strangers = [t for t in named if t not in theirs]
    if strangers:
        raise Nonsense(f"{party} is not one of the pair {strangers[0]}")
    return named or tuple(t.id for t in case.open_threads_of(party)) or tuple(theirs)


def child_of(case: Case, party: str) -> str | None:
    """Return the child whose adult this person is, if they are one."""
    person = case.party(party)
    child = case.parties.get(person.of or "") if person.answers_for_a_child else None
    return child.id if child is not None and child.is_child else None


def suspended(
    case: Case,
    threads: tuple[str, ...],
    how: How,
    on: datetime,
    *,
    party: str = "",
    by: Literal["PARTICIPANT", "FACILITATOR"] = "PARTICIPANT",
) -> Iterator[At]:
    """Yield what happens to the interventions of these pairs, and to those that this person is
    invited to besides: from the moment `on`, or from when they came into their present state.

    Where other pairs take part as well, or only somebody invited stays away, what is booked is put
    off and not cancelled.
    """
    touched = set(threads)
    for intervention in case.interventions.values():
        if intervention.over:
            continue
        within = touched & set(intervention.threads)
        event = None
        if within:
            whole = within == set(intervention.threads)
            event = _suspend(intervention, how, by, whole=whole)
        elif party in intervention.attending:
            event = _suspend(intervention, How.A_BREAK, by, whole=False)
        if event is not None:
            yield At(event, max(on, intervention.since))


def _suspend(
    intervention: Intervention, how: How, by: Literal["PARTICIPANT", "FACILITATOR"], *, whole: bool
) -> CaseEvent | None:
    name, state = intervention.id, intervention.state
    meeting = CATALOGUE[intervention.type].direct
    if state is InterventionState.STARTED:
        if meeting and how is not How.A_BREAK:
            return InterventionStopped(intervention=name, by=by)
        return InterventionPaused(intervention=name)
    if state is InterventionState.ON_BREAK:
        stops = meeting and how is How.FOR_GOOD
        return InterventionStopped(intervention=name, by=by) if stops else None
    if how is How.FOR_GOOD and whole:
        return InterventionCancelled(intervention=name)
    return InterventionPostponed(intervention=name) if state in BOOKED else None
