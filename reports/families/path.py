"""The path of cases: from which step to which step pairs went, as a process map has it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from domain.about import pairs
from domain.events.choice import (
    ConsentRecorded,
    ConsentWithdrawn,
    FacilitatorMeetingHeld,
    InterestRecorded,
    OfferMade,
    ParticipationPaused,
    TimeAskedFor,
)
from domain.events.ending import EpisodeOpened, ThreadEnded
from domain.events.interventions import (
    InterventionCompleted,
    InterventionPlanned,
    InterventionStarted,
    InterventionStopped,
)
from domain.events.opening import ReferralAccepted
from domain.events.people import InformationGiven
from domain.events.responsibility import ResponsibilityRecorded
from domain.events.risk import RiskDecided
from reports.definition import Definition, Member, Population
from reports.families.referrals import BY_ACCEPTANCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import Event
    from domain.pair import Thread
    from reports.told import Told

STEPS: dict[type[Event], str] = {
    ReferralAccepted: "REFERRED",
    InformationGiven: "INFORMED",
    InterestRecorded: "INTERESTED",
    OfferMade: "OFFERED",
    FacilitatorMeetingHeld: "MET",
    ConsentRecorded: "CONSENTED",
    TimeAskedFor: "NEEDS_TIME",
    ParticipationPaused: "PAUSED",
    ConsentWithdrawn: "WITHDREW",
    ResponsibilityRecorded: "RESPONSIBILITY_FOUND",
    RiskDecided: "RISK_DECIDED",
    InterventionPlanned: "PLANNED",
    InterventionStarted: "BEGUN",
    InterventionStopped: "STOPPED",
    InterventionCompleted: "HELD",
    ThreadEnded: "ENDED",
    EpisodeOpened: "TAKEN_UP_AGAIN",
}
"""The steps that a process map shows, by the event that each is."""
_OF_EITHER = (
    InformationGiven,
    InterestRecorded,
    OfferMade,
    FacilitatorMeetingHeld,
    ConsentRecorded,
)
ARROW = ">"


def _transitions(told: Told) -> Iterable[Member]:
    if not told.is_case or told.case.accepted_at is None:
        return
    for pair in told.pairs:
        steps = [*_steps(told, pair)]
        for number, (before, after) in enumerate(pairwise(steps), 1):
            kind = f"{before}{ARROW}{after}"
            yield Member(f"{pair.id}:{number}", told.case.accepted_at, kind)


def _steps(told: Told, pair: Thread) -> Iterable[str]:
    for _, event in told.happened(*STEPS):
        if _is_about(told, event, pair):
            side = f"_{told.side(event.party)}" if isinstance(event, _OF_EITHER) else ""
            yield f"{STEPS[type(event)]}{side}"


def _is_about(told: Told, event: Event, pair: Thread) -> bool:
    if isinstance(event, ReferralAccepted):
        return True
    if isinstance(event, InformationGiven):
        return event.party in pair.people
    return pair.id in pairs(told.case, event)


WENT = Population("went_1", "times that a pair went from one step to the next", _transitions)
TABLE = (
    Definition(
        "path", 1, "path", "The path of cases: from one step to the next", WENT,
        cohort=f"{BY_ACCEPTANCE}, with all that came after",
        beware="every order of steps is allowed",
    ),
)  # fmt: skip
