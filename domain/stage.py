"""Where a case stands, in one word, derived from its pairs; where they differ, the furthest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.owed.who import referred_anew
from domain.pair import AT_THEIR_PACE
from domain.words import Choice, InterventionState, Withdrew

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.pair import Thread

NO_CASE = "CALL"
"""A call that left no case."""
STAGES = (
    "EMPTY",
    NO_CASE,
    "ENQUIRY",
    "DISCUSSED",
    "RESOLVED_LOCALLY",
    "REFERRED",
    "EXPLORING",
    "THEIR_PACE",
    "CHOSEN",
    "PREPARING",
    "UNDER_WAY",
    "FOLLOW_UP",
    "ENDED",
)
"""Each stage, the furthest on last."""

LIVE = frozenset({InterventionState.STARTED, InterventionState.ON_BREAK})
PLANNED = frozenset(
    {InterventionState.PLANNED, InterventionState.READY, InterventionState.POSTPONED}
)


def stage_of(case: Case) -> str:
    """Return the code of the stage that the case is at."""
    running = [t for t in case.threads.values() if t.open]
    if not running:
        return _without_pairs(case)
    return max((_stage_of_pair(case, t) for t in running), key=STAGES.index)


def _without_pairs(case: Case) -> str:
    if (case.threads and not referred_anew(case)) or case.enquiry_ended:
        return "ENDED"
    return _begun(case)


def _begun(case: Case) -> str:
    if case.referred_at:
        return "REFERRED"
    if case.resolution_at:
        return "RESOLVED_LOCALLY"
    if case.discussed_at:
        return "DISCUSSED"
    if case.enquiry_at:
        return "ENQUIRY"
    return NO_CASE if case.call_at else "EMPTY"


def ended_at(case: Case) -> datetime | None:
    """Return when the last pair ended; None while any is under way, also if it is again."""
    if stage_of(case) != "ENDED":
        return None
    endings = [t.current.ended for t in case.threads.values()]
    return max((ending.at for ending in endings if ending is not None), default=None)


def how_far(case: Case, thread: str) -> Withdrew:
    """Return how far a pair has come in its present pass."""
    number = case.thread(thread).current.number
    states = {i.state for i in case.interventions.values() if i.episodes.get(thread) == number}
    if states & LIVE:
        return Withdrew.DURING
    if case.held(thread):
        return Withdrew.AFTER
    return Withdrew.IN_PREPARATION if states & PLANNED else Withdrew.BEFORE_START


def _stage_of_pair(case: Case, thread: Thread) -> str:
    episode = thread.current
    states = {
        i.state for i in case.interventions.values() if i.episodes.get(thread.id) == episode.number
    }
    choices = {episode.victim.choice, episode.offender.choice}
    if states & LIVE:
        return "UNDER_WAY"
    if choices & AT_THEIR_PACE:
        return "THEIR_PACE"
    if case.held(thread.id):
        return "FOLLOW_UP"
    if states & PLANNED:
        return "PREPARING"
    if choices == {Choice.CONSENTED}:
        return "CHOSEN"
    if episode.victim.met_at or episode.offender.met_at or Choice.EXPLORING in choices:
        return "EXPLORING"
    return _begun(case)
