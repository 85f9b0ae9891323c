"""What is learnt on the way, and what it puts off: danger, a new stage, something misleading."""

from __future__ import annotations

from typing import Any

import pytest

from domain.rules import joining, staff
from domain.words import Choice, InterventionState
from tests.domain.situations import BOTH_IN_TURN, after, breaks, keeps, ready
from tests.steps import referred, step
from tests.story import DeniedInStory, RefusedInStory, Story

MEETING: dict[str, Any] = {"type": "FACE_TO_FACE", "threads": ["V1-O1"]}
PLAN = step("lead", "plan_intervention", **MEETING)
MISLED = step("auditor", "record_misleading", thread="V1-O1", party="V1")
CONSENT: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "scopes": list(BOTH_IN_TURN),
    "form": "SIGNED_PAPER",
}
PUTS_OFF = [
    ("auditor", "raise_concern", {"concern": "DANGER", "party": "O1"}),
    ("auditor", "raise_concern", {"concern": "SAFEGUARDING"}),
    ("worker", "record_stage", {"party": "O1", "stage": "RECALLED"}),
    ("auditor", "record_misleading", {"thread": "V1-O1", "party": "V1"}),
]


def booked() -> Story:
    return ready(more=(PLAN,))


@pytest.mark.parametrize(("who", "name", "given"), PUTS_OFF)
def test_what_was_booked_waits_for_what_was_learnt(
    who: str, name: str, given: dict[str, Any]
) -> None:
    story = booked()
    story.do(who, name, **given)
    assert story.case.intervention("I1").state is InterventionState.POSTPONED


@pytest.mark.parametrize("concern", ["COMPLAINT", "ADVERSE_EVENT"])
def test_a_complaint_puts_nothing_off(concern: str) -> None:
    story = booked()
    story.do("auditor", "raise_concern", concern=concern)
    assert story.case.intervention("I1").state is InterventionState.PLANNED


def test_no_consent_counts_that_rests_on_something_misleading() -> None:
    rule = joining.no_consent_may_rest_on_what_is_misleading
    keeps(ready(), rule, PLAN.who, PLAN.name, **MEETING)
    breaks(ready(more=(MISLED,)), rule, PLAN.who, PLAN.name, **MEETING)


def test_confirming_an_old_consent_does_not_make_up_for_what_was_misleading() -> None:
    story = ready(more=(MISLED,))
    story.do("lead", "confirm_consent", thread="V1-O1", party="V1")
    rule = joining.no_consent_may_rest_on_what_is_misleading
    breaks(story, rule, PLAN.who, PLAN.name, **MEETING)


def test_a_new_consent_given_knowing_what_is_needed_counts() -> None:
    story = ready(more=(MISLED,))
    story.do("lead", "record_consent", **CONSENT)
    assert not story.case.thread("V1-O1").side("V1").misled
    story.do("lead", "plan_intervention", **MEETING)


def test_contact_that_the_law_requires_lifts_no_wish_and_is_a_supervisors() -> None:
    story = after(*referred(), step("worker", "stop_contact", party="V1"))
    required = {"party": "V1", "ground": "LAW", "channel": "LETTER", "reasons": "Invented."}
    story.do("supervisor", "record_required_contact", **required)
    person = story.case.party("V1")
    assert person.no_contact
    assert not person.attempts
    choice = story.case.thread("V1-O1").side("V1").choice
    assert choice is Choice.DECLINED_NO_FURTHER_CONTACT
    with pytest.raises(DeniedInStory):
        story.do("worker", "record_required_contact", **required)


def test_nobody_decides_on_their_own_conflict_or_in_their_own_case() -> None:
    lead = step("lead", "declare_conflict", practitioner="@lead")
    story = after(*referred(), lead)
    decided = {"practitioner": "@lead", "conflicted": False, "reasons": "Invented."}
    rule = staff.a_conflict_is_decided_by_somebody_without_a_part
    breaks(story, rule, "supervisor", "decide_conflict", **decided)
    keeps(story, rule, "trainer", "decide_conflict", **decided)


def test_whoever_has_no_conflict_after_all_may_be_allocated_again() -> None:
    story = after(*referred(), step("auditor", "declare_conflict", practitioner="@lead"))
    lead = story.someone("lead")
    with pytest.raises(RefusedInStory):
        story.do("supervisor", "allocate_case", lead=lead)
    decided = {"practitioner": lead, "reasons": "Invented."}
    story.do("trainer", "decide_conflict", **decided, conflicted=True)
    assert {t.subject for t in story.case.tasks.values() if t.kind == "SINCE_CONFLICT"} == {lead}
    story.do("trainer", "decide_conflict", **decided, conflicted=False)
    assert story.case.lead is None
    story.do("supervisor", "allocate_case", lead=lead)
    assert story.case.lead == lead
