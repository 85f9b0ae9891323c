"""What went otherwise than hoped: withdrawals (nobody's fault), harm, complaints, late clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.choice import (
    ConsentNarrowed,
    ConsentWithdrawn,
    ContactStopped,
    OfferDeclined,
)
from domain.events.clock import MissedClockExplained, WaitMissed
from domain.events.protection import ConcernRaised
from domain.pair import SAID_NO
from domain.stage import how_far
from domain.words import Choice, Concern, WithdrawalCause, Withdrew
from reports.definition import Definition, Member, Population
from reports.parts import CAUSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.case import Case
    from domain.record import Entry
    from reports.told import Told

    TookBack = ConsentWithdrawn | ConsentNarrowed | OfferDeclined | ContactStopped

_FURTHEST = [*Withdrew]
"""How far things had come, the furthest last."""
_TOOK_BACK = (ConsentWithdrawn, ConsentNarrowed, OfferDeclined, ContactStopped)
"""The words in which somebody who had agreed may take it back."""


def _withdrew(told: Told) -> Iterable[Member]:
    if told.is_case and not told.goes_on_elsewhere:
        for entry in told.entries:
            event = entry.event
            if isinstance(event, ConsentWithdrawn) and told.case.party(event.party).is_of_a_pair:
                yield _withdrawal(entry, event, told.before(entry.version), event.threads)


def _took_back(told: Told) -> Iterable[Member]:
    if told.is_case and not told.goes_on_elsewhere:
        for entry in told.entries:
            event = entry.event
            if isinstance(event, _TOOK_BACK) and told.case.party(event.party).is_of_a_pair:
                before = told.before(entry.version)
                if pairs := [*_pairs_taken_back(before, event)]:
                    yield _withdrawal(entry, event, before, pairs)


def _pairs_taken_back(before: Case, event: TookBack) -> Iterable[str]:
    """Yield the pairs in which nothing is left of what they had agreed to."""
    named = [one.id for one in before.threads_of(event.party)]
    for thread in named if isinstance(event, ContactStopped) else event.threads:
        if thread not in named or before.thread(thread).current.ended is not None:
            continue
        side = before.thread(thread).side(event.party)
        if side.consented_at is None or side.choice in SAID_NO:
            continue
        in_part = isinstance(event, ConsentNarrowed) and (
            side.choice is not Choice.CONSENTED or bool(side.scopes - set(event.scopes))
        )
        if not in_part:
            yield thread


def _withdrawal(entry: Entry, event: TookBack, before: Case, threads: Iterable[str]) -> Member:
    side = "VICTIM" if event.party.startswith("V") else "OFFENDER"
    said = event.cause if isinstance(event, ConsentWithdrawn) else WithdrawalCause.NO_REASON_GIVEN
    return Member(
        f"withdrew-{entry.version}",
        entry.effective_at,
        f"{side}:{_how_far(before, threads)}",
        event.party,
        cause=said.value,
    )


def _how_far(before: Case, threads: Iterable[str]) -> Withdrew:
    reached = (how_far(before, one) for one in threads if one in before.threads)
    return max(reached, key=_FURTHEST.index, default=Withdrew.BEFORE_START)


def _raised(concern: Concern) -> Callable[[Told], Iterable[Member]]:
    def members(told: Told) -> Iterable[Member]:
        if told.is_case:
            for entry in told.entries:
                event = entry.event
                if isinstance(event, ConcernRaised) and event.concern is concern:
                    kind = _came_to(told, entry, event)
                    yield Member(f"T{entry.version}", entry.effective_at, kind, event.party)

    return members


def _came_to(told: Told, entry: Entry, event: ConcernRaised) -> str:
    """Return what a complaint was found to be; of an adverse event, how far it had come."""
    if event.concern is Concern.COMPLAINT:
        complaint = told.case.complaints.get(f"T{entry.version}")
        return complaint.outcome.value if complaint and complaint.outcome else "NOT_ANSWERED_YET"
    before = told.before(entry.version)
    theirs = [t.id for t in before.threads_of(event.party)] if event.party else before.threads
    return _how_far(before, event.threads or theirs).value


def _missed(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (_, event) in enumerate(told.happened(WaitMissed), 1):
            yield Member(f"missed-{number}", event.due, event.wait)


def _explained(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (at, event) in enumerate(told.happened(MissedClockExplained), 1):
            yield Member(f"explained-{number}", at, event.cause.value)


WITHDREW = Population("withdrew_1", "times that somebody took their consent back", _withdrew)
TOOK_BACK = Population(
    "withdrew_2",
    "times that somebody who had agreed took all of it back, also by a no or by asking for no "
    "contact",
    _took_back,
)
ADVERSE = Population("adverse_1", "adverse events", _raised(Concern.ADVERSE_EVENT))
COMPLAINTS = Population("complaints_1", "complaints", _raised(Concern.COMPLAINT))
MISSED = Population("missed_1", "times that the service did not do in time what it owed", _missed)
EXPLAINED = Population("explained_1", "missed clocks that somebody explained", _explained)

_BY_DAY = "by the day on which they said so"
_NO_MERIT = "everybody's right at any time: few of them is no merit"
TABLE = (
    Definition(
        "withdrawals", 1, "concerns", "Withdrawals, by side and how far it had come", WITHDREW,
        cohort=_BY_DAY, beware=_NO_MERIT,
    ),
    Definition(
        "withdrawals", 2, "concerns", "Agreed, and took it back in whatever words", TOOK_BACK,
        cohort=_BY_DAY,
        beware=f"leaves out who had not agreed yet; {_NO_MERIT}",
    ),
    Definition(
        "withdrawal-causes", 1, "concerns", "Withdrawals, by why", WITHDREW, cohort=_BY_DAY,
        beware=f"nobody is asked why, and no reason is as good as any; {_NO_MERIT}", by=CAUSE,
    ),
    Definition(
        "withdrawal-causes", 2, "concerns", "Agreed, and took it back, by why", TOOK_BACK,
        cohort=_BY_DAY,
        beware="a reason is kept with a withdrawal only, none with a no or with no contact",
        by=CAUSE,
    ),
    Definition(
        "adverse-events", 1, "concerns", "Adverse events, by how far it had come", ADVERSE,
        cohort="by the day on which it happened",
        beware="counts what was reported; harmful exchanges are those while it was under way",
    ),
    Definition(
        "complaints", 1, "concerns", "Complaints, by what was found", COMPLAINTS,
        cohort="by the day on which it was made",
    ),
    Definition(
        "breaches", 1, "clocks", "Clocks missed", MISSED, cohort="by the day on which it was due",
        beware="clocks bind the service and never those who take part",
    ),
    Definition(
        "causes", 1, "clocks", "Why clocks were missed", EXPLAINED,
        cohort="by the day on which it was explained",
        beware="a cause lengthens no clock; what nobody explained yet is not in it",
    ),
)  # fmt: skip
