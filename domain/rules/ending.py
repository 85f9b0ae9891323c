"""Rules about endings: nobody is ended by silence, and an interested victim is owed a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.about import subjects
from domain.calendar import working_days_between
from domain.limits import Limits
from domain.owed.outside import explain_decision
from domain.pair import AT_THEIR_PACE, SAID_NO
from domain.permissions import may
from domain.rules.staff import trained
from domain.shown import SHOWN
from domain.words import Act, ContactBy, EndReason, Told, Wish

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.ending import EndThread, TakeUpAgain
    from domain.contact_plan import ContactPlan
    from domain.pair import Thread

SET_ASIDE = frozenset(
    {EndReason.DUPLICATE_MERGED, EndReason.ENTERED_IN_ERROR, EndReason.TRANSFERRED}
)
"""Reasons that take a thread out of the service's hands, whatever is owed in it."""
NOT_SHOWN = frozenset(
    {
        EndReason.NOT_RESTORATIVE_JUSTICE,
        EndReason.CJ_PROCESS_INTERVENED,
        EndReason.OFFENDER_NOT_TRACED,
    }
)
"""Reasons whose truth the record cannot show, since what they say happened elsewhere."""
OF_THE_VICTIM = frozenset(
    {
        EndReason.VICTIM_DECLINED_DOOR_OPEN,
        EndReason.VICTIM_NO_FURTHER_CONTACT,
        EndReason.VICTIM_WITHDREW,
        EndReason.VICTIM_NOT_CONTACTABLE,
    }
)
"""Reasons that are the victim's own: what they said, or that they could not be reached."""
OF_THE_OFFENDER = frozenset(
    {
        EndReason.OFFENDER_DECLINED,
        EndReason.OFFENDER_NOT_ACCEPTING,
        EndReason.OFFENDER_WITHDREW_ACCEPTANCE,
        EndReason.LEGAL_BAR,
        EndReason.CJ_PROCESS_INTERVENED,
    }
)
"""Reasons that are the offender's own: what they said, and how it stands with them in law."""
NOT_TOLD = frozenset({Told.NOT_TOLD_BY_WISH, Told.NOT_REACHED})


def the_reason_must_be_what_happened(case: Case, command: EndThread, asking: Asking) -> bool:
    """The record does not show what this reason says: a no that nobody said, a meeting that was
    not held, an agreement still open."""
    shown = SHOWN.get(command.reason)
    return shown is None or shown(case, case.thread(command.thread))


def an_interested_victim_is_owed_a_facilitators_meeting(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """The victim is interested: it does not end before a facilitator met them, they said that they
    do not want that, or every attempt to reach them was made and recorded."""
    thread = case.thread(command.thread)
    side = thread.current.victim
    if command.reason in SET_ASIDE or case.party(thread.victim).died:
        return True
    owed = side.is_owed_a_meeting and side.choice not in SAID_NO
    return not owed or plan_carried_out(case, thread, asking.contact_plan)


def a_victim_at_their_own_pace_is_not_ended(case: Case, command: EndThread, asking: Asking) -> bool:
    """The victim needs time, said "not now" or is in doubt: it waits at their pace and does not
    end by that."""
    if command.reason in SET_ASIDE or command.reason is EndReason.PARTY_DIED:
        return True
    return case.thread(command.thread).current.victim.choice not in AT_THEIR_PACE


def the_contact_plan_must_be_carried_out_in_full(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """The contact plan is carried out in full before "we could not reach them": every attempt that
    it has, by as many ways and as far apart as it has them."""
    if command.reason is not EndReason.VICTIM_NOT_CONTACTABLE:
        return True
    thread = case.thread(command.thread)
    withheld = case.party(thread.victim).contact_by is ContactBy.REFERRER_ONLY
    return withheld or plan_carried_out(case, thread, asking.contact_plan)


def ending_without_contact_is_a_supervisors_act(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """That somebody could not be reached is for a supervisor to decide."""
    without = command.reason is EndReason.VICTIM_NOT_CONTACTABLE
    return not without or _supervises(case, asking)


def setting_a_pair_aside_is_a_supervisors_act(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """That a pair is merged with another, handed to another service, was entered in error, or ends
    for a reason that the record cannot show, is for a supervisor to decide."""
    return command.reason not in SET_ASIDE | NOT_SHOWN or _supervises(case, asking)


def that_it_does_not_proceed_is_explained_first(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """The risk does not allow it: that is explained to the victim, and support offered, before it
    ends (explain_decision)."""
    unsuitable = command.reason is EndReason.UNSUITABLE_RISK
    return not unsuitable or all(
        subject != command.thread for subject, _, _ in explain_decision(case, Limits())
    )


def an_ending_comes_last(case: Case, command: EndThread | TakeUpAgain, asking: Asking) -> bool:
    """Something later is known of this pair: it ends, or is taken up again, after that."""
    about = {command.thread}
    later = (e for e in asking.history if e.effective_at > asking.on and e.event.is_work)
    return not any(about & subjects(asking.now, e.event) for e in later)


def nobody_is_told_against_their_wish(case: Case, command: EndThread, asking: Asking) -> bool:
    """Somebody who asked not to be contacted or not to be told, or who died, is not told."""
    return all(
        told in NOT_TOLD
        or (case.party(person).reachable and Wish.NOT_BE_TOLD not in case.party(person).wishes)
        for person, told in command.told.items()
    )


def nobody_is_told_of_whom_it_is_in_doubt_who_they_are(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """It is in doubt whether one of them is who they say: they are told nothing, not even that this
    ended, until they were identified (record_call)."""
    return all(
        told in NOT_TOLD or not case.party(person).identity_doubted
        for person, told in command.told.items()
    )


def why_is_told_only_as_they_wish(case: Case, command: EndThread, asking: Asking) -> bool:
    """It ends by what one of them said, or by what came over them (the law, a death, that they
    could not be reached): the other is told that it does not go ahead, and not why, unless that
    person wished it told."""
    thread = case.thread(command.thread)
    return all(
        command.told.get(thread.other(person)) is not Told.TOLD_WHY
        or Wish.WHY_MAY_BE_TOLD in case.party(person).wishes
        for person in _whose_reason(case, thread, command.reason)
    )


def why_is_not_said_where_it_rested_on_what_is_misleading(
    case: Case, command: EndThread, asking: Asking
) -> bool:
    """What one of them agreed to rests on something that the service knows to be misleading: it
    does not go ahead, and nobody is told why."""
    thread = case.thread(command.thread)
    misled = any(thread.side(person).misled for person in thread.people)
    unsaid = misled and command.reason is EndReason.UNSUITABLE_RISK
    return not unsaid or Told.TOLD_WHY not in command.told.values()


def _whose_reason(case: Case, thread: Thread, reason: EndReason) -> tuple[str, ...]:
    if reason in OF_THE_VICTIM:
        return (thread.victim,)
    if reason in OF_THE_OFFENDER:
        return (thread.offender,)
    if reason is EndReason.PARTY_DIED:
        return tuple(p for p in thread.people if case.party(p).died)
    if reason is EndReason.DATA_ERASED:
        return tuple(p for p in thread.people if case.data.of(p).gone)
    return ()


def nothing_may_be_booked_or_under_way(case: Case, command: EndThread, asking: Asking) -> bool:
    """An intervention of this pair is still planned or under way; complete or cancel it first."""
    return all(i.over or command.thread not in i.threads for i in case.interventions.values())


def plan_carried_out(case: Case, thread: Thread, plan: ContactPlan) -> bool:
    """Say whether the whole contact plan was tried since the victim was last in touch, in this
    episode."""
    victim = case.party(thread.victim)
    began = thread.current.opened_at
    since = max(began, victim.last_contact) if victim.last_contact else began
    tried = victim.attempts_since(since)
    spaced = tried[:1]
    for attempt in tried[1:]:
        if working_days_between(spaced[-1].at, attempt.at) >= plan.days_apart:
            spaced = (*spaced, attempt)
    return len(spaced) >= plan.attempts and len({a.channel for a in tried}) >= plan.channels


def _supervises(case: Case, asking: Asking) -> bool:
    return may(asking.who_now, Act.SUPERVISE, asking.now) and trained(Act.SUPERVISE, asking)
