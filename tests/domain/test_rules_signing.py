"""Rules about who signs, who decides on risk and class: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import staff
from tests.domain.situations import (
    after,
    breaks,
    keeps,
    sensitive,
    sensitive_and_ready,
)
from tests.steps import NONE_BEHIND, behind, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.story import Story

MET: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "explained": ["WHAT_IT_IS"],
    "understood": True,
}
RISK: dict[str, Any] = {
    "thread": "V1-O1",
    "decision": "PROCEED_DIRECT",
}
DECIDE = {**RISK, "assessment_text": "Invented."}
ALLOCATE = "allocate_case"


def test_nobody_who_works_or_worked_on_a_case_countersigns_in_it() -> None:
    story = sensitive_and_ready()
    story.do("trainer", "grant_role", about="intermediate", role="SUPERVISOR")
    story.do("trainer", "grant_credential", about="intermediate", credential="SUPERVISION")
    rule = staff.nobody_signs_their_own_proposal
    breaks(story, rule, "intermediate", "countersign_risk", **RISK)
    story.do("intermediate", "hand_over", practitioner=story.someone("intermediate"))
    breaks(story, rule, "intermediate", "countersign_risk", **RISK)
    breaks(story, rule, "supervisor", "countersign_risk", **RISK)
    keeps(story, rule, "trainer", "countersign_risk", **RISK)


def test_nobody_countersigns_what_they_decided_themselves() -> None:
    story = sensitive_and_ready()
    story.do("trainer", "grant_role", about="advanced", role="SUPERVISOR")
    story.do("trainer", "grant_credential", about="advanced", credential="SUPERVISION")
    rule = staff.nobody_signs_their_own_proposal
    breaks(story, rule, "advanced", "countersign_risk", **RISK)


def test_nobody_countersigns_another_decision_than_they_saw() -> None:
    rule = staff.what_is_signed_is_what_was_decided
    seen = {"thread": "V1-O1", "decision": "PROCEED_INDIRECT_ONLY"}
    breaks(sensitive_and_ready(), rule, "trainer", "countersign_risk", **seen)
    stale = sensitive_and_ready(step("auditor", "raise_concern", concern="DANGER"))
    breaks(stale, rule, "trainer", "countersign_risk", **RISK)
    keeps(sensitive_and_ready(), rule, "trainer", "countersign_risk", **RISK)


def test_risk_of_a_sensitive_case_is_decided_by_a_specialist() -> None:
    rule = staff.a_sensitive_case_must_be_assessed_by_a_specialist
    breaks(sensitive(), rule, "intermediate", "decide_risk", **DECIDE)
    keeps(sensitive(), rule, "advanced", "decide_risk", **DECIDE)


def test_where_no_endorsement_is_asked_for_an_advanced_facilitator_decides() -> None:
    rule = staff.a_sensitive_case_must_be_assessed_by_a_specialist
    breaks(sensitive(endorsements=()), rule, "intermediate", "decide_risk", **DECIDE)
    keeps(sensitive(endorsements=()), rule, "advanced", "decide_risk", **DECIDE)


LOWER: list[dict[str, Any]] = [
    {"sensitivity": "STANDARD", "flags": NONE_BEHIND},
    {"sensitivity": "SENSITIVE_COMPLEX", "flags": NONE_BEHIND},
    {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("YOUTH_RJ")},
]


@pytest.mark.parametrize("lower", LOWER)
def test_what_a_case_asks_for_is_lowered_by_a_supervisor_with_reasons(
    lower: dict[str, Any],
) -> None:
    rule = staff.lowering_the_class_is_a_supervisors_act
    breaks(sensitive(), rule, "advanced", "classify_case", **lower, reasons="Invented.")
    breaks(sensitive(), rule, "supervisor", "classify_case", **lower)
    keeps(sensitive(), rule, "supervisor", "classify_case", **lower, reasons="Invented.")


def test_standard_is_what_somebody_trained_finds_and_gives_a_reason_for() -> None:
    story = after(*referred()[:-1])
    rule = staff.a_standard_class_is_found_by_somebody_trained
    standard = {"sensitivity": "STANDARD", "flags": NONE_BEHIND}
    breaks(story, rule, "worker", "classify_case", **standard, reasons="Invented.")
    breaks(story, rule, "lead", "classify_case", **standard)
    keeps(story, rule, "lead", "classify_case", **standard, reasons="Invented.")
    keeps(story, rule, "supervisor", "classify_case", **standard, reasons="Invented.")
    keeps(
        story, rule, "worker", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND
    )


def test_anyone_on_the_case_raises_its_class() -> None:
    rule = staff.lowering_the_class_is_a_supervisors_act
    raised = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SPECIALIST_DA", "HOMICIDE")}
    keeps(sensitive(), rule, "advanced", "classify_case", **raised)


def held(*more: Any) -> Story:
    return after(
        *referred(victim(), offender(), initiator="OFFENDER_INITIATED", inform=False),
        step(
            "supervisor",
            "classify_case",
            sensitivity="SENSITIVE_COMPLEX",
            flags=behind("SPECIALIST_DA"),
        ),
        step("supervisor", ALLOCATE, lead="@advanced", co="@intermediate"),
        *more,
    )


PROPOSED = step("advanced", "propose_approach", thread="V1-O1")


def test_a_specialist_proposes_that_a_victim_hears_of_it() -> None:
    rule = staff.a_specialist_proposes
    breaks(held(), rule, "intermediate", "propose_approach", thread="V1-O1")
    keeps(held(), rule, "advanced", "propose_approach", thread="V1-O1")


def test_somebody_with_no_part_in_the_case_decides_whether_a_victim_hears_of_it() -> None:
    story = held(PROPOSED)
    for who in ("advanced", "intermediate"):
        story.do("trainer", "grant_role", about=who, role="SUPERVISOR")
        story.do("trainer", "grant_credential", about=who, credential="SUPERVISION")
    rule = staff.nobody_decides_their_own_proposal
    yes = {"thread": "V1-O1", "allowed": True, "reasons": "Invented."}
    breaks(story, rule, "advanced", "decide_approach", **yes)
    breaks(story, rule, "intermediate", "decide_approach", **yes)
    breaks(story, rule, "supervisor", "decide_approach", **yes)
    keeps(story, rule, "trainer", "decide_approach", **yes)
