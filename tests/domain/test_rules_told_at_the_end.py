"""What people are told when a pair ends: why only as whoever it is about wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.rules import ending
from tests.domain.situations import after, end, ready
from tests.domain.test_rules_ending import asks_to_end
from tests.paths_choosing import NO_ANSWER
from tests.steps import referred, step

if TYPE_CHECKING:
    from tests.steps import Step


@pytest.mark.parametrize(
    "said",
    [
        step("worker", "stop_contact", party="V1"),
        step("worker", "record_wish", party="V1", wish="NOT_BE_TOLD"),
        step("worker", "record_death", party="V1"),
    ],
)
def test_nobody_is_told_of_the_end_against_their_wish(said: Step) -> None:
    story = after(*referred(), said)
    rule = ending.nobody_is_told_against_their_wish
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=False)
    wished = end("CJ_PROCESS_INTERVENED", V1="NOT_TOLD_BY_WISH")
    asks_to_end(story, rule, wished, passes=True)


def test_an_offender_is_not_told_that_it_was_the_victim_who_said_no() -> None:
    story = after(*referred(), step("worker", "decline_offer", party="V1"))
    rule = ending.why_is_told_only_as_they_wish
    why = end("VICTIM_DECLINED_DOOR_OPEN", O1="TOLD_WHY")
    asks_to_end(story, rule, why, passes=False)
    story.do("worker", "record_wish", party="V1", wish="WHY_MAY_BE_TOLD")
    asks_to_end(story, rule, why, passes=True)


def test_a_victim_is_not_told_that_it_was_the_offender_who_said_no() -> None:
    story = after(*referred(), step("worker", "withdraw_consent", party="O1"))
    rule = ending.why_is_told_only_as_they_wish
    asks_to_end(story, rule, end("OFFENDER_DECLINED", V1="TOLD_WHY"), passes=False)
    asks_to_end(story, rule, end("OFFENDER_DECLINED", O1="TOLD_WHY"), passes=True)


WISHED = {"wish": "WHY_MAY_BE_TOLD"}
TRIED = NO_ANSWER.steps[len(referred()) :]
NOT = step("lead", "decide_risk", thread="V1-O1", decision="DO_NOT_PROCEED",
           assessment_text="Invented.")  # fmt: skip
MISLED = step("lead", "record_misleading", thread="V1-O1", party="V1")


@pytest.mark.parametrize(
    ("reason", "whose", "before"),
    [
        ("LEGAL_BAR", "O1", [step("worker", "record_legal_bar", thread="V1-O1")]),
        ("CJ_PROCESS_INTERVENED", "O1", []),
        ("VICTIM_NOT_CONTACTABLE", "V1", [one for one in TRIED if one.name != "end_thread"]),
        ("PARTY_DIED", "V1", [step("worker", "record_death", party="V1")]),
        ("PARTY_DIED", "O1", [step("worker", "record_death", party="O1")]),
    ],
)
def test_what_came_over_one_of_them_is_not_told_to_the_other(
    reason: str, whose: str, before: list[Step]
) -> None:
    rule, other = ending.why_is_told_only_as_they_wish, "O1" if whose == "V1" else "V1"
    least = {whose: "NOT_REACHED", other: "TOLD_NOT_GOING_AHEAD"}
    kept = after(*referred(), *before)
    asks_to_end(kept, rule, end(reason, **{**least, other: "TOLD_WHY"}), passes=False)
    asks_to_end(kept, rule, end(reason, **least), passes=True)
    wished = step("worker", "record_wish", party=whose, **WISHED)
    story = after(*referred(), wished, *before)
    asks_to_end(story, rule, end(reason, **{**least, other: "TOLD_WHY"}), passes=True)


@pytest.mark.parametrize("told", ["V1", "O1"])
def test_why_is_not_said_to_anybody_where_a_choice_was_misled(told: str) -> None:
    rule = ending.why_is_not_said_where_it_rested_on_what_is_misleading
    why = end("UNSUITABLE_RISK", **{told: "TOLD_WHY"})
    asks_to_end(ready(more=(MISLED, NOT)), rule, why, passes=False)
    asks_to_end(ready(more=(MISLED, NOT)), rule, end("UNSUITABLE_RISK"), passes=True)
    explained = step("lead", "explain_decision", thread="V1-O1", party="V1", channel="IN_PERSON",
                     support=True)  # fmt: skip
    asks_to_end(ready(more=(NOT, explained)), rule, why, passes=True)
