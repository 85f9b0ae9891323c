"""What a no, a pause or a withdrawal does at once to what is booked or under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import Nonsense
from domain.events.interventions import (
    InterventionCancelled,
    InterventionPaused,
    InterventionPostponed,
    InterventionStopped,
)
from domain.events.shuttle import MessageTakenBack
from domain.words import InterventionState, InterventionType, MessageState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.exchange import Intervention

BOOKED = frozenset({InterventionState.PLANNED, InterventionState.READY})


def their_threads(case: Case, party: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pairs that a protective act is about: those named, or all open ones of the person.

    Raises `Nonsense` if a named pair is not one of theirs.
    """
    case.party(party)
    theirs = {t.id for t in case.threads_of(party)}
    strangers = [t for t in named if t not in theirs]
    if strangers:
        raise Nonsense(f"{party} is not one of the pair {strangers[0]}")
    return named or tuple(t.id for t in case.open_threads_of(party))


def suspended(
    case: Case,
    threads: tuple[str, ...],
    party: str,
    *,
    for_good: bool = False,
    break_only: bool = False,
) -> Iterator[CaseEvent]:
    """Yield what happens to the interventions of these pairs when this person says no or waits.

    What was booked is put off, or with `for_good` cancelled. What is under way stops, or with
    `break_only` pauses. What they had agreed to have said and was not carried yet is taken back.
    """
    touched = set(threads)
    for intervention in case.interventions.values():
        if intervention.over or not touched & set(intervention.threads):
            continue
        yield from _suspend(intervention, touched, for_good=for_good, break_only=break_only)
    if for_good:
        for message in case.messages.values():
            theirs = message.sayer == party and message.thread in touched
            if theirs and message.state is MessageState.AGREED:
                yield MessageTakenBack(message=message.id)


def _suspend(
    intervention: Intervention, touched: set[str], *, for_good: bool, break_only: bool
) -> Iterator[CaseEvent]:
    if intervention.state is InterventionState.STARTED:
        if break_only or intervention.type is not InterventionType.FACE_TO_FACE:
            yield InterventionPaused(intervention=intervention.id)
        else:
            yield InterventionStopped(intervention=intervention.id, by="PARTICIPANT")
    elif intervention.state is InterventionState.ON_BREAK:
        if for_good and intervention.type is InterventionType.FACE_TO_FACE:
            yield InterventionStopped(intervention=intervention.id, by="PARTICIPANT")
    elif intervention.state in BOOKED:
        if for_good and set(intervention.threads) <= touched:
            yield InterventionCancelled(intervention=intervention.id)
        else:
            yield InterventionPostponed(intervention=intervention.id)
    elif for_good and set(intervention.threads) <= touched:
        yield InterventionCancelled(intervention=intervention.id)
