"""What is watched while a pair is under way: signatures, reviews, tasks, dates, silence."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from domain.approach import day_came, may_be_spoken_to
from domain.calendar import end_of, local_day, working_days_after
from domain.owed.who import has_a_pair, under_way
from domain.pair import AT_THEIR_PACE, SAID_NO
from domain.party import BEFOREHAND
from domain.quality import has_its_own_clock
from domain.words import Choice, Sensitivity, Understanding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.case import Case, Episode, Thread
    from domain.limits import Limits
    from domain.owed.who import Found


def countersign(case: Case, limits: Limits) -> Found:
    """Yield the decisions on risk in a sensitive case that nobody countersigned."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return
    for thread, episode in under_way(case):
        risk = episode.risk
        if risk and not risk.countersigned_by and not risk.stale:
            yield (
                thread.id,
                risk.decided_at,
                working_days_after(risk.decided_at, limits.countersign),
            )


def best_interest(case: Case, limits: Limits) -> Found:
    """Yield each child who says yes while their adult says no, until a supervisor decided."""
    for thread, _ in under_way(case):
        for person in thread.people:
            side = thread.side(person)
            since = side.adult_no_at
            if since and side.choice is Choice.CONSENTED and side.decided_for_child is None:
                due = working_days_after(since, limits.best_interest)
                yield f"{thread.id}/{person}", since, due


def after_a_change(case: Case, limits: Limits) -> Found:
    """Yield the pairs in which a change made something stale that was not asked again yet, unless
    one of the two is at their own pace, or said no."""
    for thread, episode in under_way(case):
        if episode.shaken_at and episode.to_ask_again and not _left_alone(episode):
            due = working_days_after(episode.shaken_at, limits.after_a_change)
            yield thread.id, episode.shaken_at, due


def new_facilitator(case: Case, limits: Limits) -> Found:
    """Yield everybody whom a former facilitator met, to be asked about the new one; not whoever
    rings themselves or set a day."""
    lead, since = case.lead, case.lead_since
    if lead is None or since is None:
        return
    for person in case.parties.values():
        new = person.met_by not in (None, lead) and lead not in person.not_wanted
        if new and may_be_spoken_to(case, person.id) and has_a_pair(case, person):
            yield person.id, since, working_days_after(since, limits.new_facilitator)


def _left_alone(episode: Episode) -> bool:
    return any(s.choice in AT_THEIR_PACE | SAID_NO for s in (episode.victim, episode.offender))


def understanding(case: Case, limits: Limits) -> Found:
    """Yield the people of whom it is doubted whether they understand, until it was decided."""
    for person in case.parties.values():
        since = person.understanding_at
        doubted = person.understanding is Understanding.DOUBTED and person.reachable
        if doubted and since and has_a_pair(case, person):
            yield person.id, since, working_days_after(since, limits.understanding)


def risk_review(case: Case, limits: Limits) -> Found:
    """Yield the pairs whose risk is looked at again: on the first day set for the decision or for
    an item of it, or a while after a decision without a day."""
    for thread, episode in under_way(case):
        if not case.held(thread.id):
            looks = sorted(_to_look_again(episode, limits), key=itemgetter(1))
            yield from ((thread.id, since, due) for since, due in looks[:1])


def _to_look_again(episode: Episode, limits: Limits) -> Iterator[tuple[datetime, datetime]]:
    for found in episode.risk_items.values():
        if found.review_on:
            yield found.found_at, end_of(local_day(found.review_on))
    risk = episode.risk
    if risk and not risk.stale:
        if risk.review_on:
            yield risk.decided_at, end_of(local_day(risk.review_on))
        elif not _left_alone(episode):
            yield risk.decided_at, working_days_after(risk.decided_at, limits.risk_review)


def contact_as_they_asked(case: Case, limits: Limits) -> Found:
    """Yield everybody who set a day for the next contact, until there was one, or they were tried
    as often since as the contact plan has it: then they are left to ring."""
    for person in case.parties.values():
        day = person.next_contact
        if (
            day
            and person.reachable
            and len(person.attempts_since(day)) < limits.contact_plan.attempts
        ):
            yield person.id, day, day


def promised_contact(case: Case, limits: Limits) -> Found:
    """Yield everybody whose day came and whom nobody has tried to reach since."""
    for person in case.parties.values():
        day = person.next_contact
        if (
            day
            and day_came(case, person)
            and person.reachable
            and not person.attempts_since(day - BEFOREHAND)
        ):
            yield person.id, day, working_days_after(day, limits.promised_contact)


def task(case: Case, limits: Limits) -> Found:
    """Yield what somebody has to look at, as far as it has no track of its own."""
    for one in case.tasks.values():
        if has_its_own_clock(case, one.id):
            continue
        yield one.id, one.since, working_days_after(one.since, limits.task)


def their_pace(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield the pairs that wait at the pace of one of their people, the victim's first."""
    for thread, episode in under_way(case):
        waiting = _at_their_pace(case, thread)
        if waiting:
            yield thread.id, thread.side(waiting).chosen_at or episode.opened_at, None


def service_silence(case: Case, limits: Limits) -> Found:
    """Yield every other pair under way: the service sees to it that something is done."""
    for thread, episode in under_way(case):
        if not _at_their_pace(case, thread):
            since = episode.last_activity or episode.opened_at
            yield thread.id, since, working_days_after(since, limits.service_silence)


def _at_their_pace(case: Case, thread: Thread) -> str | None:
    for name in thread.people:
        if thread.side(name).choice in AT_THEIR_PACE and case.party(name).reachable:
            return name
    return None
