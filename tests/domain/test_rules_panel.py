"""A victim's part in the work of a criminal justice panel: as they wish, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import outside
from domain.words import Choice, OnwardResult
from tests.domain.expected_practice import ENGAGED, PANEL, UNDER_ORDER, YOUTH_PANEL
from tests.domain.situations import after, breaks, keeps
from tests.domain.states import standing
from tests.steps import WEEK, Step, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.story import Story

SITS = step("worker", "record_hearing", party="O1", kind="CRIMINAL_JUSTICE_PANEL",
            day="2026-04-27T10:00:00+01:00")  # fmt: skip
TELL: dict[str, Any] = {"hearing": "H1", "party": "V1", "channel": "TELEPHONE"}
RESULT: dict[str, Any] = {"onward": "R1", "party": "V1", "channel": "TELEPHONE"}
WISH = ENGAGED[0]


def wishing(*panel: str, more: tuple[Any, ...] = ()) -> Story:
    """Return a case whose victim wishes to be part of the panel's work in these ways."""
    wish = step("worker", "record_onward_wish", **PANEL, panel=list(panel))
    return after(*referred(), wish, *ENGAGED[1:], *more)


def test_the_day_of_a_panel_is_told_to_whoever_wishes_to_be_part_of_it_and_nobody_else() -> None:
    rule = outside.only_somebody_who_wishes_is_told_when_the_court_sits
    told = {**TELL, "offer_stands": True}
    unasked = after(*referred(), step("worker", "ask_for_court_dates", party="V1"), SITS)
    assert "hearing_told" not in unasked.waiting()
    breaks(unasked, rule, "worker", "tell_hearing", **told)
    wishes = after(*referred(), WISH, SITS)
    assert "hearing_told" in wishes.waiting()
    keeps(wishes, rule, "worker", "tell_hearing", **told)
    assert "hearing_told" not in wishes.waiting()


def test_the_day_of_a_panel_is_told_with_the_sentence_that_the_offer_stands() -> None:
    rule = outside.whoever_hears_of_a_hearing_hears_that_the_offer_stands
    story = after(*referred(), WISH, SITS)
    breaks(story, rule, "worker", "tell_hearing", **TELL, offer_stands=False)
    keeps(story, rule, "worker", "tell_hearing", **TELL, offer_stands=True)


def test_only_whoever_wished_to_know_hears_what_the_panel_did() -> None:
    rule = outside.only_whoever_wished_to_know_hears_what_the_panel_did
    silent = wishing("STATEMENT")
    assert "panel_result" not in silent.waiting()
    breaks(silent, rule, "worker", "tell_panel_result", **RESULT)
    no_more = wishing("BE_TOLD", more=(step("auditor", "decline_to_be_told", party="V1"),))
    breaks(no_more, rule, "worker", "tell_panel_result", **RESULT)
    taken_back = wishing("BE_TOLD", more=(step("auditor", "decline_onward", party="V1"),))
    assert "panel_result" not in taken_back.waiting()
    breaks(taken_back, rule, "worker", "tell_panel_result", **RESULT)
    keeps(wishing("BE_TOLD"), rule, "worker", "tell_panel_result", **RESULT)


def test_the_part_somebody_takes_in_a_panel_is_no_choice_here() -> None:
    story = after(*referred())
    before = standing(story.case)
    for one in (*ENGAGED, SITS):
        story.do(one.who, one.name, **one.given)
    assert standing(story.case) == before
    assert story.case.thread("V1-O1").current.victim.choice is Choice.INFORMATION_GIVEN
    assert story.case.onward["R1"].result is OnwardResult.COMPLETED


def test_a_result_is_told_to_the_one_whose_referral_it_is_and_once() -> None:
    two = referred(victim(1), victim(2), offender())
    wish = step("worker", "record_onward_wish", **PANEL, panel=["BE_TOLD"])
    theirs = Step(wish.who, wish.name, {**wish.given, "party": "V2"})
    story = after(*two, wish, theirs, *ENGAGED[1:])
    with pytest.raises(Nonsense, match="V2"):
        story.do("worker", "tell_panel_result", **{**RESULT, "party": "V2"})
    story.do("worker", "tell_panel_result", **RESULT)
    assert story.case.onward["R1"].told
    assert "panel_result" not in story.waiting()


def test_a_youth_panel_that_is_late_is_the_services_task_and_nobodys_date() -> None:
    story = after(*referred(), UNDER_ORDER)
    before = standing(story.case)
    story.later(seconds=5 * WEEK.total_seconds())
    assert "youth_panel" in {c.wait for c in story.case.clocks.values()}
    assert standing(story.case) == before
    story.do("worker", "record_hearing", party="O1", **YOUTH_PANEL)
    story.do("worker", "close_hearing", hearing="H1")
    assert "youth_panel" not in story.waiting()
