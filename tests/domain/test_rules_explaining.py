"""Domestic abuse decides no outcome by it; and a victim hears why it does not go ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import contact, ending, outside, telling
from tests.domain.situations import after, breaks, explored_case, go_on, keeps, sensitive
from tests.steps import referred, step

if TYPE_CHECKING:
    from tests.story import Story

DAY_IN_COURT = {"party": "O1", "day": "2026-08-03T10:00:00+01:00"}
REPORT = {"hearing": "H1", "thread": "V1-O1", "outcome": "DID_NOT_TAKE_PLACE"}
NOT = step("lead", "decide_risk", thread="V1-O1", decision="DO_NOT_PROCEED",
           assessment_text="Invented.")  # fmt: skip
EXPLAIN: tuple[str, str] = ("lead", "explain_decision")
TO_V1: dict[str, Any] = {"thread": "V1-O1", "party": "V1", "channel": "IN_PERSON"}
END: dict[str, Any] = {"thread": "V1-O1", "reason": "UNSUITABLE_RISK",
                       "told": {"V1": "TOLD_WHY", "O1": "TOLD_NOT_GOING_AHEAD"}}  # fmt: skip


@pytest.mark.parametrize("kind", ["DISPOSAL_REVIEW", "DEFERRED_SENTENCE"])
def test_in_domestic_abuse_nothing_restorative_decides_an_outcome(kind: str) -> None:
    rule = outside.nothing_restorative_decides_an_outcome_in_domestic_abuse
    given = {**DAY_IN_COURT, "kind": kind}
    story = sensitive()
    breaks(story, rule, "worker", "record_hearing", **given, report_owed=True)
    keeps(story, rule, "worker", "record_hearing", **given)
    breaks(story, rule, "worker", "report_to_court", **REPORT)
    keeps(after(*referred()), rule, "worker", "record_hearing", **given, report_owed=True)


def test_a_court_that_sentences_hears_whether_it_took_place_in_domestic_abuse_too() -> None:
    rule = outside.nothing_restorative_decides_an_outcome_in_domestic_abuse
    story = sensitive()
    story.do("worker", "record_hearing", **DAY_IN_COURT, kind="SENTENCE", report_owed=True)
    keeps(story, rule, "worker", "report_to_court", **REPORT)


def test_whoever_hears_that_it_does_not_proceed_is_offered_support() -> None:
    rule = outside.whoever_hears_that_it_does_not_proceed_is_offered_support
    story = explored_case(NOT)
    breaks(story, rule, *EXPLAIN, **TO_V1, support=False)
    keeps(story, rule, *EXPLAIN, **TO_V1, support=True)
    assert story.case.party("V1").support_offered_at
    declined = explored_case(NOT, step("auditor", "decline_support", party="V1"))
    keeps(declined, rule, *EXPLAIN, **TO_V1, support=False)


def test_it_does_not_end_before_that_was_explained_to_the_victim() -> None:
    rule = ending.that_it_does_not_proceed_is_explained_first
    story = explored_case(NOT)
    assert "explain_decision" in story.waiting()
    breaks(story, rule, "supervisor", "end_thread", **END)
    go_on(story, step(*EXPLAIN, **TO_V1, support=True))
    assert "explain_decision" not in story.waiting()
    keeps(story, rule, "supervisor", "end_thread", **END)


@pytest.mark.parametrize(
    ("rule", "wish"),
    [
        (
            contact.nobody_who_asked_not_to_be_contacted_is_contacted,
            step("auditor", "stop_contact", party="V1"),
        ),
        (
            telling.nobody_is_told_who_wishes_not_to_be,
            step("auditor", "decline_to_be_told", party="V1"),
        ),
        (
            outside.why_is_not_explained_to_somebody_who_was_misled,
            step("auditor", "record_misleading", thread="V1-O1", party="V1"),
        ),
    ],
)
def test_nobody_is_told_why_against_their_wish_or_where_why_is_not_said(
    rule: Any, wish: Any
) -> None:
    keeps(explored_case(NOT), rule, *EXPLAIN, **TO_V1, support=True)
    story: Story = explored_case(NOT, wish)
    assert "explain_decision" not in story.waiting()
    breaks(story, rule, *EXPLAIN, **TO_V1, support=True)


def test_another_decision_is_explained_afresh_and_none_is_explained_that_was_not_made() -> None:
    story = explored_case(NOT, step(*EXPLAIN, **TO_V1, support=True), NOT)
    assert "explain_decision" in story.waiting()
    with pytest.raises(Nonsense):
        explored_case().do(*EXPLAIN, **TO_V1, support=True)
    with pytest.raises(Nonsense):
        story.do(*EXPLAIN, **{**TO_V1, "party": "O1"}, support=True)
