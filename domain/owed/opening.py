"""What is owed at the beginning: an answer, information, first contact, somebody to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import is_not_turned_to, spoken_to_from
from domain.calendar import working_days_after
from domain.owed.who import any_open, has_a_pair, referred_anew, under_way
from domain.pair import AT_THEIR_PACE, SAID_NO
from domain.words import Choice, Sensitivity, Wish

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, Party
    from domain.limits import Limits
    from domain.owed.who import Found


def enquiry(case: Case, limits: Limits) -> Found:
    """Yield an enquiry that is neither a referral nor ended."""
    waiting = case.enquiry_at and not case.enquiry_ended and not case.referred_at
    if waiting and case.enquiry_at:
        yield case.id, case.enquiry_at, working_days_after(case.enquiry_at, limits.enquiry)


def discussion(case: Case, limits: Limits) -> Found:
    """Yield a discussion that led to nothing yet, and people who said since that they are
    interested and have no pair under way."""
    since = case.discussed_at
    if since and not case.enquiry_ended and not case.referred_at and not case.threads:
        yield case.id, since, working_days_after(since, limits.service_silence)
    for person in case.parties.values():
        theirs = case.threads_of(person.id)
        said = person.interested_at
        if said and theirs and person.reachable and not has_a_pair(case, person):
            yield person.id, said, working_days_after(said, limits.facilitators_meeting)


def acknowledge(case: Case, limits: Limits) -> Found:
    """Yield a referral that was not accepted yet, of a pair under way or after all had ended."""
    waiting = case.referred_at and not case.accepted_at
    if case.referred_at and waiting and (any_open(case) or referred_anew(case)):
        yield case.id, case.referred_at, working_days_after(case.referred_at, limits.acknowledge)


def information(case: Case, limits: Limits) -> Found:
    """Yield victims who were not told what restorative justice is (Victims' Code 3.4-3.6).

    Counted from the report of the crime; for an offence long past, and for somebody who became
    known later, from when they came to the service.
    """
    if case.referred_at is None:
        return
    for victim in case.victims:
        since = spoken_to_from(case, victim.id, informed_from(case, victim))
        wanted = not is_not_turned_to(case, victim.id)
        if since and wanted and victim.informed_at is None and has_a_pair(case, victim):
            enhanced = victim.enhanced_rights or victim.is_child
            days = limits.information_enhanced_rights if enhanced else limits.information
            yield victim.id, since, working_days_after(since, days)


def enhanced_ground(case: Case, limits: Limits) -> Found:
    """Yield victims who are said to have enhanced rights, and nobody recorded why."""
    for victim in case.victims:
        said = victim.enhanced_rights and victim.enhanced_ground is None and not victim.is_child
        if said and has_a_pair(case, victim) and not victim.died:
            yield victim.id, victim.since, working_days_after(victim.since, limits.enhanced_ground)


def informed_from(case: Case, victim: Party) -> datetime:
    """Return from when the Code's days for this victim are counted, once the case is referred."""
    referred = case.referred_at or victim.since
    reported = referred if case.historic else case.reported_at or referred
    return max(reported, victim.since) if victim.since > referred else reported


def first_contact(case: Case, limits: Limits) -> Found:
    """Yield victims whom nobody tried to reach yet."""
    if case.referred_at is None:
        return
    for victim in case.victims:
        tried = victim.last_contact or victim.attempts
        since = spoken_to_from(case, victim.id, max(case.referred_at, victim.since))
        withheld = victim.is_left_to_the_referrer
        wanted = not withheld and not is_not_turned_to(case, victim.id)
        if since and wanted and not tried and has_a_pair(case, victim):
            yield victim.id, since, working_days_after(since, limits.first_contact)


def classification(case: Case, limits: Limits) -> Found:
    """Yield a case with a pair under way whose class nobody found yet, since the first of those
    pairs was opened: what a person began may wait for nothing else, and would wait unseen."""
    opened = [episode.opened_at for _, episode in under_way(case)]
    if opened and case.sensitivity is Sensitivity.UNCLASSIFIED:
        yield case.id, min(opened), working_days_after(min(opened), limits.classification)


def allocation(case: Case, limits: Limits) -> Found:
    """Yield an accepted case without a lead facilitator, since it has none."""
    since = case.unallocated_since or case.accepted_at
    if since and case.accepted_at and case.lead is None and any_open(case):
        yield case.id, since, working_days_after(since, limits.allocation)


def waiting(case: Case, limits: Limits) -> Found:
    """Yield the victims who know of it, while the case waits for a facilitator: they are told so
    honestly, and again if it goes on."""
    since = case.unallocated_since or case.accepted_at
    if since is None or case.accepted_at is None or case.lead is not None:
        return
    for victim in case.victims:
        left_alone = victim.is_left_to_the_referrer or Wish.NOT_BE_TOLD in victim.wishes
        told = spoken_to_from(case, victim.id, max(since, victim.waiting_told_at or since))
        if told and victim.last_contact and not left_alone and has_a_pair(case, victim):
            yield victim.id, told, working_days_after(told, limits.service_silence)


def facilitators_meeting(case: Case, limits: Limits) -> Found:
    """Yield the pairs whose victim is interested and was not offered a facilitator's meeting."""
    for thread, episode in under_way(case):
        side = episode.victim
        owed = side.is_owed_a_meeting and side.meeting_offered_at is None
        if owed and side.interested_at and side.choice not in SAID_NO:
            since = spoken_to_from(case, thread.victim, side.interested_at)
            if since:
                yield thread.id, since, working_days_after(since, limits.facilitators_meeting)


def facilitators_meeting_held(case: Case, limits: Limits) -> Found:
    """Yield the pairs whose victim was offered a facilitator's meeting that was not held yet.

    Not while it is for the victim to say when: then it waits at their pace.
    """
    for thread, episode in under_way(case):
        side, victim = episode.victim, case.party(thread.victim)
        since = side.meeting_offered_at
        theirs = victim.will_ring or side.choice in SAID_NO | AT_THEIR_PACE
        theirs = theirs or victim.is_left_to_the_referrer
        if side.is_owed_a_meeting and since and victim.reachable and not theirs:
            yield thread.id, since, working_days_after(since, limits.facilitators_meeting_held)


def held_approach(case: Case, limits: Limits) -> Found:
    """Yield the pairs in which what the offender began is held and nobody decided yet."""
    if not case.offenders_wish_held:
        return
    for thread, episode in under_way(case):
        began = case.offender_began(thread.id)
        undecided = thread.approach is None or thread.approach.decided_by is None
        untouched = episode.victim.choice in (Choice.NOT_YET_OFFERED, Choice.INFORMATION_GIVEN)
        if began and undecided and untouched:
            yield (
                thread.id,
                episode.opened_at,
                working_days_after(episode.opened_at, limits.held_approach),
            )
