"""Rules against pressing somebody: how often they are tried, and how often the same is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.calendar import local_day, working_days_between
from domain.pair import SAID_NO
from domain.words import ContactOutcome

if TYPE_CHECKING:
    from datetime import datetime

    from domain.asking import Asking
    from domain.case import Attempt, Case, Party
    from domain.commands.choice import MakeOffer, OfferFacilitatorMeeting
    from domain.commands.ending import MakeLaterOffer
    from domain.commands.people import RecordContactAttempt

WENT_ELSEWHERE = frozenset({ContactOutcome.WRONG_DETAILS, ContactOutcome.RETURNED_MAIL})
"""What never came to the person presses nobody."""


def attempts_come_days_apart(case: Case, command: RecordContactAttempt, asking: Asking) -> bool:
    """This person was tried a short while ago, without an answer: they are tried again once the
    working days between two attempts are over (rj reach says how many), or on the day that they
    set, or because they asked for it (asked_by)."""
    person = case.parties.get(command.party)
    if person is None or _as_they_wish(person, command.asked_by, asking.on):
        return True
    tries = unanswered(case, person, asking.on)
    if not tries:
        return True
    if _something_booked(case, person):
        return local_day(tries[-1].at) < local_day(asking.on)
    return working_days_between(tries[-1].at, asking.on) >= asking.contact_plan.days_apart


def after_the_contact_plan_it_stops(
    case: Case, command: RecordContactAttempt, asking: Asking
) -> bool:
    """The contact plan was carried out without an answer: this person is not tried again until
    they are in touch themselves (asked_by), or their pair is taken up again."""
    person = case.parties.get(command.party)
    if person is None or _as_they_wish(person, command.asked_by, asking.on):
        return True
    tries = unanswered(case, person, asking.on)
    if len(tries) < asking.contact_plan.attempts or _something_booked(case, person):
        return True
    tried = {attempt.channel for attempt in tries}
    return len(tried) < asking.contact_plan.channels and command.channel not in tried


def an_offer_stays_open_and_is_not_repeated(case: Case, command: MakeOffer, asking: Asking) -> bool:
    """This was offered already, and the offer stays open: it is made again after some working days
    and some times at most, as the contact plan has it, or on the day that they set, or when they
    ask (asked_by)."""
    person, side = case.party(command.party), case.thread(command.thread).own_side(command.party)
    return _as_they_wish(person, command.asked_by, asking.on) or _in_measure(side.offers, asking)


def a_meeting_is_not_offered_again_and_again(
    case: Case, command: OfferFacilitatorMeeting, asking: Asking
) -> bool:
    """A facilitator's meeting was offered already: it is offered again after some working days and
    some times at most, as the contact plan has it, or on the day that they set, or when they ask
    (asked_by)."""
    person, side = case.party(command.party), case.thread(command.thread).own_side(command.party)
    since_met = tuple(o for o in side.meeting_offers if not side.met_at or o > side.met_at)
    return _as_they_wish(person, command.asked_by, asking.on) or _in_measure(since_met, asking)


def a_later_offer_comes_with_something_new(
    case: Case, command: MakeLaterOffer, asking: Asking
) -> bool:
    """This person said no, or was offered it again, not long ago: a later offer comes once the time
    that the contact plan leaves is over, or once something is new for the person responsible, or
    when they ask (asked_by)."""
    thread = case.thread(command.thread)
    side = thread.own_side(command.party)
    known = [at for whom, at in thread.later_offers if whom == command.party]
    if side.choice in SAID_NO and side.chosen_at is not None:
        known.append(side.chosen_at)
    if not known or command.asked_by == command.party:
        return True
    news = case.party(thread.offender).stage_at
    pause = timedelta(days=asking.contact_plan.later_offer_days)
    return asking.on - max(known) >= pause or (news is not None and news > max(known))


def _in_measure(offers: tuple[datetime, ...], asking: Asking) -> bool:
    if not offers:
        return True
    plan = asking.contact_plan
    apart = working_days_between(offers[-1], asking.on)
    return len(offers) < plan.offers and apart >= plan.days_apart


def _as_they_wish(person: Party, asked_by: str | None, at: datetime) -> bool:
    """The plan is for the two sides: whoever helps them, or comes with them, is rung as needed."""
    day = person.next_contact
    theirs = day is not None and local_day(day) == local_day(at)
    return theirs or asked_by == person.id or not person.is_of_a_pair


def unanswered(case: Case, person: Party, at: datetime) -> tuple[Attempt, ...]:
    """Return the attempts that they may have noticed, since they or something new was heard of."""
    pairs = case.threads_of(person.id)
    since = [pair.current.opened_at for pair in pairs]
    since += [when for pair in pairs for whom, when in pair.later_offers if whom == person.id]
    since += [when for when in (person.heard_at, person.next_contact) if when and when <= at]
    began = max(since, default=person.since)
    return tuple(
        a
        for a in person.attempts
        if a.at >= began and a.outcome not in WENT_ELSEWHERE | {ContactOutcome.SPOKE}
    )


def _something_booked(case: Case, person: Party) -> bool:
    pairs = {pair.id for pair in case.threads_of(person.id)}
    return any(not i.over and pairs & set(i.threads) for i in case.interventions.values())
