"""What went otherwise than hoped: withdrawals (nobody's fault), harm, complaints, late clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.choice import ConsentWithdrawn
from domain.events.clock import MissedClockExplained, WaitMissed
from domain.events.protection import ConcernRaised
from domain.stage import how_far
from domain.words import Concern, Withdrew
from reports.definition import Definition, Member, Population

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reports.told import Told

_FURTHEST = [*Withdrew]
"""How far things had come, the furthest last."""


def _withdrew(told: Told) -> Iterable[Member]:
    if not told.is_case or told.goes_on_elsewhere:
        return
    for entry in told.entries:
        event = entry.event
        if isinstance(event, ConsentWithdrawn) and told.case.party(event.party).is_of_a_pair:
            side = "VICTIM" if event.party.startswith("V") else "OFFENDER"
            kind = f"{side}:{_how_far(told, entry.version, event.threads)}"
            yield Member(f"withdrew-{entry.version}", entry.effective_at, kind, event.party)


def _how_far(told: Told, version: int, threads: Iterable[str]) -> Withdrew:
    before = told.before(version)
    reached = (how_far(before, one) for one in threads if one in before.threads)
    return max(reached, key=_FURTHEST.index, default=Withdrew.BEFORE_START)


def _raised(concern: Concern) -> Callable[[Told], Iterable[Member]]:
    def members(told: Told) -> Iterable[Member]:
        if told.is_case:
            for entry in told.entries:
                event = entry.event
                if isinstance(event, ConcernRaised) and event.concern is concern:
                    task = f"T{entry.version}"
                    yield Member(task, entry.effective_at, _found(told, concern, task))

    return members


def _found(told: Told, concern: Concern, task: str) -> str:
    if concern is not Concern.COMPLAINT:
        return ""
    complaint = told.case.complaints.get(task)
    return complaint.outcome.value if complaint and complaint.outcome else "NOT_ANSWERED_YET"


def _missed(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (_, event) in enumerate(told.happened(WaitMissed), 1):
            yield Member(f"missed-{number}", event.due, event.wait)


def _explained(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (at, event) in enumerate(told.happened(MissedClockExplained), 1):
            yield Member(f"explained-{number}", at, event.cause.value)


WITHDREW = Population("withdrew_1", "times that somebody took their consent back", _withdrew)
ADVERSE = Population(
    "adverse_1", "adverse events, harmful exchanges among them", _raised(Concern.ADVERSE_EVENT)
)
COMPLAINTS = Population("complaints_1", "complaints", _raised(Concern.COMPLAINT))
MISSED = Population("missed_1", "times that the service did not do in time what it owed", _missed)
EXPLAINED = Population("explained_1", "missed clocks that somebody explained", _explained)

TABLE = (
    Definition(
        "withdrawals", 1, "concerns", "Withdrawals, by side and how far it had come", WITHDREW,
        cohort="by the day on which they said so",
        beware="everybody's right at any time: few of them is no merit",
    ),
    Definition(
        "adverse-events", 1, "concerns", "Adverse events", ADVERSE,
        cohort="by the day on which it happened", beware="counts what was reported",
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
