"""Paths of meetings that came about by another way, or with others in the room."""

from __future__ import annotations

from tests.steps import (
    Path,
    Step,
    chosen,
    completed,
    ended,
    explored,
    held,
    referred,
    started,
    step,
)


def leg(number: int, party: str, other: str) -> tuple[Step, ...]:
    """Return one leg of a shuttle: agreed with the one who says it, and carried."""
    return (
        step("lead", "agree_message", intervention="I1", thread="V1-O1", party=party, note="So."),
        step("lead", "carry_message", message=f"M{number}", party=other, channel="TELEPHONE"),
    )


SHUTTLE_TO_MEETING = Path(
    "Shuttle becomes face-to-face",
    (
        *referred(),
        *explored(),
        *chosen("SHUTTLE", risk="PROCEED_INDIRECT_ONLY"),
        *started("SHUTTLE"),
        *leg(1, "V1", "O1"),
        *leg(2, "O1", "V1"),
        *leg(3, "V1", "O1"),
        *leg(4, "O1", "V1"),
        *completed(),
        step(
            "lead",
            "plan_intervention",
            type="FACE_TO_FACE",
            threads=["V1-O1"],
            refused="a_change_of_form_needs_a_fresh_yes_of_both",
        ),
        *chosen("FACE_TO_FACE"),
        *held("FACE_TO_FACE", number=2),
        ended("COMPLETED_DIRECT"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_DIRECT"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
)
