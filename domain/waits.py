"""What a case waits for: one row a wait, whom it binds, how long, and what follows.

Every limit binds the service; none binds a victim. A wait that is missed is an event and a task,
and never changes anybody's choice. A wait without a limit is at a person's own pace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.calendar import working_days_after
from domain.case import Case, wait_key
from domain.limits import Limits
from domain.owed import following, keeping, opening, watching
from domain.owed.diary import AT_ONCE
from domain.owed.keeping_data import DATA
from domain.owed.outward import OUTWARD
from domain.owed.row import Binds, Row
from domain.owed.upkeep import UPKEEP
from domain.owed.who import Found

__all__ = ["TABLE", "Binds", "Found", "Limits", "Row", "Wait", "next_due", "overdue", "waits"]


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
        return wait_key(self.name, self.subject, self.due)


def waits(case: Case, limits: Limits) -> tuple[Wait, ...]:
    """Return everything that the case waits for, what falls due first in front."""
    found = [
        Wait(row.name, subject, row.binds, since, due, _whom(case, row.whose, subject))
        for row in TABLE
        for subject, since, due in row.find(case, limits)
    ]
    return tuple(sorted(found, key=lambda w: (w.due is None, w.due or w.since, w.name, w.subject)))


def overdue(case: Case, limits: Limits, at: datetime) -> tuple[Wait, ...]:
    """Return the waits that fell due by this moment and were not told to be missed yet.

    What was overdue already when the service came to know of it, because it was entered late, is
    told only after some time to enter what else was done: else a week on paper would look missed.
    """
    waiting = waits(case, limits)
    return tuple(wait for told, wait in _to_tell(case, limits, waiting) if told <= at)


def next_due(
    case: Case, limits: Limits, waiting: tuple[Wait, ...] | None = None
) -> datetime | None:
    """Return the earliest moment at which something is to be told that was not told yet.

    `waiting` is what the case waits for, if that is at hand.
    """
    waiting = waits(case, limits) if waiting is None else waiting
    return min((told for told, _ in _to_tell(case, limits, waiting)), default=None)


def _to_tell(case: Case, limits: Limits, waiting: tuple[Wait, ...]) -> list[tuple[datetime, Wait]]:
    return [
        (_told_at(case, limits, wait, wait.due), wait)
        for wait in waiting
        if wait.due is not None and wait.key not in case.missed
    ]


def _told_at(case: Case, limits: Limits, wait: Wait, due: datetime) -> datetime:
    late = case.entered_late_at
    waits_for_staff = wait.binds is Binds.STAFF and wait.name not in AT_ONCE
    if late is None or due > late or not waits_for_staff:
        return due
    return working_days_after(late, limits.catching_up)


def _whom(case: Case, whose: str, subject: str) -> str | None:
    if whose == "as_missed":
        clock = case.clocks[subject]
        whose = next((r.whose for r in TABLE if r.name == clock.wait), "supervisor")
        return _whom(case, whose, clock.subject)
    return _WHOM[whose](case, subject) if whose in _WHOM else None


def _auditor(case: Case, subject: str) -> str | None:
    sample = case.findings[subject].sample if subject in case.findings else subject
    return case.audits[sample].by if sample in case.audits else None


def _booked(case: Case, subject: str) -> str | None:
    # What it was missed of may have been taken back since, as entered in error.
    booked = case.appointments.get(subject)
    return booked.staff[0] if booked else case.lead or case.case_worker


def _specialist(case: Case, subject: str) -> str | None:
    asked = case.consultations.get(subject)
    return asked.specialist if asked else case.lead or case.case_worker


def _holder(case: Case, subject: str) -> str | None:
    return case.packs[subject].holder if subject in case.packs else case.supervisor


def _looking_for(case: Case, visitor: str) -> str | None:
    # Whoever is missing cannot look for themselves: then it is any supervisor's.
    return None if case.supervisor == visitor else case.supervisor


_WHOM: Mapping[str, Callable[[Case, str], str | None]] = {
    "facilitator": lambda case, _: case.lead or case.case_worker,
    "worker": lambda case, _: case.case_worker or case.lead,
    "supervisor": lambda case, _: case.supervisor,
    "auditor": _auditor,
    "booked": _booked,
    "holder": _holder,
    "visitor": lambda _, subject: subject,
    "looking_for": _looking_for,
    "specialist": _specialist,
}
"""Whose task it is; of what is not here, any supervisor's."""
STAFF, CLOCK, PERSON = Binds.STAFF, Binds.CLOCK, Binds.PERSON
TABLE: tuple[Row, ...] = (
    Row("enquiry", "see whether the enquiry becomes a referral", STAFF, "worker", opening.enquiry),
    Row("discussion", "see whether a referral is wished", STAFF, "worker", opening.discussion),
    Row(
        "acknowledge",
        "accept the referral and tell the referrer",
        STAFF,
        "worker",
        opening.acknowledge,
    ),
    Row("information", "give the victim information", STAFF, "worker", opening.information),
    Row(
        "first_contact",
        "make first contact with the victim",
        STAFF,
        "worker",
        opening.first_contact,
    ),
    Row(
        "classification",
        "classify the case: until then nobody is joined, and some are not even approached",
        STAFF,
        "facilitator",
        opening.classification,
    ),
    Row("allocation", "allocate a facilitator", STAFF, "supervisor", opening.allocation),
    Row(
        "waiting_told",
        "tell the victim that it waits for a facilitator, and whom to ring",
        STAFF,
        "worker",
        opening.waiting,
    ),
    Row(
        "facilitators_meeting",
        "offer the victim a facilitator's meeting",
        STAFF,
        "facilitator",
        opening.facilitators_meeting,
    ),
    Row(
        "facilitators_meeting_held",
        "hold the facilitator's meeting that the victim was offered, as they prefer",
        STAFF,
        "facilitator",
        opening.facilitators_meeting_held,
    ),
    Row(
        "held_approach",
        "decide whether the victim may hear of what the offender began",
        STAFF,
        "second",
        opening.held_approach,
    ),
    Row("countersign", "countersign the decision on risk", STAFF, "second", watching.countersign),
    Row(
        "best_interest",
        "decide in a child's best interest, where their adult says no",
        STAFF,
        "supervisor",
        watching.best_interest,
    ),
    Row(
        "after_a_change",
        "ask and decide again what a change made stale",
        STAFF,
        "facilitator",
        watching.after_a_change,
    ),
    Row(
        "understanding",
        "decide whether the person can understand, with the help that they need",
        STAFF,
        "facilitator",
        watching.understanding,
    ),
    Row(
        "new_facilitator",
        "ask whether the new facilitator is acceptable to them",
        STAFF,
        "worker",
        watching.new_facilitator,
    ),
    Row("risk_review", "look at the risk again", STAFF, "facilitator", watching.risk_review),
    Row(
        "contact_as_they_asked",
        "be in touch on the day that the person set",
        CLOCK,
        "facilitator",
        watching.contact_as_they_asked,
    ),
    Row(
        "promised_contact",
        "be in touch with this person, who was promised it for a day that has come",
        STAFF,
        "facilitator",
        watching.promised_contact,
    ),
    *OUTWARD,
    *DATA,
    *UPKEEP,
    Row("debrief", "debrief everybody who was there", STAFF, "facilitator", following.debrief),
    Row(
        "where_it_stands",
        "tell everybody that it is put off or does not go ahead, and no more",
        STAFF,
        "facilitator",
        following.where_it_stands,
    ),
    Row("follow_up", "ask how the person is", STAFF, "facilitator", following.follow_up),
    Row(
        "agreed_item",
        "see what became of an agreed item",
        STAFF,
        "facilitator",
        following.agreed_item,
    ),
    Row(
        "telling", "tell the victim what became of an item", STAFF, "facilitator", following.telling
    ),
    Row(
        "local_resolution_review",
        "look at how a local resolution was done",
        STAFF,
        "supervisor",
        following.local_resolution_review,
    ),
    Row(
        "task",
        "deal with a concern, a breach, a conflict, a mistake or a late entry",
        STAFF,
        "supervisor",
        watching.task,
    ),
    Row(
        "letter_in_custody",
        "a letter is held at somebody's wish",
        PERSON,
        "facilitator",
        following.letter_in_custody,
    ),
    Row(
        "letter_review",
        "ask whoever a kept letter belongs to what they want with it; it is kept meanwhile",
        STAFF,
        "facilitator",
        keeping.letter_review,
    ),
    Row("their_pace", "waiting at their pace", PERSON, "facilitator", watching.their_pace),
    Row(
        "service_silence",
        "nothing was done on this pair",
        STAFF,
        "facilitator",
        watching.service_silence,
    ),
)
"""Every wait there is. A new one is a row and its function."""
