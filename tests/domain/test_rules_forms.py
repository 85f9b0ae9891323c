"""A change from one form to another: shuttle to meeting, meeting to letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules import forms
from tests.domain.situations import BY_LETTER, LETTER, MEETING, PLAN, breaks, keeps, ready
from tests.steps import chosen, completed, held, started, step

if TYPE_CHECKING:
    from tests.story import Story

MESSAGE = (
    step("lead", "agree_message", intervention="I1", thread="V1-O1", party="V1", note="Why?"),
    step("lead", "carry_message", message="M1", party="O1", channel="IN_PERSON"),
)
RISK = {"thread": "V1-O1", "decision": "PROCEED_DIRECT", "assessment_text": "Invented."}


def shuttle_began() -> Story:
    """Return a shuttle exchange under way, both having consented to a meeting as well."""
    return ready("SHUTTLE", "FACE_TO_FACE", more=(*started("SHUTTLE"), *MESSAGE))


def test_an_old_decision_on_risk_does_not_carry_a_shuttle_into_a_meeting() -> None:
    rule = forms.a_change_of_form_needs_the_risk_decided_afresh
    story = shuttle_began()
    for party in ("V1", "O1"):
        story.do("lead", "confirm_consent", thread="V1-O1", party=party)
    breaks(story, rule, *PLAN, **MEETING)
    story.do("lead", "decide_risk", **RISK)
    keeps(story, rule, *PLAN, **MEETING)


def test_both_say_yes_to_the_new_form_afresh() -> None:
    rule = forms.a_change_of_form_needs_a_fresh_yes_of_both
    story = shuttle_began()
    story.do("lead", "decide_risk", **RISK)
    breaks(story, rule, *PLAN, **MEETING)
    story.do("lead", "confirm_consent", thread="V1-O1", party="V1")
    breaks(story, rule, *PLAN, **MEETING)
    both = {"scopes": ["SHUTTLE", "FACE_TO_FACE"], "form": "SIGNED_PAPER"}
    story.do("lead", "record_consent", thread="V1-O1", party="O1", **both)
    keeps(story, rule, *PLAN, **MEETING)


def test_both_forms_are_counted() -> None:
    story = ready("SHUTTLE", more=(*started("SHUTTLE"), *MESSAGE, *completed()))
    for one in (*chosen("FACE_TO_FACE"), *held("FACE_TO_FACE", number=2)):
        story.later(seconds=one.after.total_seconds())
        given = {k: [story.someone(w[1:]) for w in v] if k == "facilitators" else v
                 for k, v in one.given.items()}  # fmt: skip
        story.do(one.who, one.name, **given)
    assert [i.type for i in story.case.held("V1-O1")] == ["SHUTTLE", "FACE_TO_FACE"]


def test_another_exchange_of_the_same_form_is_no_change_of_form() -> None:
    rule = forms.a_change_of_form_needs_the_risk_decided_afresh
    story = ready("SHUTTLE", more=(*started("SHUTTLE"), *MESSAGE, *completed()))
    keeps(story, rule, *PLAN, type="SHUTTLE", threads=["V1-O1"])


def test_a_letter_after_a_meeting_is_a_change_of_form() -> None:
    rule = forms.a_change_of_form_needs_the_risk_decided_afresh
    story = ready("FACE_TO_FACE", *BY_LETTER, more=(*held("FACE_TO_FACE"), *LETTER))
    breaks(story, rule, "lead", "record_letter_asked_for", letter="L1")
    breaks(story, forms.a_change_of_form_needs_a_fresh_yes_of_both, "lead",
           "record_letter_asked_for", letter="L1")  # fmt: skip
    for one in chosen(*BY_LETTER):
        story.do(one.who, one.name, **one.given)
    keeps(story, rule, "lead", "record_letter_asked_for", letter="L1")


def test_a_meeting_after_a_letter_is_a_change_of_form() -> None:
    rule = forms.a_change_of_form_needs_a_fresh_yes_of_both
    asked = step("lead", "record_letter_asked_for", letter="L1")
    story = ready("FACE_TO_FACE", *BY_LETTER, more=(*LETTER, asked))
    breaks(story, rule, *PLAN, **MEETING)
    story.later(hours=1)
    for one in chosen("FACE_TO_FACE"):
        story.do(one.who, one.name, **one.given)
    keeps(story, rule, *PLAN, **MEETING)
