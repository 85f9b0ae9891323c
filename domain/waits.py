"""What a case waits for: one row a wait, whom it binds, how long, and what follows.

Every limit binds the service; none binds a victim. A wait that is missed is an event and a task,
and never changes anybody's choice. A wait without a limit is at a person's own pace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import days_after, end_of, local_day, working_days_after
from domain.case import Case
from domain.interventions import participants
from domain.pair import Episode, Thread
from domain.party import Party
from domain.words import Choice, InterventionState, ItemState, LetterState, Wish


class Limits(BaseModel):
    """How long the service gives itself: working days unless the name says otherwise.

    1 and 5 days for information and 2 for referral on are the Victims' Code's (3.4-3.6, 4.5); the
    others are this service's own defaults, to be set locally.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    information: int = Field(default=5, ge=1)
    information_enhanced_rights: int = Field(default=1, ge=1)
    enquiry: int = Field(default=2, ge=1)
    acknowledge: int = Field(default=2, ge=1)
    first_contact: int = Field(default=5, ge=1)
    allocation: int = Field(default=5, ge=1)
    facilitators_meeting: int = Field(default=10, ge=1)
    countersign: int = Field(default=5, ge=1)
    service_silence: int = Field(default=20, ge=1)
    local_resolution_review: int = Field(default=5, ge=1)
    task: int = Field(default=1, ge=1)
    follow_up: tuple[int, ...] = (2, 10, 30)
    follow_up_days: tuple[int, ...] = (91, 182)
    """Calendar days after it was held: three and six months."""


class Binds(StrEnum):
    """Whom a wait is on."""

    STAFF = "staff"
    CLOCK = "clock"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that a case waits for now."""

    name: str
    subject: str
    """A person, a pair, an intervention or the case."""
    binds: Binds
    since: datetime
    due: datetime | None
    whom: str | None
    """The practitioner whose task it is; None for a supervisor, or for a person's own pace."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this wait from any other, its date included."""
        return self.name, self.subject, self.due.isoformat() if self.due else ""


Found = Iterator[tuple[str, datetime, datetime | None]]
"""Subject, since when, and when it falls due (None: at a person's own pace)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a wait, what it means to staff, and how it is found in a case."""

    name: str
    sentence: str
    binds: Binds
    whose: str
    """`worker`, `facilitator` or `supervisor`: whose task it is."""
    find: Callable[[Case, Limits], Found]


def waits(case: Case, limits: Limits) -> tuple[Wait, ...]:
    """Return everything that the case waits for, what falls due first in front."""
    found = [
        Wait(row.name, subject, row.binds, since, due, _whom(case, row.whose))
        for row in TABLE
        for subject, since, due in row.find(case, limits)
    ]
    return tuple(sorted(found, key=lambda w: (w.due is None, w.due or w.since, w.name, w.subject)))


def overdue(case: Case, limits: Limits, at: datetime) -> tuple[Wait, ...]:
    """Return the waits that fell due by this moment and were not told to be missed yet."""
    return tuple(
        w
        for w in waits(case, limits)
        if w.due is not None and w.due <= at and w.key not in case.missed
    )


def next_due(case: Case, limits: Limits) -> datetime | None:
    """Return the earliest moment at which something falls due that was not told yet."""
    dues = [w.due for w in waits(case, limits) if w.due is not None and w.key not in case.missed]
    return min(dues, default=None)


def _whom(case: Case, whose: str) -> str | None:
    if whose == "facilitator":
        return case.lead or case.case_worker
    return case.case_worker or case.lead if whose == "worker" else case.supervisor


def _enquiry(case: Case, limits: Limits) -> Found:
    waiting = case.enquiry_at and not case.enquiry_ended and not case.referred_at
    if waiting and case.enquiry_at:
        yield case.id, case.enquiry_at, working_days_after(case.enquiry_at, limits.enquiry)


def _discussed(case: Case, limits: Limits) -> Found:
    if case.discussed_at and not case.referred_at and not case.threads:
        yield (
            case.id,
            case.discussed_at,
            working_days_after(case.discussed_at, limits.service_silence),
        )


def _acknowledge(case: Case, limits: Limits) -> Found:
    if case.referred_at and not case.accepted_at and _any_open(case):
        yield case.id, case.referred_at, working_days_after(case.referred_at, limits.acknowledge)


def _information(case: Case, limits: Limits) -> Found:
    since = case.reported_at or case.referred_at
    if since is None:
        return
    for victim in case.victims:
        if victim.informed_at is None and _may_be_contacted(case, victim):
            enhanced = victim.enhanced_rights or victim.is_child
            days = limits.information_enhanced_rights if enhanced else limits.information
            yield victim.id, since, working_days_after(since, days)


def _first_contact(case: Case, limits: Limits) -> Found:
    if case.referred_at is None:
        return
    for victim in case.victims:
        reached = victim.last_contact or victim.attempts
        if not reached and _may_be_contacted(case, victim):
            yield (
                victim.id,
                case.referred_at,
                working_days_after(case.referred_at, limits.first_contact),
            )


def _allocation(case: Case, limits: Limits) -> Found:
    since = case.accepted_at
    if since and case.lead is None and _any_open(case):
        yield case.id, since, working_days_after(since, limits.allocation)


def _facilitators_meeting(case: Case, limits: Limits) -> Found:
    for thread, episode in _under_way(case):
        side = episode.victim
        waiting = side.interested_at and side.meeting_offered_at is None and side.met_at is None
        if waiting and side.interested_at and _may_be_contacted(case, case.party(thread.victim)):
            due = working_days_after(side.interested_at, limits.facilitators_meeting)
            yield thread.id, side.interested_at, due


def _countersign(case: Case, limits: Limits) -> Found:
    for thread, episode in _under_way(case):
        risk = episode.risk
        if case.sensitivity == "SENSITIVE_COMPLEX" and risk and not risk.countersigned_by:
            yield (
                thread.id,
                risk.decided_at,
                working_days_after(risk.decided_at, limits.countersign),
            )


def _contact_as_they_asked(case: Case, limits: Limits) -> Found:
    for person in case.parties.values():
        if person.next_contact and not person.no_contact:
            yield person.id, person.next_contact, person.next_contact


def _debrief(case: Case, limits: Limits) -> Found:
    for intervention in case.interventions.values():
        held = intervention.state in DEBRIEFED and intervention.type != "LOCAL_RESOLUTION"
        if not held or intervention.ended_at is None:
            continue
        for person in sorted(participants(case, intervention) - intervention.debriefed):
            if _may_be_contacted(case, case.party(person)):
                yield (
                    f"{intervention.id}/{person}",
                    intervention.ended_at,
                    days_after(intervention.ended_at, 0),
                )


def _follow_up(case: Case, limits: Limits) -> Found:
    for thread, episode in _under_way(case):
        if episode.held_at is None:
            continue
        for person in (thread.victim, thread.offender):
            party = case.party(person)
            due = _nth_follow_up(episode.held_at, party.followed_up, limits)
            if due and not party.follow_up_declined and _may_be_contacted(case, party):
                yield f"{thread.id}/{person}", episode.held_at, due


def _nth_follow_up(held: datetime, done: int, limits: Limits) -> datetime | None:
    if done < len(limits.follow_up):
        return working_days_after(held, limits.follow_up[done])
    later = done - len(limits.follow_up)
    if later < len(limits.follow_up_days):
        return days_after(held, limits.follow_up_days[later])
    return None


def _item(case: Case, limits: Limits) -> Found:
    for item in case.items.values():
        if item.state in OWED:
            due = end_of(local_day(item.due)) if item.due else None
            yield item.id, item.due or case.opened_at or EPOCH, due


def _telling(case: Case, limits: Limits) -> Found:
    for item in case.items.values():
        victim = case.party(case.thread(item.thread).victim)
        settled = item.state not in OWED and not item.told
        wants = Wish.AGREEMENT_PROGRESS in victim.wishes and Wish.NOT_BE_TOLD not in victim.wishes
        if settled and wants and _may_be_contacted(case, victim):
            since = case.thread(item.thread).current.last_activity or EPOCH
            yield item.id, since, working_days_after(since, limits.task)


def _review_resolution(case: Case, limits: Limits) -> Found:
    if case.resolution_at and not case.resolution_reviewed:
        due = working_days_after(case.resolution_at, limits.local_resolution_review)
        yield case.id, case.resolution_at, due


def _task(case: Case, limits: Limits) -> Found:
    for task in case.tasks.values():
        yield task.id, task.since, working_days_after(task.since, limits.task)


def _letter(case: Case, limits: Limits) -> Found:
    for letter in case.letters.values():
        if letter.state in IN_CUSTODY and not case.thread(letter.thread).open:
            yield letter.id, case.thread(letter.thread).current.last_activity or EPOCH, None


def _their_pace(case: Case, limits: Limits) -> Found:
    for thread, episode in _under_way(case):
        if episode.victim.choice in AT_THEIR_PACE:
            yield thread.id, episode.victim.chosen_at or episode.opened_at, None
        elif episode.offender.choice in AT_THEIR_PACE:
            yield thread.id, episode.offender.chosen_at or episode.opened_at, None


def _silence(case: Case, limits: Limits) -> Found:
    for thread, episode in _under_way(case):
        choices = {episode.victim.choice, episode.offender.choice}
        if not choices & AT_THEIR_PACE:
            since = episode.last_activity or episode.opened_at
            yield thread.id, since, working_days_after(since, limits.service_silence)


def _any_open(case: Case) -> bool:
    return any(t.open for t in case.threads.values())


def _under_way(case: Case) -> Iterator[tuple[Thread, Episode]]:
    return ((t, t.current) for t in case.threads.values() if t.open)


def _may_be_contacted(case: Case, party: Party) -> bool:
    return not party.no_contact and not party.died and bool(case.open_threads_of(party.id))


EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
AT_THEIR_PACE = frozenset({Choice.CONSIDERING, Choice.DEFERRED, Choice.PAUSED})
OWED = frozenset({ItemState.AGREED, ItemState.IN_PROGRESS, ItemState.VARIED})
IN_CUSTODY = frozenset({LetterState.HELD, LetterState.HELD_FOR_RECIPIENT})
DEBRIEFED = frozenset(
    {
        InterventionState.COMPLETED,
        InterventionState.STOPPED_BY_FACILITATOR,
        InterventionState.STOPPED_BY_PARTICIPANT,
    }
)

STAFF, CLOCK, PERSON = Binds.STAFF, Binds.CLOCK, Binds.PERSON
TABLE: tuple[Row, ...] = (
    Row("enquiry", "see whether the enquiry becomes a referral", STAFF, "worker", _enquiry),
    Row("discussion", "see whether a referral is wished", STAFF, "worker", _discussed),
    Row("acknowledge", "accept the referral and tell the referrer", STAFF, "worker", _acknowledge),
    Row("information", "give the victim information", STAFF, "worker", _information),
    Row("first_contact", "make first contact with the victim", STAFF, "worker", _first_contact),
    Row("allocation", "allocate a facilitator", STAFF, "supervisor", _allocation),
    Row(
        "facilitators_meeting",
        "offer the victim a facilitator's meeting",
        STAFF,
        "facilitator",
        _facilitators_meeting,
    ),
    Row("countersign", "countersign the decision on risk", STAFF, "supervisor", _countersign),
    Row(
        "contact_as_they_asked",
        "be in touch on the day that the person set",
        CLOCK,
        "facilitator",
        _contact_as_they_asked,
    ),
    Row("debrief", "debrief everybody who was there", STAFF, "facilitator", _debrief),
    Row("follow_up", "ask how the person is", STAFF, "facilitator", _follow_up),
    Row("agreed_item", "see what became of an agreed item", STAFF, "facilitator", _item),
    Row("telling", "tell the victim what became of an item", STAFF, "facilitator", _telling),
    Row(
        "local_resolution_review",
        "look at how a local resolution was done",
        STAFF,
        "supervisor",
        _review_resolution,
    ),
    Row("task", "deal with a concern, a breach or a late entry", STAFF, "supervisor", _task),
    Row("letter_in_custody", "a letter is held at somebody's wish", PERSON, "facilitator", _letter),
    Row("their_pace", "waiting at their pace", PERSON, "facilitator", _their_pace),
    Row("service_silence", "nothing was done on this pair", STAFF, "facilitator", _silence),
)
"""Every wait there is. A new one is a row and its function."""
