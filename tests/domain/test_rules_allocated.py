"""A facilitator who leaves, and the new one: who is there, and wanted, by the people themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules import allocated
from domain.waits import waits
from domain.words import Choice, InterventionState
from tests.domain.situations import MEETING, PLAN, breaks, go_on, keeps, ready
from tests.steps import step
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

ANEW = step("supervisor", "allocate_case", lead="@advanced")
DECLINE = step("intake", "decline_facilitator", party="V1", practitioner="@lead")


def owed(story: Story) -> set[str]:
    return {f"{w.name} {w.subject}" for w in waits(story.case, LIMITS)}


def test_whoever_left_carries_nothing_further() -> None:
    story = ready()
    story.do("trainer", "deactivate_practitioner", about="co")
    breaks(story, allocated.those_allocated_must_still_be_there, *PLAN, **MEETING)
    go_on(
        story,
        step("supervisor", "hand_over", practitioner="@co"),
        step("supervisor", "allocate_case", co="@intermediate"),
    )
    keeps(story, allocated.those_allocated_must_still_be_there, *PLAN, **MEETING)


def test_everybody_who_was_met_is_asked_about_the_new_one_and_their_consent_stands() -> None:
    story = ready(more=(ANEW,))
    assert {"new_facilitator V1", "new_facilitator O1"} <= owed(story)
    assert story.case.thread("V1-O1").side("V1").choice is Choice.CONSENTED
    go_on(story, step("worker", "accept_facilitator", party="O1"))
    assert "new_facilitator O1" not in owed(story)


def test_whoever_will_ring_is_not_rung_to_be_asked() -> None:
    story = ready(more=(step("intake", "leave_contact_to_them", party="V1"), ANEW))
    assert "new_facilitator V1" not in owed(story)


def test_nobody_is_joined_by_a_facilitator_whom_they_do_not_want() -> None:
    rule = allocated.nobody_is_joined_by_somebody_they_do_not_want
    story = ready(more=(DECLINE,))
    assert [task.kind for task in story.case.tasks.values()] == ["FACILITATOR"]
    breaks(story, rule, *PLAN, **MEETING)
    go_on(story, ANEW)
    keeps(story, rule, "advanced", PLAN[1], **MEETING)


def test_what_is_booked_with_them_is_put_off() -> None:
    story = ready(more=(step(*PLAN, **MEETING), DECLINE))
    assert story.case.intervention("I1").state is InterventionState.POSTPONED


def test_nobody_is_allocated_whom_somebody_does_not_want() -> None:
    rule = allocated.nobody_is_allocated_whom_they_do_not_want
    declined = step("intake", "decline_facilitator", party="V1", practitioner="@advanced")
    breaks(ready(more=(declined,)), rule, "supervisor", "allocate_case", lead="@advanced")
    keeps(ready(), rule, "supervisor", "allocate_case", lead="@advanced")


def test_they_may_think_again() -> None:
    rule = allocated.nobody_is_joined_by_somebody_they_do_not_want
    story = ready(more=(DECLINE, step("worker", "accept_facilitator", party="V1")))
    keeps(story, rule, *PLAN, **MEETING)
