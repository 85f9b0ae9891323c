"""The contact plan of a service: within its bounds whatever is set, and asked by the rules."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from domain.contact_plan import USUAL, ContactPlan
from domain.limits import Limits
from domain.matrix import DEFAULT
from domain.rule import rule_set
from domain.rules import ending, pressing
from domain.words import Channel
from tests.domain.situations import after, breaks, end, ended, go_on, keeps
from tests.domain.test_rules_pressing import AGAIN, LATER, NOBODY, OFFER, PAIR, RING, tried
from tests.domain.test_welcome import asked
from tests.steps import referred

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

FIVE = ("TELEPHONE", "LETTER", "TELEPHONE", "TELEPHONE", "LETTER")
BEYOND = [
    ("attempts", 2, 6),
    ("channels", 1, 4),
    ("days_apart", 4, 21),
    ("offers", 0, 4),
    ("later_offer_days", 364, 1827),
]
NOT_REACHED = end("VICTIM_NOT_CONTACTABLE", V1="NOT_REACHED").given


def under(plan: dict[str, int], *more: Step) -> Story:
    """Return a case in which this was done under another contact plan."""
    story = after(*referred(inform=False))
    story.limits = Limits(contact_plan=ContactPlan(**plan))
    return go_on(story, *more)


@pytest.mark.parametrize(("number", "below", "above"), BEYOND)
def test_no_plan_gives_up_sooner_or_presses_more_than_practice_has_it(
    number: str, below: int, above: int
) -> None:
    for wrong in (below, above):
        with pytest.raises(ValidationError):
            ContactPlan(**{number: wrong})
    for within in (below + 1, above - 1):
        assert getattr(ContactPlan(**{number: within}), number) == within


def test_a_service_that_sets_nothing_tries_three_times_five_days_apart_by_two_ways() -> None:
    assert (USUAL.attempts, USUAL.days_apart, USUAL.channels) == (3, 5, 2)
    assert (USUAL.offers, USUAL.later_offer_days) == (3, 365)
    assert Limits().contact_plan == USUAL


def test_what_is_recorded_says_the_numbers_of_the_plan_that_it_was_decided_under() -> None:
    assert rule_set(DEFAULT, USUAL).endswith("+3.2.5.3.365")
    assert rule_set(DEFAULT, ContactPlan(attempts=4)).endswith("+4.2.5.3.365")


def test_with_more_attempts_in_the_plan_it_stops_later_and_gives_nobody_up_before() -> None:
    story = under({"attempts": 5}, *tried(*FIVE[:4]))
    plan = ending.the_contact_plan_must_be_carried_out_in_full
    breaks(story, plan, "supervisor", "end_thread", **NOT_REACHED)
    story.later(days=14)
    keeps(story, pressing.after_the_contact_plan_it_stops, *RING, **NOBODY)
    story.later(days=14)
    breaks(story, pressing.after_the_contact_plan_it_stops, *RING, **NOBODY)
    keeps(story, plan, "supervisor", "end_thread", **NOT_REACHED)


def test_with_more_days_between_attempts_somebody_is_left_in_peace_for_longer() -> None:
    story = under({"days_apart": 10}, *tried("TELEPHONE"))
    story.later(days=8)
    breaks(story, pressing.attempts_come_days_apart, *RING, **NOBODY)
    story.later(days=8)
    keeps(story, pressing.attempts_come_days_apart, *RING, **NOBODY)


def test_attempts_closer_than_the_plan_has_them_do_not_carry_it_out() -> None:
    gone = tried("TELEPHONE", "LETTER", "TELEPHONE", outcome="RETURNED_MAIL")
    story = under({"days_apart": 10}, *gone)
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    breaks(story, rule, "supervisor", "end_thread", **NOT_REACHED)


def test_with_three_ways_in_the_plan_two_are_not_enough() -> None:
    story = under({"channels": 3}, *tried("TELEPHONE", "LETTER", "TELEPHONE"))
    story.later(days=8)
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    breaks(story, rule, "supervisor", "end_thread", **NOT_REACHED)
    stops = pressing.after_the_contact_plan_it_stops
    breaks(story, stops, *RING, **NOBODY)
    keeps(story, stops, *RING, **{**NOBODY, "channel": "EMAIL"})
    keeps(story, rule, "supervisor", "end_thread", **NOT_REACHED)


def test_whoever_was_not_reached_under_the_old_plan_stays_ended_under_the_new_one() -> None:
    story = under({}, *tried("TELEPHONE", "LETTER", "TELEPHONE"))
    story.do("supervisor", "end_thread", **NOT_REACHED)
    known = story.case
    story.limits = Limits(contact_plan=ContactPlan(attempts=5, channels=3, days_apart=20))
    story.later(days=400)
    assert known.thread("V1-O1").current.ended is not None
    assert story.case.thread("V1-O1").current.ended == known.thread("V1-O1").current.ended


def test_a_plan_that_was_carried_out_goes_on_where_a_longer_one_is_set() -> None:
    story = under({}, *tried("TELEPHONE", "LETTER", "TELEPHONE"))
    story.later(days=8)
    stops = pressing.after_the_contact_plan_it_stops
    breaks(story, stops, *RING, **NOBODY)
    story.limits = Limits(contact_plan=ContactPlan(attempts=4))
    keeps(story, stops, *RING, **NOBODY)


@pytest.mark.parametrize("times", [1, 2])
def test_the_same_is_offered_as_often_as_the_plan_has_it(times: int) -> None:
    story = under({"offers": times})
    rule = pressing.an_offer_stays_open_and_is_not_repeated
    for _ in range(times):
        keeps(story, rule, *OFFER, **PAIR)
        story.later(days=8)
    breaks(story, rule, *OFFER, **PAIR)


def test_a_later_offer_comes_after_the_time_that_the_plan_leaves() -> None:
    story = ended("VICTIM_DECLINED_DOOR_OPEN")
    story.limits = Limits(contact_plan=ContactPlan(later_offer_days=730))
    rule = pressing.a_later_offer_comes_with_something_new
    story.later(days=400)
    breaks(story, rule, *LATER, **AGAIN)
    story.later(days=400)
    keeps(story, rule, *LATER, **AGAIN)


def test_whoever_set_a_day_is_tried_as_often_as_the_plan_has_it_and_then_left_to_ring() -> None:
    story = under({"attempts": 4})
    day = story.now + timedelta(days=2)
    story.do("worker", "agree_next_contact", party="V1", at=day.isoformat(), asked_by="V1")
    story.later(days=2, hours=1)
    for number in range(1, 5):
        assert "contact_as_they_asked" in story.waiting(), number
        story.do(*RING, **NOBODY)
        story.later(days=14)
    assert "contact_as_they_asked" not in story.waiting()


def test_whoever_asks_beforehand_is_told_by_the_plan_in_force() -> None:
    story = under({"days_apart": 10, "attempts": 4}, *tried("TELEPHONE"))
    story.later(days=8)
    found = asked(story)
    assert (found.plan.attempts, found.unanswered) == (4, 1)
    assert [one.code for one in found.against] == ["attempts_come_days_apart"]
    story.later(days=8)
    found = asked(story)
    assert not found.against
    assert not next(way for way in found.ways if way.channel is Channel.LETTER).against
