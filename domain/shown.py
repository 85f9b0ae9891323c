"""What the record must show for a pass of a pair to have ended for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import wants_no_offer
from domain.interventions import CATALOGUE
from domain.pair import SAID_NO
from domain.stand_in import stand_in_of
from domain.words import (
    Choice,
    EndReason,
    Extent,
    Family,
    ForChild,
    InterventionType,
    ItemState,
    LetterState,
    Responsibility,
    RiskDecision,
    Sensitivity,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.case import Case
    from domain.pair import Episode, Thread

UNFINISHED = frozenset({ItemState.AGREED, ItemState.IN_PROGRESS, ItemState.VARIED})
FULFILLED = frozenset({ItemState.COMPLETED, ItemState.RELEASED_BY_VICTIM})
WITH_RECIPIENT = frozenset(
    {
        LetterState.DELIVERED,
        LetterState.HELD_FOR_RECIPIENT,
    }
)
NOT_ACCEPTING = frozenset(Responsibility) - {
    Responsibility.NOT_EXPLORED,
    Responsibility.ACCEPTS_RESPONSIBILITY,
}


def items_of(case: Case, thread: Thread) -> list[ItemState]:
    """Return how far each item is that was agreed in the pair's latest episode."""
    number = thread.current.number
    return [i.state for i in case.items.values() if (i.thread, i.episode) == (thread.id, number)]


def _settled(case: Case, thread: Thread) -> bool:
    return not any(state in UNFINISHED for state in items_of(case, thread))


def _met(case: Case, thread: Thread) -> bool:
    held = case.held(thread.id)
    met = any(CATALOGUE[i.type].family is Family.DIRECT for i in held)
    return met and _settled(case, thread)


def _exchanged(case: Case, thread: Thread) -> bool:
    """Something passed, and nobody met."""
    number = thread.current.number
    delivered = any(
        (letter.thread, letter.episode) == (thread.id, number) and letter.state in WITH_RECIPIENT
        for letter in case.letters.values()
    )
    between_them = any(CATALOGUE[i.type].between_them for i in case.held(thread.id))
    passed = between_them or delivered
    return passed and not _met(case, thread) and _settled(case, thread)


def _met_a_stand_in(case: Case, thread: Thread) -> bool:
    held = case.held(thread.id)
    return any(i.type is InterventionType.PROXY_MEETING for i in held) and _settled(case, thread)


def _agreed(case: Case, thread: Thread) -> bool:
    how = (_met, _exchanged, _resolved)
    return thread.current.agreement_at is not None and any(h(case, thread) for h in how)


def _resolved(case: Case, thread: Thread) -> bool:
    number = thread.current.number
    on_the_spot = any(
        i.type is InterventionType.LOCAL_RESOLUTION and i.episodes.get(thread.id) == number
        for i in case.interventions.values()
    )
    return on_the_spot and _settled(case, thread)


def _fulfilled(case: Case, thread: Thread) -> bool:
    return _agreed(case, thread) and all(s in FULFILLED for s in items_of(case, thread))


def _not_fulfilled(case: Case, thread: Thread) -> bool:
    of_the_matter = stand_in_of(case, thread.id) is None
    not_done = any(s not in FULFILLED for s in items_of(case, thread))
    return of_the_matter and _settled(case, thread) and not_done


def _unsuitable(case: Case, thread: Thread) -> bool:
    sides = (thread.current.victim, thread.current.offender)
    if any(s.adult_no_at and s.decided_for_child is ForChild.NOT_GOING_AHEAD for s in sides):
        return True
    risk = thread.current.risk
    if risk is None or risk.decision is not RiskDecision.DO_NOT_PROCEED:
        return False
    return case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX or bool(risk.countersigned_by)


def _no_offence(case: Case, thread: Thread) -> bool:
    """Say whether nothing on record is against it that there was no offence, or nobody harmed."""
    offender, responsibility = case.party(thread.offender), thread.current.responsibility
    return (
        offender.convicted_at is None
        and responsibility is not Responsibility.ACCEPTS_RESPONSIBILITY
    )


def _victim_chose(choice: Choice) -> Callable[[Case, Thread], bool]:
    return lambda _case, thread: thread.current.victim.choice is choice


def _victim_declined(case: Case, thread: Thread) -> bool:
    """They said no to this, or to whatever may be offered later, and this was begun since."""
    said_no = thread.current.victim.choice is Choice.DECLINED_THIS_OFFER
    return said_no or wants_no_offer(case, thread.victim, thread.id)


def _episode(shown: Callable[[Episode], bool]) -> Callable[[Case, Thread], bool]:
    return lambda _case, thread: shown(thread.current)


SHOWN: dict[EndReason, Callable[[Case, Thread], bool]] = {
    EndReason.COMPLETED_DIRECT: _met,
    EndReason.COMPLETED_INDIRECT: _exchanged,
    EndReason.COMPLETED_AGREEMENT_FULFILLED: _fulfilled,
    EndReason.COMPLETED_AGREEMENT_NOT_FULFILLED: _not_fulfilled,
    EndReason.COMPLETED_WITH_STAND_IN: _met_a_stand_in,
    EndReason.RESOLVED_LOCALLY: _resolved,
    EndReason.VICTIM_DECLINED_DOOR_OPEN: _victim_declined,
    EndReason.VICTIM_NO_FURTHER_CONTACT: _victim_chose(Choice.DECLINED_NO_FURTHER_CONTACT),
    EndReason.VICTIM_WITHDREW: _victim_chose(Choice.WITHDRAWN),
    EndReason.OFFENDER_DECLINED: _episode(lambda e: e.offender.choice in SAID_NO),
    EndReason.OFFENDER_NOT_ACCEPTING: _episode(lambda e: e.responsibility in NOT_ACCEPTING),
    EndReason.OFFENDER_WITHDREW_ACCEPTANCE: _episode(
        lambda e: e.responsibility is Responsibility.WITHDREW_ACCEPTANCE
    ),
    EndReason.NOT_RESTORATIVE_JUSTICE: _no_offence,
    EndReason.OFFENDER_NOT_IDENTIFIED: lambda case, thread: (
        not case.party(thread.offender).identified
    ),
    EndReason.UNSUITABLE_RISK: _unsuitable,
    EndReason.LEGAL_BAR: lambda case, thread: (
        thread.id in case.permissions and case.permissions[thread.id].barred
    ),
    EndReason.DATA_ERASED: lambda case, thread: any(
        case.data.of(person).gone is Extent.ALL for person in thread.people
    ),
    EndReason.PARTY_DIED: lambda case, thread: (
        case.party(thread.victim).died or case.party(thread.offender).died
    ),
}
"""Reasons that are not here need nothing shown: what they say happened elsewhere."""
