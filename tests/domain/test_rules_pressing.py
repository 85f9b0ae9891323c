"""Rules against pressing: each kept once, and broken once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import pressing
from tests.domain.situations import after, breaks, ended, keeps, ready
from tests.steps import DAY, WEEK, YEAR, referred, started, step

if TYPE_CHECKING:
    from tests.steps import Step

RING: tuple[str, str] = ("worker", "record_contact_attempt")
NOBODY: dict[str, Any] = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
LETTER = {**NOBODY, "channel": "LETTER"}
OFFER: tuple[str, str] = ("worker", "make_offer")
MEETING: tuple[str, str] = ("worker", "offer_facilitator_meeting")
LATER: tuple[str, str] = ("worker", "make_later_offer")
PAIR = {"thread": "V1-O1", "party": "V1"}
AGAIN = {**PAIR, "kind": "LATER_STAGE_OFFER"}
WEEK_AND_MORE = WEEK + DAY


def tried(*by: str, outcome: str = "NO_RESPONSE", apart: timedelta = WEEK_AND_MORE) -> list[Step]:
    return [
        step("worker", RING[1], after=apart, party="V1", channel=channel, outcome=outcome)
        for channel in by
    ]


def test_nobody_is_tried_again_the_next_day() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE"))
    story.later(days=1)
    rule = pressing.attempts_come_days_apart
    breaks(story, rule, *RING, **LETTER)
    keeps(story, rule, *RING, **LETTER, asked_by="V1")


def test_somebody_who_did_not_answer_is_tried_again_after_five_working_days() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE"))
    story.later(days=8)
    keeps(story, pressing.attempts_come_days_apart, *RING, **NOBODY)


def test_somebody_who_had_no_time_to_talk_is_not_rung_again_the_next_day() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE", outcome="REACHED_NOT_DISCUSSED"))
    story.later(days=1)
    breaks(story, pressing.attempts_come_days_apart, *RING, **NOBODY)


@pytest.mark.parametrize("outcome", ["SPOKE", "WRONG_DETAILS", "RETURNED_MAIL"])
def test_what_never_reached_them_and_a_talk_are_no_reason_to_wait(outcome: str) -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE", outcome=outcome))
    keeps(story, pressing.attempts_come_days_apart, *RING, **NOBODY)


def test_on_the_day_that_they_set_they_are_rung_whatever_went_before() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE", "LETTER"))
    story.later(days=1)
    at = (story.now + timedelta(hours=2)).isoformat()
    story.do("worker", "agree_next_contact", party="V1", at=at, asked_by="V1")
    story.later(hours=2)
    keeps(story, pressing.attempts_come_days_apart, *RING, **NOBODY)


def test_who_has_a_meeting_coming_is_tried_once_a_day() -> None:
    story = ready(more=(*started("FACE_TO_FACE")[:3], *tried("TELEPHONE")))
    rule = pressing.attempts_come_days_apart
    breaks(story, rule, *RING, **NOBODY)
    story.later(days=1)
    keeps(story, rule, *RING, **NOBODY)


def test_the_contact_plan_is_for_the_two_sides_and_not_for_who_helps_them() -> None:
    helper = {"party": "S1", "role": "INTERPRETER", "of": "V1"}
    story = after(*referred(inform=False), step("worker", "add_party", **helper))
    story.do(*RING, **{**NOBODY, "party": "S1"})
    keeps(story, pressing.attempts_come_days_apart, *RING, **{**NOBODY, "party": "S1"})


def test_after_three_attempts_nobody_is_tried_a_fourth_time() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE", "LETTER", "TELEPHONE"))
    story.later(days=90)
    rule = pressing.after_the_contact_plan_it_stops
    breaks(story, rule, *RING, **NOBODY)
    keeps(story, rule, *RING, **{**NOBODY, "outcome": "SPOKE"}, asked_by="V1")
    keeps(story, rule, *RING, **NOBODY)


@pytest.mark.parametrize(
    ("channel", "answered"), [("LETTER", False), ("EMAIL", False), ("TELEPHONE", True)]
)
def test_support_offered_in_writing_is_no_answer_and_the_plan_stays_carried_out(
    channel: str, answered: bool
) -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE", "LETTER", "TELEPHONE"))
    story.later(days=8)
    story.do("worker", "offer_support", party="V1", channel=channel)
    assert (story.case.party("V1").heard_at is not None) is answered
    story.later(days=8)
    judge = keeps if answered else breaks
    judge(story, pressing.after_the_contact_plan_it_stops, *RING, **NOBODY)


def test_rung_three_times_they_may_be_written_to_once() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE", "TELEPHONE", "TELEPHONE"))
    story.later(days=8)
    rule = pressing.after_the_contact_plan_it_stops
    breaks(story, rule, *RING, **NOBODY)
    keeps(story, rule, *RING, **LETTER)
    story.later(days=8)
    breaks(story, rule, *RING, **LETTER)


def test_a_pair_taken_up_again_has_a_contact_plan_of_its_own() -> None:
    story = ended("VICTIM_DECLINED_DOOR_OPEN")
    story.later(days=30)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1")
    for one in tried("TELEPHONE", "LETTER", "TELEPHONE"):
        story.later(days=8)
        story.do(one.who, one.name, **one.given)
    story.later(days=8)
    breaks(story, pressing.after_the_contact_plan_it_stops, *RING, **NOBODY)


def test_an_attempt_against_it_that_was_made_is_on_record_as_a_breach() -> None:
    story = after(*referred(inform=False), *tried("TELEPHONE"))
    story.do(*RING, **NOBODY, happened=True)
    assert story.events[-1] == "acted_in_breach"


@pytest.mark.parametrize(
    ("offer", "rule"),
    [
        (OFFER, pressing.an_offer_stays_open_and_is_not_repeated),
        (MEETING, pressing.a_meeting_is_not_offered_again_and_again),
    ],
)
def test_what_was_offered_is_not_offered_again_and_again(offer: tuple[str, str], rule: Any) -> None:
    story = after(*referred())
    keeps(story, rule, *offer, **PAIR)
    story.later(days=1)
    breaks(story, rule, *offer, **PAIR)
    keeps(story, rule, *offer, **PAIR, asked_by="V1")
    story.later(days=8)
    keeps(story, rule, *offer, **PAIR)
    story.later(days=80)
    breaks(story, rule, *offer, **PAIR)


def test_on_the_day_that_somebody_set_they_are_asked_however_often_it_was() -> None:
    story = after(*referred())
    for _ in range(5):
        keeps(story, pressing.an_offer_stays_open_and_is_not_repeated, *OFFER, **PAIR)
        at = (story.now + timedelta(days=120)).isoformat()
        story.do("worker", "defer_choice", party="V1", ask_at=at)
        story.later(days=120)


def test_another_meeting_is_offered_after_the_first_was_held() -> None:
    story = ready()
    keeps(story, pressing.a_meeting_is_not_offered_again_and_again, *MEETING, **PAIR)


def test_a_later_offer_does_not_follow_a_no_at_once() -> None:
    rule = pressing.a_later_offer_comes_with_something_new
    story = ended("VICTIM_DECLINED_DOOR_OPEN")
    breaks(story, rule, *LATER, **AGAIN)
    keeps(story, rule, *LATER, **AGAIN, asked_by="V1")
    story.later(days=90)
    breaks(story, rule, *LATER, **AGAIN)
    story.later(days=YEAR.days)
    keeps(story, rule, *LATER, **AGAIN)
    story.later(days=90)
    breaks(story, rule, *LATER, **AGAIN)


def test_a_later_offer_comes_when_something_is_new_for_the_person_responsible() -> None:
    story = ended("VICTIM_DECLINED_DOOR_OPEN")
    story.later(days=60)
    story.do("worker", "record_stage", party="O1", stage="LICENCE_OR_POST_RELEASE")
    keeps(story, pressing.a_later_offer_comes_with_something_new, *LATER, **AGAIN)
