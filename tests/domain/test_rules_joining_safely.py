"""The gates of risk, class and law: what must be decided, signed and on record first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.rules import joining
from tests.domain.situations import (
    BOTH_IN_TURN,
    MEETING,
    PLAN,
    SIGNED,
    after,
    breaks,
    keeps,
    ready,
    sensitive_and_ready,
)
from tests.steps import NONE_BEHIND, chosen, explored, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

CONSENTS = chosen(*BOTH_IN_TURN)


CONDITIONAL = {
    "thread": "V1-O1",
    "decision": "PROCEED_WITH_CONDITIONS",
    "assessment_text": "Invented.",
    "conditions": "Two entrances.",
}


def without(name: str) -> Story:
    """Return a case that nobody of its pair began, ready but for one of the steps to that."""
    steps = (*referred(initiator="SERVICE_INITIATED"), *explored(), *CONSENTS)
    return after(*(one for one in steps if one.name != name))


def test_nothing_is_planned_in_a_case_not_classified() -> None:
    breaks(without("classify_case"), joining.the_case_must_be_classified, *PLAN, **MEETING)


def test_a_meeting_is_planned_in_a_case_that_is_classified() -> None:
    keeps(ready(), joining.the_case_must_be_classified, *PLAN, **MEETING)


@pytest.mark.parametrize(
    "change",
    [
        step("auditor", "raise_concern", concern="DANGER"),
        step("auditor", "raise_concern", concern="SAFEGUARDING", party="V1"),
        step("lead", "record_stage", party="O1", stage="RECALLED"),
        step("lead", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND),
    ],
)
def test_nothing_is_planned_on_a_risk_that_a_change_made_stale(change: Step) -> None:
    rule = joining.the_risk_must_be_decided_and_current
    breaks(ready(more=(change,)), rule, *PLAN, **MEETING)
    breaks(without("decide_risk"), rule, *PLAN, **MEETING)


@pytest.mark.parametrize("concern", ["COMPLAINT", "ADVERSE_EVENT"])
def test_a_complaint_pauses_nothing(concern: str) -> None:
    story = ready(more=(step("auditor", "raise_concern", concern=concern),))
    keeps(story, joining.the_risk_must_be_decided_and_current, *PLAN, **MEETING)


def test_danger_for_one_victim_does_not_stop_another() -> None:
    story = after(
        *referred(victim(1), victim(2), offender()),
        *explored("V1-O1"),
        *chosen(*BOTH_IN_TURN),
        step(
            "lead",
            "decide_risk",
            thread="V2-O1",
            decision="PROCEED_DIRECT",
            assessment_text="Invented.",
        ),
        step("auditor", "raise_concern", concern="DANGER", party="V2"),
    )
    keeps(story, joining.the_risk_must_be_decided_and_current, *PLAN, **MEETING)


@pytest.mark.parametrize(
    "decision", ["PROCEED_INDIRECT_ONLY", "DEFER_AND_REVIEW", "DO_NOT_PROCEED"]
)
def test_a_meeting_is_not_planned_where_risk_forbids_it(decision: str) -> None:
    story = ready(risk=decision)
    breaks(story, joining.the_risk_decision_must_allow_this, *PLAN, **MEETING)


def test_a_decision_with_conditions_says_which() -> None:
    rule = joining.conditions_must_be_on_record
    silent = {**CONDITIONAL, "conditions": None}
    breaks(ready(), rule, "lead", "decide_risk", **silent)
    keeps(ready(), rule, "lead", "decide_risk", **CONDITIONAL)


@pytest.mark.parametrize("more", [(), (step("lead", "decide_risk", **CONDITIONAL),)])
def test_a_meeting_is_planned_where_risk_allows_it(more: tuple[Step, ...]) -> None:
    keeps(ready(more=more), joining.the_risk_decision_must_allow_this, *PLAN, **MEETING)


def test_in_a_sensitive_case_risk_is_countersigned_first() -> None:
    rule = joining.a_sensitive_case_must_be_countersigned
    breaks(sensitive_and_ready(), rule, "advanced", PLAN[1], **MEETING)
    keeps(sensitive_and_ready(SIGNED), rule, "advanced", PLAN[1], **MEETING)


def test_what_was_countersigned_is_not_what_was_decided_since() -> None:
    again = step("advanced", "decide_risk", **CONDITIONAL)
    rule = joining.a_sensitive_case_must_be_countersigned
    breaks(sensitive_and_ready(SIGNED, again), rule, "advanced", PLAN[1], **MEETING)


@pytest.mark.parametrize(
    "change",
    [
        step("auditor", "record_legal_bar", thread="V1-O1"),
        step("lead", "record_stage", party="O1", stage="LICENCE_OR_POST_RELEASE"),
    ],
)
def test_nothing_is_planned_under_a_bar_or_where_nobody_knows(change: Step) -> None:
    rule = joining.no_legal_bar_may_stand
    breaks(without("record_legal_position"), rule, *PLAN, **MEETING)
    breaks(ready(more=(change,)), rule, *PLAN, **MEETING)


def test_a_meeting_is_planned_where_it_is_on_record_that_nothing_bars_it() -> None:
    keeps(ready(), joining.no_legal_bar_may_stand, *PLAN, **MEETING)


def test_a_bar_is_lifted_by_a_document_only() -> None:
    story = ready(more=(step("auditor", "record_legal_bar", thread="V1-O1"),))
    rule = joining.a_bar_is_lifted_only_in_writing
    breaks(story, rule, "lead", "record_legal_position", thread="V1-O1", officer_view=True)
    keeps(
        story,
        rule,
        "lead",
        "record_legal_position",
        thread="V1-O1",
        officer_view=True,
        document="Permitted. (Invented.)",
    )


@pytest.mark.parametrize("stage", ["REPORTED_UNDER_INVESTIGATION", "CHARGED_PRE_PLEA", None])
def test_while_it_is_or_may_be_tried_the_officers_view_comes_first(stage: str | None) -> None:
    person = offender(stage=stage or "CUSTODY")
    if stage is None:
        del person["stage"]
    no_view = tuple(
        step(s.who, s.name, **{**s.given, "officer_view": False})
        if s.name == "record_legal_position"
        else s
        for s in CONSENTS
    )
    story = after(*referred(victim(), person), *explored(), *no_view)
    breaks(story, joining.the_officers_view_must_be_on_record, *PLAN, **MEETING)


def test_after_sentence_no_officers_view_is_asked_for() -> None:
    no_view = (*CONSENTS[:-1], step("lead", "record_legal_position", thread="V1-O1"))
    story = after(*referred(victim(), offender(stage="CUSTODY")), *explored(), *no_view)
    keeps(story, joining.the_officers_view_must_be_on_record, *PLAN, **MEETING)
