"""The waits that stand beside the course of a pair: explanations, panels, what was proposed."""

from __future__ import annotations

from tests.domain.expected_changes import Expected
from tests.domain.situations import after
from tests.steps import DAY, offender, referred, step, victim

LATE = (*referred(), step("worker", "record_discussion", after=5 * DAY, party="O1"))
"""A week in which nobody offered the victim support: that was owed in two days."""
CLOCK = next(iter(after(*LATE).case.clocks))
ENHANCED = referred(victim(enhanced_rights=True), offender())
PRACTICE = [
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
