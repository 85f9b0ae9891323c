"""Nobody agrees to what they cannot understand; a doubt holds everything back until decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import choice as choosing
from domain.rules import understanding
from domain.words import InterventionState
from tests.domain.situations import (
    BOTH_IN_TURN,
    MEETING,
    PLAN,
    breaks,
    explored_case,
    go_on,
    keeps,
    ready,
)
from tests.steps import EXPLAINED, step

if TYPE_CHECKING:
    from tests.story import Story

DOUBT = step("intake", "doubt_understanding", party="V1")
OF: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
CONSENT = {**OF, "scopes": [*BOTH_IN_TURN], "form": "MARK_BEFORE_WITNESS"}
RISK = step(
    "lead", "decide_risk", thread="V1-O1", decision="PROCEED_DIRECT", assessment_text="Invented."
)
CONFIRM = step("lead", "confirm_consent", **OF)


def decided(story: Story, how: str) -> Story:
    story.do("lead", "decide_understanding", party="V1", understanding=how, reasons="Invented.")
    return story


def test_where_understanding_is_doubted_no_consent_is_recorded() -> None:
    breaks(
        explored_case(DOUBT),
        understanding.whoever_consents_must_be_able_to_understand,
        "lead",
        "record_consent",
        **CONSENT,
    )
    breaks(
        ready(more=(DOUBT,)),
        understanding.whoever_consents_must_be_able_to_understand,
        "lead",
        "confirm_consent",
        **OF,
    )


def test_somebody_of_whom_nobody_doubts_it_may_consent() -> None:
    keeps(
        explored_case(),
        understanding.whoever_consents_must_be_able_to_understand,
        "lead",
        "record_consent",
        **CONSENT,
    )


def test_a_doubt_puts_off_what_is_booked_and_holds_back_every_joining_step() -> None:
    story = ready(more=(step(*PLAN, **MEETING), DOUBT))
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    breaks(story, understanding.everybody_joined_must_be_able_to_understand, *PLAN, **MEETING)


def test_somebody_found_able_is_asked_whether_their_consent_stands() -> None:
    story = decided(ready(more=(DOUBT,)), "ABLE")
    assert story.case.thread("V1-O1").side("V1").to_confirm
    go_on(story, RISK, CONFIRM)
    keeps(story, understanding.everybody_joined_must_be_able_to_understand, *PLAN, **MEETING)


def test_with_help_everything_is_gone_through_again_with_that_help() -> None:
    story = decided(ready(more=(DOUBT,)), "WITH_HELP")
    breaks(story, choosing.consent_rests_on_full_information, "lead", "confirm_consent", **OF)
    story.do("lead", "record_facilitator_meeting", **OF, explained=EXPLAINED, understood=True)
    keeps(story, choosing.consent_rests_on_full_information, "lead", "confirm_consent", **OF)


def test_whoever_cannot_understand_agrees_to_nothing_until_it_is_decided_afresh() -> None:
    story = decided(ready(more=(DOUBT,)), "NOT_ABLE")
    breaks(story, understanding.everybody_joined_must_be_able_to_understand, *PLAN, **MEETING)
    go_on(decided(story, "ABLE"), RISK, CONFIRM)
    keeps(story, understanding.everybody_joined_must_be_able_to_understand, *PLAN, **MEETING)


@pytest.mark.parametrize("how", ["DOUBTED", "NOT_DOUBTED"])
def test_a_doubt_is_no_decision(how: str) -> None:
    with pytest.raises(Exception, match="understanding: Input should be"):
        decided(ready(), how)
