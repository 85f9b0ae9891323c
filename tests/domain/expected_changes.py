"""What is expected of one wait; and the waits that follow from a change, a doubt or a risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.domain.situations import after, ready
from tests.steps import explored, referred, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.steps import Step
    from tests.story import Story


@dataclass(frozen=True)
class Expected:
    """One wait: how it comes about, whose it is, when it falls due, and what clears it."""

    name: str
    subject: str
    story: Callable[[], Story]
    due: str | None
    """The day in London at whose end it falls due, or the moment; None for no date."""
    clears: tuple[Step, ...]


def risk_to_review() -> Story:
    return ready(
        more=(
            step(
                "lead",
                "decide_risk",
                thread="V1-O1",
                decision="PROCEED_DIRECT",
                assessment_text="Invented.",
                review_on="2026-04-15T12:00:00+01:00",
            ),
        )
    )


ITEM = {"thread": "V1-O1", "item": "MOTIVE", "party": "O1", "finding": "Invented."}


def item_to_review(*more: Step) -> Story:
    return after(
        *referred(),
        *explored(),
        step("lead", "record_risk_item", **ITEM, review_on="2026-04-14T12:00:00+01:00"),
        *more,
    )


OF_CHANGES = [
    Expected(
        "new_facilitator",
        "V1",
        lambda: ready(more=(step("supervisor", "allocate_case", lead="@advanced"),)),
        "2026-03-13",
        (step("worker", "accept_facilitator", party="V1"),),
    ),
    Expected(
        "after_a_change",
        "V1-O1",
        lambda: ready(more=(step("lead", "record_change", party="V1", change="HEALTH"),)),
        "2026-03-13",
        (
            step(
                "lead",
                "decide_risk",
                thread="V1-O1",
                decision="PROCEED_DIRECT",
                assessment_text="Invented.",
            ),
            step("lead", "confirm_consent", thread="V1-O1", party="V1"),
        ),
    ),
    Expected(
        "where_it_stands",
        "I1/V1",
        lambda: ready(
            more=(
                step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"]),
                step("lead", "pause_participation", party="O1"),
            )
        ),
        "2026-03-09",
        (step("worker", "tell_where_it_stands", intervention="I1", party="V1"),),
    ),
    Expected(
        "understanding",
        "V1",
        lambda: ready(more=(step("lead", "doubt_understanding", party="V1"),)),
        "2026-03-20",
        (
            step(
                "lead",
                "decide_understanding",
                party="V1",
                understanding="WITH_HELP",
                reasons="Invented.",
            ),
        ),
    ),
    Expected(
        "risk_review",
        "V1-O1",
        risk_to_review,
        "2026-04-15",
        (step("auditor", "raise_concern", concern="DANGER"),),
    ),
    Expected(
        "risk_review",
        "V1-O1",
        item_to_review,
        "2026-04-14",
        (step("lead", "record_risk_item", **ITEM),),
    ),
]
