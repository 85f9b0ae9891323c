"""Why something was not done in time: said by staff, and changing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import clocks
from domain.waits import waits
from domain.words import MissCause
from tests.domain.expected_practice import CLOCK, LATE
from tests.domain.situations import after, breaks, keeps
from tests.domain.states import standing
from tests.steps import DAY, WEEK, Step, referred, step
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

EXPLAIN: tuple[str, str] = ("worker", "explain_missed_clock")
WAITED: dict[str, Any] = {"clocks": [CLOCK], "cause": "PERSON_ASKED_TO_WAIT"}


def late(*first: Step) -> Story:
    """Return a case in which the victim was not offered support in time, whatever came first."""
    return after(*LATE[:-1], *first, LATE[-1])


def of_support(story: Story) -> str:
    named = (c.id for c in story.case.clocks.values() if (c.wait, c.subject) == ("support", "V1"))
    return next(named)


@pytest.mark.parametrize("cause", ["OUTAGE", "PRISON_MOVE", "CAPACITY", "CJ_AGENCY"])
def test_no_cause_makes_a_clock_longer_nor_changes_anybodys_choice(cause: str) -> None:
    story = after(*LATE)
    before, missed = standing(story.case), story.case.missed
    dates = {w.key for w in waits(story.case, LIMITS) if w.name != "explain_missed"}
    story.do(*EXPLAIN, clocks=[CLOCK], cause=cause, words="Invented.")
    assert {w.key for w in waits(story.case, LIMITS)} == dates
    assert (standing(story.case), story.case.missed) == (before, missed)
    assert story.case.clocks[CLOCK].cause == cause


def test_whoever_was_to_do_it_says_why_and_may_say_it_again() -> None:
    story = after(*LATE)
    wait = next(w for w in waits(story.case, LIMITS) if w.name == "explain_missed")
    assert wait.whom == story.case.case_worker
    story.do(*EXPLAIN, clocks=[CLOCK], cause="OTHER")
    story.do(*EXPLAIN, clocks=[CLOCK], cause="STAFF_ABSENCE", words="Invented.")
    assert story.case.clocks[CLOCK].cause is MissCause.STAFF_ABSENCE
    with pytest.raises(Nonsense):
        story.do(*EXPLAIN, clocks=["K9999"], cause="OTHER")


def test_an_explanation_that_is_late_itself_asks_for_none() -> None:
    story = after(*LATE)
    story.later(weeks=2)
    events = [e.event for e in story.history if e.name == "wait_missed"]
    assert "explain_missed" in {getattr(e, "wait", "") for e in events}
    assert "explain_missed" not in {c.wait for c in story.case.clocks.values()}


def test_time_is_a_persons_own_only_where_they_asked_for_it() -> None:
    rule = clocks.time_is_a_persons_own_only_if_they_asked_for_it
    asked = late(step("worker", "pause_participation", party="V1"))
    clock = of_support(asked)
    breaks(asked, rule, *EXPLAIN, clocks=[clock], cause="PERSON_ASKED_TO_WAIT")
    breaks(asked, rule, *EXPLAIN, clocks=[clock], cause="PERSON_ASKED_TO_WAIT", whose="O1")
    breaks(asked, rule, *EXPLAIN, clocks=[clock], cause="CAPACITY", whose="V1")
    keeps(asked, rule, *EXPLAIN, clocks=[clock], cause="PERSON_ASKED_TO_WAIT", whose="V1")
    keeps(asked, rule, *EXPLAIN, clocks=[clock], cause="CAPACITY")


def test_time_that_somebody_asked_for_afterwards_excuses_nothing() -> None:
    rule = clocks.time_is_a_persons_own_only_if_they_asked_for_it
    never = after(*LATE)
    breaks(never, rule, *EXPLAIN, **WAITED, whose="V1")
    afterwards = after(*LATE, step("worker", "record_need_for_time", party="V1"))
    breaks(afterwards, rule, *EXPLAIN, **WAITED, whose="V1")


def test_several_clocks_have_one_cause_and_each_keeps_it() -> None:
    story = after(*referred(), step("worker", "record_discussion", after=4 * WEEK, party="O1"))
    several = [c.id for c in story.case.clocks.values()]
    assert len(several) > 1
    story.do("supervisor", "explain_missed_clock", clocks=several, cause="STAFF_ABSENCE")
    assert {c.cause for c in story.case.clocks.values()} == {MissCause.STAFF_ABSENCE}
    assert "explain_missed" not in story.waiting()
    story.later(seconds=DAY.total_seconds())
    assert {c.id for c in story.case.clocks.values()} == set(several)
