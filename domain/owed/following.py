"""What is owed after something was held: debriefs, follow-up, agreed items, letters in custody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_be_spoken_to, may_be_told
from domain.calendar import days_after, end_of, local_day, working_days_after
from domain.interventions import participants, there
from domain.owed.who import under_way
from domain.shown import UNFINISHED
from domain.words import InterventionState, InterventionType, LetterState, Wish

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.exchange import Intervention
    from domain.limits import Limits
    from domain.owed.who import Found

DEBRIEFED = frozenset(
    {
        InterventionState.COMPLETED,
        InterventionState.STOPPED_BY_FACILITATOR,
        InterventionState.STOPPED_BY_PARTICIPANT,
    }
)
OFF = frozenset({InterventionState.POSTPONED, InterventionState.CANCELLED})
IN_CUSTODY = frozenset({LetterState.DRAFTED, LetterState.HELD, LetterState.HELD_FOR_RECIPIENT})


def debrief(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield everybody who took part in something that was held or stopped, until debriefed."""
    for intervention in case.interventions.values():
        ended = intervention.ended_at
        on_the_spot = intervention.type is InterventionType.LOCAL_RESOLUTION
        if ended is None or on_the_spot or intervention.state not in DEBRIEFED:
            continue
        for name in sorted(there(case, intervention) - intervention.debriefed):
            person = case.party(name)
            declined = person.no_follow_up_at is not None and person.no_follow_up_at >= ended
            left_alone = declined or person.is_left_to_the_referrer
            if may_be_told(case, name) and not left_alone:
                yield f"{intervention.id}/{name}", ended, days_after(ended, 0)


def where_it_stands(case: Case, limits: Limits) -> Found:
    """Yield everybody who was to take part in what is off, until they were told that much."""
    for intervention in case.interventions.values():
        if intervention.state not in OFF or not _is_of_today(case, intervention):
            continue
        for name in sorted(participants(case, intervention) - intervention.knows):
            person = case.party(name)
            if may_be_told(case, name) and Wish.NOT_BE_TOLD not in person.wishes:
                since = intervention.since
                yield f"{intervention.id}/{name}", since, working_days_after(since, limits.task)


def _is_of_today(case: Case, intervention: Intervention) -> bool:
    """Say whether a pair of it is under way in the pass it was planned in: else all were told how
    that ended."""
    pairs = (case.thread(thread) for thread in intervention.threads)
    return any(t.open and t.current.number == intervention.episodes.get(t.id) for t in pairs)


def follow_up(case: Case, limits: Limits) -> Found:
    """Yield the next follow-up of each person of a pair for whom something was held."""
    for thread, episode in under_way(case):
        held = case.held(thread.id)
        if not held:
            continue
        first = held[0].ended_at or held[0].planned_at
        for name in thread.people:
            person = case.party(name)
            declined = person.no_follow_up_at and person.no_follow_up_at >= episode.opened_at
            due = _nth(first, thread.side(name).followed_up, limits)
            if due and not declined and may_be_spoken_to(case, name):
                yield f"{thread.id}/{name}", first, due


def _nth(held: datetime, done: int, limits: Limits) -> datetime | None:
    if done < len(limits.follow_up):
        return working_days_after(held, limits.follow_up[done])
    later = done - len(limits.follow_up)
    if later < len(limits.follow_up_days):
        return days_after(held, limits.follow_up_days[later])
    return None


def agreed_item(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield each agreed item of which it is not known what became of it."""
    for item in case.items.values():
        if item.state in UNFINISHED and not case.party(item.owner).died:
            yield item.id, item.since, end_of(local_day(item.due)) if item.due else None


def telling(case: Case, limits: Limits) -> Found:
    """Yield each settled item of which the victim, who wanted to know, was not told."""
    for item in case.items.values():
        victim = case.party(case.thread(item.thread).victim)
        settled = item.state not in UNFINISHED and not item.told
        wants = Wish.AGREEMENT_PROGRESS in victim.wishes and Wish.NOT_BE_TOLD not in victim.wishes
        if settled and wants and may_be_told(case, victim.id):
            yield item.id, item.since, working_days_after(item.since, limits.task)


def letter_in_custody(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield each letter that the service keeps for somebody although the pair has ended."""
    for letter in case.letters.values():
        thread = case.thread(letter.thread)
        if letter.state in IN_CUSTODY and not thread.open:
            yield letter.id, thread.current.last_activity or thread.current.opened_at, None


def local_resolution_review(case: Case, limits: Limits) -> Found:
    """Yield a local resolution that no supervisor looked at yet."""
    since = case.resolution_at
    if since and not case.resolution_reviewed:
        yield case.id, since, working_days_after(since, limits.local_resolution_review)
