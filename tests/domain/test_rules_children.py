"""A child's own view and their adult's, apart: both must say yes, and the child's no is final."""

from __future__ import annotations

from typing import Any

import pytest

from domain.decide import present
from domain.errors import Nonsense
from domain.rules import joining
from domain.waits import waits
from domain.words import Choice, InterventionState
from tests.domain.situations import BOTH_IN_TURN, breaks, child, end, keeps
from tests.steps import step
from tests.story import LIMITS, Story

MEETING: dict[str, Any] = {"type": "FACE_TO_FACE", "threads": ["V1-O1"]}
PLAN = step("lead", "plan_intervention", **MEETING)
CONSENT: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "scopes": list(BOTH_IN_TURN),
    "form": "SIGNED_PAPER",
    "adult": "S1",
}
DECIDE: dict[str, Any] = {"thread": "V1-O1", "party": "V1", "reasons": "Invented."}
SAYING_NO = (
    "withdraw_consent",
    "pause_participation",
    "decline_offer",
    "record_need_for_time",
    "defer_choice",
)


def owed(story: Story) -> set[str]:
    return {w.name for w in waits(story.case, LIMITS)}


def test_where_both_say_yes_it_goes_ahead() -> None:
    keeps(child("YES"), joining.a_childs_yes_needs_the_adults_yes, "lead", PLAN.name, **MEETING)


def test_both_views_are_on_record_where_only_the_child_says_yes() -> None:
    story = child("NO")
    side = story.case.thread("V1-O1").side("V1")
    assert (side.choice, side.adult_no_at is not None) == (Choice.CONSENTED, True)
    breaks(story, joining.a_childs_yes_needs_the_adults_yes, "lead", PLAN.name, **MEETING)
    assert "best_interest" in owed(story)


@pytest.mark.parametrize("said", SAYING_NO)
def test_a_mother_takes_her_yes_back_in_any_words_and_what_was_booked_is_put_off(said: str) -> None:
    story = child("YES", PLAN)
    story.do("intake", said, party="S1")
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert story.case.thread("V1-O1").side("V1").choice is Choice.CONSENTED
    breaks(
        story, joining.a_childs_yes_needs_the_adults_yes, "lead", "confirm_ready", intervention="I1"
    )


def test_a_mothers_no_is_recorded_of_somebody_who_is_not_in_the_case_yet() -> None:
    story = child("YES")
    story.do("intake", "record_adults_no", party="V1")
    breaks(story, joining.a_childs_yes_needs_the_adults_yes, "lead", PLAN.name, **MEETING)


def test_a_grown_persons_choice_is_nobody_elses() -> None:
    with pytest.raises(Nonsense, match="O1 is not recorded as under 18"):
        child("YES").do("intake", "record_adults_no", party="O1")


def test_a_supervisor_decides_for_the_child_and_nothing_opens_by_it() -> None:
    story = child("NO")
    story.do("supervisor", "decide_for_child", outcome="ASK_LATER", **DECIDE)
    assert "best_interest" not in owed(story)
    breaks(story, joining.a_childs_yes_needs_the_adults_yes, "lead", PLAN.name, **MEETING)


def test_where_it_is_not_to_go_ahead_the_pair_may_end_as_not_safe_for_now() -> None:
    story = child("NO")
    story.do("supervisor", "decide_for_child", outcome="NOT_GOING_AHEAD", **DECIDE)
    ending = end("UNSUITABLE_RISK")
    story.do(ending.who, ending.name, **ending.given)
    assert not story.case.thread("V1-O1").open


def test_nothing_is_decided_for_a_child_whose_adult_says_yes() -> None:
    story = child("YES")
    with pytest.raises(Exception, match="it_must_apply_at_this_step"):
        story.do("supervisor", "decide_for_child", outcome="ASK_LATER", **DECIDE)


def test_when_the_mother_says_yes_after_all_it_goes_ahead() -> None:
    story = child("NO")
    story.do("supervisor", "decide_for_child", outcome="ASK_LATER", **DECIDE)
    story.do("lead", "record_consent", **CONSENT, adult_view="YES")
    assert "best_interest" not in owed(story)
    keeps(story, joining.a_childs_yes_needs_the_adults_yes, "lead", PLAN.name, **MEETING)


def test_the_childs_no_is_final_whatever_their_mother_says() -> None:
    story = child("YES", PLAN)
    story.do("intake", "withdraw_consent", party="V1")
    assert story.case.intervention("I1").state is InterventionState.CANCELLED
    breaks(story, joining.both_people_must_consent_to_this_in_writing, "lead", PLAN.name, **MEETING)


def test_what_waits_for_a_supervisor_has_a_date() -> None:
    assert present(child("NO").history, LIMITS).next_due is not None


@pytest.mark.parametrize("view", ["NOT_WANTED_BY_CHILD", "NOT_SUITABLE"])
def test_a_mothers_no_is_not_got_round_by_leaving_her_out(view: str) -> None:
    story = child("NO")
    without = {name: value for name, value in CONSENT.items() if name != "adult"}
    story.do("lead", "record_consent", **without, adult_view=view)
    breaks(story, joining.a_childs_yes_needs_the_adults_yes, "lead", PLAN.name, **MEETING)
