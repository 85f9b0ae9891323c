"""The waits that stand beside the course of a pair: explanations, panels, what was proposed."""

from __future__ import annotations

from tests.domain.expected_changes import Expected
from tests.domain.situations import after
from tests.steps import DAY, offender, referred, step, victim

LATE = (*referred(), step("worker", "record_discussion", after=5 * DAY, party="O1"))
"""A week in which nobody offered the victim support: that was owed in two days."""
CLOCK = next(iter(after(*LATE).case.clocks))
ENHANCED = referred(victim(enhanced_rights=True), offender())
PANEL = {"party": "V1", "service": "CRIMINAL_JUSTICE_PANEL", "items": ["NAME"]}
ENGAGED = (
    step("worker", "record_onward_wish", **PANEL, panel=["ATTEND", "BE_TOLD"]),
    step("worker", "refer_onward", **PANEL),
    step("worker", "record_onward_answer", onward="R1", accepted=True),
    step("worker", "record_onward_result", onward="R1", result="COMPLETED", account="Invented."),
)
"""A victim who wishes to be part of the panel's work, and to be told; and what came of it."""
UNDER_ORDER = step("worker", "record_stage", party="O1", stage="REFERRAL_ORDER")
YOUTH_PANEL = {"kind": "YOUTH_OFFENDER_PANEL", "day": "2026-03-20T17:00:00+00:00"}
SAMPLE = {"sample": "SA-7K3M9QXA-5"}
DRAWN = step(
    "auditor",
    "draw_for_audit",
    **SAMPLE,
    seed="invented",
    length=40,
    criteria=[],
    size=5,
    eligible=12,
)
FOUND = step(
    "auditor",
    "record_audit_finding",
    **SAMPLE,
    point="TOLD_IN_TIME",
    found="NOT_AS_IT_SHOULD_BE",
    recommends="Ring sooner, invented.",
)
ANSWERED = step(
    "supervisor",
    "answer_recommendation",
    finding="F1",
    answer="WILL_BE_DONE",
    words="From May on, invented.",
)
PRACTICE = [
    Expected(
        "audit",
        SAMPLE["sample"],
        lambda: after(*referred(), DRAWN),
        "2026-03-30",
        (FOUND, step("auditor", "conclude_audit", **SAMPLE)),
    ),
    Expected(
        "recommendation",
        "F1",
        lambda: after(*referred(), DRAWN, FOUND),
        "2026-03-30",
        (ANSWERED,),
    ),
    Expected(
        "recommended",
        "F1",
        lambda: after(*referred(), DRAWN, FOUND, ANSWERED),
        "2026-05-29",
        (step("auditor", "close_recommendation", finding="F1", done=True),),
    ),
    Expected(
        "panel_result",
        "R1",
        lambda: after(*referred(), *ENGAGED),
        "2026-03-03",
        (step("worker", "tell_panel_result", onward="R1", party="V1", channel="TELEPHONE"),),
    ),
    Expected(
        "youth_panel",
        "O1",
        lambda: after(*referred(), UNDER_ORDER),
        "2026-03-30",
        (
            step("worker", "record_hearing", party="O1", **YOUTH_PANEL),
            step("worker", "close_hearing", hearing="H1"),
        ),
    ),
    Expected(
        "enhanced_ground",
        "V1",
        lambda: after(*ENHANCED),
        "2026-03-09",
        (step("worker", "record_enhanced_rights", party="V1", ground="MOST_SERIOUS_CRIME"),),
    ),
    Expected(
        "explain_missed",
        CLOCK,
        lambda: after(*LATE),
        "2026-03-12",
        (step("worker", "explain_missed_clock", clocks=[CLOCK], cause="CAPACITY"),),
    ),
]
