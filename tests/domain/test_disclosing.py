"""That what must be passed on is passed on, by anyone and at any time; and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Nonsense
from domain.words import Ground
from tests.domain.situations import after, ended, under_way
from tests.steps import referred, step

TOLD: dict[str, Any] = {
    "party": "O1",
    "recipient": "CHILDRENS_SOCIAL_CARE",
    "ground": "SAFEGUARDING",
    "items": ["CHILD_AT_RISK", "NAME"],
}


def raised(concern: str = "SAFEGUARDING", party: str = "O1") -> Any:
    return under_way(
        "FACE_TO_FACE", step("lead", "raise_concern", concern=concern, party=party, account="So.")
    )


def test_what_somebody_discloses_in_a_meeting_is_passed_on_and_the_rest_is_not() -> None:
    story = raised()
    assert "pass_on" in story.waiting()
    entries = story.do("lead", "record_disclosure", **TOLD)
    assert [e.name for e in entries] == ["information_disclosed"]
    said = entries[0].envelope.data
    assert (said["recipient"], said["items"]) == (
        "CHILDRENS_SOCIAL_CARE",
        ["CHILD_AT_RISK", "NAME"],
    )
    assert "pass_on" not in story.waiting()


def test_agreement_is_no_ground_for_passing_on_what_nobody_agreed_to() -> None:
    law = {"SAFEGUARDING", "DANGER", "SERIOUS_CRIME", "REQUIRED_BY_LAW"}
    assert {*Ground} == law | {"REQUEST_FOR_NOTES"}


def test_dealing_with_the_task_does_not_pass_it_on() -> None:
    story = raised("DANGER")
    story.do("supervisor", "complete_task", task=next(iter(story.case.tasks)))
    assert "pass_on" in story.waiting()


def test_what_is_passed_on_about_one_person_answers_no_concern_about_another() -> None:
    story = raised(party="V1")
    story.do("lead", "record_disclosure", **TOLD)
    assert "pass_on" in story.waiting()
    concern = next(iter(story.case.to_pass_on))
    story.do("lead", "record_disclosure", **TOLD, concern=concern)
    assert "pass_on" not in story.waiting()


def test_a_concern_that_does_not_wait_is_not_answered() -> None:
    with pytest.raises(Nonsense, match="T7"):
        raised().do("lead", "record_disclosure", **TOLD, concern="T7")


def test_a_supervisor_may_decide_with_a_reason_that_nobody_is_told() -> None:
    story = raised()
    concern = next(iter(story.case.to_pass_on))
    story.do("supervisor", "decide_not_to_pass_on", concern=concern, reasons="Invented.")
    assert "pass_on" not in story.waiting()
    with pytest.raises(Nonsense):
        story.do("supervisor", "decide_not_to_pass_on", concern=concern, reasons="Invented.")


def test_what_was_passed_on_before_the_concern_was_entered_answers_it() -> None:
    story = after(*referred())
    before = story.now.isoformat()
    story.later(minutes=30)
    story.do("lead", "raise_concern", concern="DANGER", party="O1")
    story.do("lead", "record_disclosure", **TOLD, effective_at=before)
    assert "pass_on" not in story.waiting()


def test_it_is_recorded_when_the_pair_has_ended_long_ago() -> None:
    story = ended()
    story.later(days=800)
    assert story.do("auditor", "record_disclosure", **TOLD)


@pytest.mark.parametrize("concern", ["COMPLAINT", "ADVERSE_EVENT"])
def test_what_is_no_danger_has_not_to_be_passed_on(concern: str) -> None:
    assert "pass_on" not in raised(concern).waiting()
