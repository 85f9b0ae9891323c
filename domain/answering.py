"""What an entry of the data-protection register waits for, and how long: one row a clock.

What is closed waits for somebody to look at whether its words are still needed, when its time by
the retention table is over (domain/retention.py), and for the erasure that was decided then.

All of it binds the service. The month and its extension are those of section 54 of the Data
Protection Act 2018 and Article 12A of the UK GDPR, the 72 hours those of section 67 and Article 33.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.calendar import months_after, working_days_after
from domain.dossier import DOES
from domain.order import left_to_do
from domain.owed.row import Binds
from domain.retention import kept_until
from domain.waits import Wait
from domain.words import AskedBack, BreachRisk, Right

if TYPE_CHECKING:
    from domain.dossier import Dossier, Request
    from domain.limits import Limits

TO_THE_COMMISSIONER = timedelta(hours=72)
"""From becoming aware of a breach to notifying the Information Commissioner; nights count."""
FOLLOW_ORDER = "follow_order"
"""The wait of a dossier for the cases in which something of it is still to be done."""
ERASE_WORDS = "dossier_erasure"
"""The wait of a closed dossier for the vault, where it is decided that its words are erased."""
REVIEW = "dossier_review"
"""The wait of a closed dossier for somebody to look at whether its words are needed: for years."""
EXTENSION = 2
"""Months by which an answer may be put off where requests are complex or many."""
Found = Iterator[tuple[datetime, datetime]]
"""Since when, and when it falls due."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a wait, what it means to the data-protection officer, and how it is found."""

    name: str
    sentence: str
    find: Callable[[Dossier, Limits], Found]
    closed: bool = False
    """Whether it is waited for once the dossier is closed, and not before."""


def waits_of(dossier: Dossier, limits: Limits) -> tuple[Wait, ...]:
    """Return everything that this dossier waits for, what falls due first in front."""
    found = [
        Wait(row.name, dossier.id, Binds.STAFF, since, due, None)
        for row in ANSWERING
        if row.closed is not dossier.open
        for since, due in row.find(dossier, limits)
    ]
    return tuple(sorted(found, key=lambda wait: (wait.due or wait.since, wait.name)))


def missed_of(dossier: Dossier, limits: Limits, at: datetime) -> tuple[Wait, ...]:
    """Return what fell due by this moment and was not told to be missed yet."""
    return tuple(w for w in _to_tell(dossier, limits) if w.due is not None and w.due <= at)


def next_due_of(dossier: Dossier, limits: Limits) -> datetime | None:
    """Return the earliest moment at which something is to be told to be missed."""
    return min((w.due for w in _to_tell(dossier, limits) if w.due is not None), default=None)


def answer_due(dossier: Dossier) -> datetime | None:
    """Return when a request is to be answered; None while whoever asked is awaited."""
    request = dossier.request
    if request is None or dossier.opened_at is None or request.asked_back:
        return None
    return _month(dossier, request, 1 + (EXTENSION if request.extended_at else 0))


def first_month(dossier: Dossier) -> datetime | None:
    """Return by when an extension has to be told."""
    request = dossier.request
    return None if request is None else _month(dossier, request, 1)


def _month(dossier: Dossier, request: Request, months: int) -> datetime | None:
    begins = request.begins_at or dossier.opened_at
    return months_after(begins, months, request.days_out) if begins else None


def _to_tell(dossier: Dossier, limits: Limits) -> list[Wait]:
    return [wait for wait in waits_of(dossier, limits) if wait.key not in dossier.missed]


def _identify(dossier: Dossier, limits: Limits) -> Found:
    request, since = dossier.request, dossier.opened_at
    asked = request is not None and AskedBack.WHO_THEY_ARE in request.asked_back
    if request and since and not request.is_known_who_asks and not asked:
        yield since, working_days_after(since, limits.identify_requester)


def _answer(dossier: Dossier, limits: Limits) -> Found:  # noqa: ARG001
    due = answer_due(dossier)
    if due is not None and dossier.opened_at is not None:
        yield dossier.opened_at, due


def _carry_out(dossier: Dossier, limits: Limits) -> Found:
    request = dossier.request
    if request is None or request.decided_at is None or request.decision not in DOES:
        return
    done = request.copied_at if request.right is Right.ACCESS else request.carried_out
    if not done or left_to_do(dossier):
        since = request.decided_at
        yield since, working_days_after(since, limits.carry_out_request)


def _follow_order(dossier: Dossier, limits: Limits) -> Found:
    order = dossier.request.order if dossier.request else None
    if order and left_to_do(dossier):
        yield order.since, working_days_after(order.since, limits.task)


def _assess(dossier: Dossier, limits: Limits) -> Found:
    breach, since = dossier.breach, dossier.opened_at
    if breach and since and breach.assessed_at is None:
        yield since, working_days_after(since, limits.assess_breach)


def _notify(dossier: Dossier, limits: Limits) -> Found:  # noqa: ARG001
    breach, since = dossier.breach, dossier.opened_at
    if breach and since and not breach.notified_at and breach.risk is not BreachRisk.RISK_UNLIKELY:
        yield since, since + TO_THE_COMMISSIONER


def _tell_people(dossier: Dossier, limits: Limits) -> Found:
    breach = dossier.breach
    if breach is None or breach.risk is not BreachRisk.HIGH_RISK or breach.assessed_at is None:
        return
    if not breach.people_told_at and not breach.not_told:
        since = breach.assessed_at
        yield since, working_days_after(since, limits.tell_of_breach)


def _close(dossier: Dossier, limits: Limits) -> Found:
    since = dossier.opened_at if dossier.breach else None
    if since:
        yield since, working_days_after(since, limits.close_breach)


def _decide_notes(dossier: Dossier, limits: Limits) -> Found:
    notes, since = dossier.notes, dossier.opened_at
    if notes and since and notes.decided_at is None:
        yield since, working_days_after(since, limits.decide_notes)


def _answer_notes(dossier: Dossier, limits: Limits) -> Found:
    since = dossier.notes.decided_at if dossier.notes else None
    if since:
        yield since, working_days_after(since, limits.answer_notes)


def _review(dossier: Dossier, limits: Limits) -> Found:
    since, due = dossier.closing_recorded, kept_until(dossier, limits.retention)
    if since and due and dossier.has_words:
        yield since, due


def _erase_words(dossier: Dossier, limits: Limits) -> Found:
    if dossier.erasing:
        since = dossier.erasing.since
        yield since, working_days_after(since, limits.task)


ANSWERING = (
    Row("identify_requester", "make sure who asked, or ask them who they are", _identify),
    Row("answer_request", "answer whoever asked about their data, in writing", _answer),
    Row("carry_out_request", "do what was decided on a request, or have it done", _carry_out),
    Row(FOLLOW_ORDER, "have what was decided done in each of their cases", _follow_order),
    Row("assess_breach", "judge what a breach means for the people", _assess),
    Row("notify_commissioner", "notify the Information Commissioner of a breach", _notify),
    Row("tell_of_breach", "tell the people of a breach, or say why not", _tell_people),
    Row("close_breach", "see that a breach cannot happen again, and close it", _close),
    Row("decide_notes", "decide whether notes that somebody asks for are given", _decide_notes),
    Row("answer_notes", "answer whoever asked for notes, with what is given", _answer_notes),
    Row(
        REVIEW,
        "look at whether the words of this closed entry are still needed: keep them, or erase them",
        _review,
        closed=True,
    ),
    Row(
        ERASE_WORDS,
        "have the key of the words of this closed entry destroyed; it is under way",
        _erase_words,
        closed=True,
    ),
)
"""Every clock of the register. A new one is a row and its function."""
