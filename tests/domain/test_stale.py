"""What a material change makes stale is asked again; everything else stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import joining
from domain.stale import TABLE
from domain.waits import waits
from domain.words import Category, Change, InterventionState, Sensitivity
from tests.domain.situations import (
    BOTH_IN_TURN,
    MEETING,
    PLAN,
    breaks,
    go_on,
    keeps,
    ready,
    under_way,
)
from tests.steps import step, victim
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

ASKED_AGAIN = (
    step(
        "lead",
        "decide_risk",
        thread="V1-O1",
        decision="PROCEED_DIRECT",
        assessment_text="Invented.",
    ),
    step("lead", "record_legal_position", thread="V1-O1", officer_view=True),
    step("lead", "confirm_consent", thread="V1-O1", party="V1"),
    step("lead", "confirm_consent", thread="V1-O1", party="O1"),
)
BOOKED = step(*PLAN, **MEETING)


def changed(change: str, party: str = "O1", *more: Any) -> Story:
    """Return a case with a meeting booked, in which this change is recorded."""
    recorded = step("auditor", "record_change", party=party, change=change)
    return ready(*BOTH_IN_TURN, more=(BOOKED, recorded, *more))


def stale(story: Story) -> tuple[bool, set[str], bool]:
    """Return whether the risk is stale, whose consent is to be confirmed, and what is barred."""
    episode = story.case.thread("V1-O1").current
    sides = {"V1": episode.victim, "O1": episode.offender}
    assert episode.risk
    return (
        bool(episode.risk.stale),
        {name for name, side in sides.items() if side.to_confirm},
        "V1-O1" not in story.case.permissions,
    )


def test_every_change_has_its_row() -> None:
    assert set(TABLE) == set(Change)


@pytest.mark.parametrize(
    ("change", "risk", "consents", "permission"),
    [
        ("MOVED_PRISON", False, set(), False),
        ("ORDER_OR_LICENCE", True, {"V1", "O1"}, True),
        ("NEW_ALLEGATION", True, set(), False),
        ("HEALTH", True, {"O1"}, False),
    ],
)
def test_a_change_makes_stale_what_the_table_says_and_puts_off_what_is_booked(
    change: str, risk: bool, consents: set[str], permission: bool
) -> None:
    story = changed(change)
    assert stale(story) == (risk, consents, permission)
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert [task.kind for task in story.case.tasks.values()] == ["CHANGE"]


@pytest.mark.parametrize("change", ["CLASS_RAISED", "STOPPED", "BAR", "DANGER", "RETRACTED"])
def test_what_follows_from_something_else_is_not_recorded_as_such(change: str) -> None:
    with pytest.raises(Exception, match="change: Input should be"):
        ready().do("lead", "record_change", party="O1", change=change)


def test_a_prison_move_leaves_everything_but_the_booking() -> None:
    keeps(changed("MOVED_PRISON"), joining.no_legal_bar_may_stand, *PLAN, **MEETING)


def test_a_new_allegation_makes_the_case_sensitive_at_once() -> None:
    story = changed("NEW_ALLEGATION")
    assert story.case.sensitivity is Sensitivity.SENSITIVE_COMPLEX
    breaks(story, joining.the_risk_must_be_decided_and_current, *PLAN, **MEETING)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("NEW_ALLEGATION", InterventionState.STOPPED_BY_FACILITATOR),
        ("HEALTH", InterventionState.ON_BREAK),
    ],
)
def test_people_who_are_meeting_stop_or_take_a_break(change: str, state: InterventionState) -> None:
    story = under_way("FACE_TO_FACE", step("lead", "record_change", party="O1", change=change))
    assert story.case.intervention("I1").state is state


@pytest.mark.parametrize("stage", ["CHARGED_PRE_PLEA", "NFA_OR_ACQUITTED", "UNDER_APPEAL"])
def test_a_step_of_the_criminal_case_has_responsibility_asked_again(stage: str) -> None:
    story = ready(*BOTH_IN_TURN, more=(step("lead", "record_stage", party="O1", stage=stage),))
    assert stale(story) == (True, {"V1", "O1"}, True)
    breaks(story, joining.the_offender_must_accept_responsibility, *PLAN, **MEETING)
    story.do(
        "lead",
        "record_responsibility",
        thread="V1-O1",
        party="O1",
        status="ACCEPTS_RESPONSIBILITY",
        evidence="FACILITATOR_ASSESSMENT",
    )
    go_on(story, *ASKED_AGAIN)
    keeps(story, joining.the_offender_must_accept_responsibility, *PLAN, **MEETING)


def test_a_recall_asks_nothing_again_about_responsibility() -> None:
    story = ready(*BOTH_IN_TURN, more=(step("lead", "record_stage", party="O1", stage="RECALLED"),))
    go_on(story, *ASKED_AGAIN)
    keeps(story, joining.the_offender_must_accept_responsibility, *PLAN, **MEETING)


def test_somebody_convicted_stays_convicted_until_they_are_acquitted() -> None:
    story = ready(*BOTH_IN_TURN, more=(step("lead", "record_stage", party="O1", stage="CUSTODY"),))
    story.do("lead", "record_stage", party="O1", stage="HISTORIC_NO_LIVE_PROCESS")
    assert story.case.party("O1").category is Category.CONVICTED
    story.do("lead", "record_stage", party="O1", stage="NFA_OR_ACQUITTED")
    assert story.case.party("O1").category is Category.WITNESS_OR_OTHER


def test_when_another_harmed_person_joins_the_risk_is_looked_at_again_and_choices_stand() -> None:
    story = ready()
    story.do("lead", "add_party", **victim(2))
    assert stale(story) == (True, set(), False)


def test_what_was_asked_again_is_waited_for_until_it_was() -> None:
    story = changed("HEALTH")
    assert "after_a_change" in {wait.name for wait in waits(story.case, LIMITS)}
    story.do(
        "lead",
        "decide_risk",
        thread="V1-O1",
        decision="PROCEED_DIRECT",
        assessment_text="Invented.",
    )
    story.do("lead", "confirm_consent", thread="V1-O1", party="O1")
    assert "after_a_change" not in {wait.name for wait in waits(story.case, LIMITS)}


def test_nobody_at_their_own_pace_is_asked_again_because_of_a_change() -> None:
    story = changed("HEALTH", "V1", step("worker", "pause_participation", party="V1"))
    assert "after_a_change" not in {wait.name for wait in waits(story.case, LIMITS)}
