"""What a consent to meeting does not cover by itself: by video, or recorded."""

from __future__ import annotations

import pytest

from domain.rules import recording
from tests.domain.situations import MEETING, PLAN, breaks, explored_case, keeps, ready
from tests.domain.test_rules_missing import missing
from tests.steps import introduced, started, step, welcomed

BOTH = ("FACE_TO_FACE", "SUPPORTERS_PRESENT")
START = {"intervention": "I1", "facilitators": ["@lead", "@co"]}


def test_a_letter_only_consent_names_the_video_call_that_it_does_not_cover() -> None:
    rule = recording.by_video_only_as_both_consent
    story = ready("FACE_TO_FACE")
    breaks(story, rule, *PLAN, **MEETING, by_video=True)
    lacking = missing(story, rule.__name__, *PLAN, **MEETING, by_video=True)
    assert lacking == ("V1:VIDEO_OR_AUDIO", "O1:VIDEO_OR_AUDIO")
    keeps(ready("FACE_TO_FACE", "VIDEO_OR_AUDIO"), rule, *PLAN, **MEETING, by_video=True)


def test_a_meeting_planned_by_video_rests_on_that_consent_to_the_end() -> None:
    plan = step("lead", "plan_intervention", **MEETING, by_video=True)
    rest = started("FACE_TO_FACE")[1:6]
    story = ready("FACE_TO_FACE", "VIDEO_OR_AUDIO", more=(plan, *rest))
    story.do("co", "narrow_consent", party="O1", scopes=["VIDEO_OR_AUDIO"])
    rule = recording.by_video_only_as_both_consent
    breaks(story, rule, "lead", "confirm_ready", intervention="I1")


def test_only_a_meeting_is_by_video() -> None:
    story = ready("SHUTTLE", "VIDEO_OR_AUDIO")
    with pytest.raises(Exception, match="only a meeting"):
        story.do(*PLAN, type="SHUTTLE", threads=["V1-O1"], by_video=True)


@pytest.mark.parametrize("supporter_agrees", [True, False])
def test_a_meeting_is_recorded_only_if_everybody_consents(*, supporter_agrees: bool) -> None:
    rule = recording.nothing_is_recorded_unless_everybody_consents
    plan, *rest = started("FACE_TO_FACE")
    more = (
        step("worker", "add_party", party="S1", role="SUPPORTER_OF_VICTIM", of="V1"),
        *welcomed("S1"),
        step("lead", "plan_intervention", **plan.given, attending=["S1"]),
        *introduced("S1"),
        step("lead", "record_company_agreement", intervention="I1", party="S1",
             form="SIGNED_PAPER", recording=supporter_agrees),
        *rest[:-1],
        step("lead", "confirm_willingness", intervention="I1", party="S1"),
    )  # fmt: skip
    story = ready(*BOTH, more=more)
    breaks(story, rule, "lead", "start_intervention", **START, recorded=True)
    story = ready(*BOTH, "RECORDING", more=more)
    if not supporter_agrees:
        breaks(story, rule, "lead", "start_intervention", **START, recorded=True)
        return
    keeps(story, rule, "lead", "start_intervention", **START, recorded=True)
    assert story.case.intervention("I1").recorded


@pytest.mark.parametrize("scope", ["FOLLOW_UP", "FEEDBACK_SURVEY"])
def test_what_everybody_is_asked_and_may_decline_is_no_consent(scope: str) -> None:
    given = {"thread": "V1-O1", "party": "V1", "scopes": [scope], "form": "SIGNED_PAPER"}
    with pytest.raises(Exception, match="is no consent"):
        explored_case().do("lead", "record_consent", **given)
