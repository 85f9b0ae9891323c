"""Rules about endings: nobody is ended by silence, and an interested victim is owed a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_between
from domain.words import (
    Choice,
    ContactOutcome,
    EndReason,
    ItemState,
    LetterState,
    Responsibility,
    StaffRole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.ending import EndThread
    from domain.pair import Episode, Thread

ATTEMPTS, CHANNELS, APART = 3, 2, 5
"""The contact plan: attempts at least, by so many channels, so many working days apart."""

WHATEVER_HAPPENED = frozenset(
    {
        EndReason.DUPLICATE_MERGED,
        EndReason.ENTERED_IN_ERROR,
        EndReason.TRANSFERRED,
        EndReason.PARTY_DIED,
    }
)
NOT_ACCEPTING = frozenset(
    {
        Responsibility.DENIES,
        Responsibility.DISPUTES_MATERIAL_FACTS,
        Responsibility.ACCEPTS_BASIC_FACTS_PARTIAL,
        Responsibility.WITHDREW_ACCEPTANCE,
        Responsibility.UNCLEAR_NEEDS_WORK,
        Responsibility.UNABLE_TO_ASSESS,
    }
)
SAID_NO = frozenset(
    {
        Choice.DECLINED_THIS_OFFER,
        Choice.DECLINED_NO_FURTHER_CONTACT,
        Choice.WITHDRAWN,
    }
)
UNFINISHED = frozenset({ItemState.AGREED, ItemState.IN_PROGRESS, ItemState.VARIED})
FULFILLED = frozenset({ItemState.COMPLETED, ItemState.RELEASED_BY_VICTIM})


def the_reason_must_be_what_happened(case: Case, command: EndThread, asking: Asking) -> bool:
    """The record does not show what this reason says: a no that nobody said, a meeting that was
    not held, an agreement still open."""
    thread = case.thread(command.thread)
    shown = SHOWN.get(command.reason)
    return shown is None or shown(case, thread)


def an_interested_victim_is_owed_a_facilitators_meeting(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """The victim is interested: it does not end before a facilitator met them, they said that they
    do not want that, or every attempt to reach them was made and recorded."""
    if command.reason in WHATEVER_HAPPENED:
        return True
    thread = case.thread(command.thread)
    side = thread.current.victim
    owed = side.interested_at is not None and side.met_at is None and not side.meeting_not_wanted
    said_no = side.choice in SAID_NO
    return not owed or said_no or _plan_carried_out(case, thread.victim)


def a_victim_at_their_own_pace_is_not_ended(case: Case, command: EndThread, asking: Asking) -> bool:
    """The victim needs time, said "not now" or is in doubt: it waits at their pace and does not
    end by that."""
    if command.reason in WHATEVER_HAPPENED:
        return True
    at_their_pace = {Choice.CONSIDERING, Choice.DEFERRED, Choice.PAUSED}
    return case.thread(command.thread).current.victim.choice not in at_their_pace


def the_contact_plan_must_be_carried_out_in_full(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """Three attempts by at least two channels, five working days apart, come before "we could not
    reach them"."""
    if command.reason is not EndReason.VICTIM_NOT_CONTACTABLE:
        return True
    return _plan_carried_out(case, case.thread(command.thread).victim)


def ending_without_contact_is_a_supervisors_act(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """That somebody could not be reached is for a supervisor to decide."""
    without = command.reason is EndReason.VICTIM_NOT_CONTACTABLE
    return not without or StaffRole.SUPERVISOR in asking.who.roles


def nothing_may_be_booked_or_under_way(case: Case, command: EndThread, asking: Asking) -> bool:
    """An intervention of this pair is still planned or under way; complete or cancel it first."""
    return all(i.over or command.thread not in i.threads for i in case.interventions.values())


def _plan_carried_out(case: Case, party: str) -> bool:
    attempts = case.party(party).attempts
    if any(a.outcome is ContactOutcome.SPOKE for a in attempts):
        return False
    spaced = attempts[:1]
    for attempt in attempts[1:]:
        if working_days_between(spaced[-1].at, attempt.at) >= APART:
            spaced = (*spaced, attempt)
    return len(spaced) >= ATTEMPTS and len({a.channel for a in spaced}) >= CHANNELS


def _items(case: Case, thread: Thread) -> list[ItemState]:
    return [i.state for i in case.items.values() if i.thread == thread.id]


def _held(case: Case, thread: Thread) -> bool:
    delivered = any(
        letter.thread == thread.id
        and letter.state in (LetterState.DELIVERED, LetterState.HELD_FOR_RECIPIENT)
        for letter in case.letters.values()
    )
    return thread.current.held_at is not None or delivered


def _fulfilled(case: Case, thread: Thread) -> bool:
    return (_held(case, thread) or case.resolution_at is not None) and all(
        state in FULFILLED for state in _items(case, thread)
    )


def _not_fulfilled(case: Case, thread: Thread) -> bool:
    states = _items(case, thread)
    over = not any(state in UNFINISHED for state in states)
    return over and any(state not in FULFILLED for state in states)


def _victim_chose(*choices: Choice) -> Callable[[Case, Thread], bool]:
    return lambda _case, thread: thread.current.victim.choice in choices


def _offender(shown: Callable[[Episode], bool]) -> Callable[[Case, Thread], bool]:
    return lambda _case, thread: shown(thread.current)


SHOWN: dict[EndReason, Callable[[Case, Thread], bool]] = {
    EndReason.COMPLETED_DIRECT: _held,
    EndReason.COMPLETED_INDIRECT: _held,
    EndReason.COMPLETED_AGREEMENT_FULFILLED: _fulfilled,
    EndReason.COMPLETED_AGREEMENT_NOT_FULFILLED: _not_fulfilled,
    EndReason.RESOLVED_LOCALLY: lambda case, thread: (
        case.resolution_at is not None and not any(s in UNFINISHED for s in _items(case, thread))
    ),
    EndReason.VICTIM_DECLINED_DOOR_OPEN: _victim_chose(Choice.DECLINED_THIS_OFFER),
    EndReason.VICTIM_NO_FURTHER_CONTACT: _victim_chose(Choice.DECLINED_NO_FURTHER_CONTACT),
    EndReason.VICTIM_WITHDREW: _victim_chose(Choice.WITHDRAWN),
    EndReason.OFFENDER_DECLINED: _offender(lambda e: e.offender.choice in SAID_NO),
    EndReason.OFFENDER_NOT_ACCEPTING: _offender(lambda e: e.responsibility in NOT_ACCEPTING),
    EndReason.OFFENDER_WITHDREW_ACCEPTANCE: _offender(
        lambda e: e.responsibility is Responsibility.WITHDREW_ACCEPTANCE
    ),
    EndReason.OFFENDER_NOT_IDENTIFIED: lambda case, thread: (
        not case.party(thread.offender).identified
    ),
    EndReason.UNSUITABLE_RISK: _offender(lambda e: e.risk is not None),
    EndReason.LEGAL_BAR: lambda case, thread: (
        thread.id in case.permissions and case.permissions[thread.id].barred
    ),
    EndReason.PARTY_DIED: lambda case, thread: (
        case.party(thread.victim).died or case.party(thread.offender).died
    ),
}
"""What the record must show for a reason; reasons that are not here need nothing shown."""
