"""Rules about who acts: each kept once, and broken once."""

from __future__ import annotations

from typing import Any

import pytest

from domain.rules import staff
from tests.domain.situations import (
    MEETING,
    SIGNED,
    after,
    breaks,
    keeps,
    ready,
    sensitive,
    sensitive_and_ready,
    under_way,
)
from tests.steps import NONE_BEHIND, behind, explored, referred, started, step
from tests.story import DeniedInStory

MET: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "explained": ["WHAT_IT_IS"],
    "understood": True,
}
RISK: dict[str, Any] = {"thread": "V1-O1", "decision": "PROCEED_DIRECT"}
ALLOCATE = "allocate_case"


def test_nobody_acts_who_was_not_trained_for_it() -> None:
    story = after(*referred())
    story.do("trainer", "withdraw_credential", about="worker", credential="AWARENESS")
    story.do("trainer", "withdraw_credential", about="worker", credential="LOCAL_RESOLUTION")
    rule = staff.the_actor_must_be_trained_for_this_act
    breaks(story, rule, "worker", "give_information", party="V1", channel="LETTER")


def test_whoever_was_trained_acts() -> None:
    rule = staff.the_actor_must_be_trained_for_this_act
    keeps(after(*referred()), rule, "worker", "give_information", party="V1", channel="LETTER")


def test_a_supervisor_does_not_meet_people_as_a_facilitator() -> None:
    with pytest.raises(DeniedInStory):
        after(*referred()).do("supervisor", "record_facilitator_meeting", **MET)


def test_nobody_facilitates_whose_supervision_is_thirteen_weeks_old() -> None:
    story = after(*referred())
    story.later(weeks=9)
    rule = staff.the_actor_must_be_in_date_for_this_act
    breaks(story, rule, "lead", "record_facilitator_meeting", **MET)
    story.do("trainer", "record_supervision", about="lead")
    keeps(story, rule, "lead", "record_facilitator_meeting", **MET)


def test_what_was_done_in_date_is_recorded_after_that_ran_out() -> None:
    story = after(*referred())
    then = story.now.isoformat()
    story.later(weeks=9)
    rule = staff.the_actor_must_be_in_date_for_this_act
    keeps(story, rule, "lead", "record_facilitator_meeting", **MET, effective_at=then)


def test_a_supervision_does_not_reach_back() -> None:
    story = after(*referred())
    story.later(weeks=9)
    then = story.now.isoformat()
    story.later(days=1)
    story.do("trainer", "record_supervision", about="lead")
    rule = staff.the_actor_must_be_in_date_for_this_act
    breaks(story, rule, "lead", "record_facilitator_meeting", **MET, effective_at=then)


def test_what_somebody_out_of_date_did_is_recorded_with_the_breach_and_opens_nothing() -> None:
    story = after(*referred())
    story.later(weeks=9)
    story.do("lead", "record_facilitator_meeting", **MET, happened=True)
    assert story.events[-1] == "acted_in_breach"
    assert story.case.thread("V1-O1").current.victim.met_at is None


def test_a_foundation_facilitator_does_not_work_alone_with_people_of_a_sensitive_case() -> None:
    story = after(
        *referred(),
        step("supervisor", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND),
    )
    rule = staff.a_sensitive_case_needs_experienced_facilitators
    breaks(story, rule, "co", "record_facilitator_meeting", **MET)
    keeps(story, rule, "lead", "record_facilitator_meeting", **MET)


def test_nobody_out_of_date_or_away_is_allocated() -> None:
    story = after(*referred())
    rule = staff.those_allocated_must_be_active_and_in_date
    breaks(story, rule, "supervisor", ALLOCATE, lead="@intake")
    story.do("trainer", "deactivate_practitioner", about="worker")
    breaks(story, rule, "supervisor", ALLOCATE, case_worker="@worker")
    keeps(story, rule, "supervisor", ALLOCATE, lead="@advanced")


def test_nobody_with_a_conflict_is_allocated_not_even_for_the_time_before_it() -> None:
    story = after(*referred())
    before = story.now.isoformat()
    story.later(hours=1)
    story.do("auditor", "declare_conflict", practitioner=story.someone("advanced"))
    rule = staff.those_allocated_must_have_no_conflict
    breaks(story, rule, "supervisor", ALLOCATE, lead="@advanced")
    breaks(story, rule, "supervisor", ALLOCATE, lead="@advanced", effective_at=before)
    keeps(story, rule, "supervisor", ALLOCATE, lead="@intermediate")


def test_the_supervisor_of_a_case_is_a_supervisor() -> None:
    rule = staff.the_supervisor_allocated_must_be_one
    breaks(after(*referred()), rule, "supervisor", ALLOCATE, supervisor="@worker")
    keeps(after(*referred()), rule, "supervisor", ALLOCATE, supervisor="@trainer")


def test_a_foundation_facilitator_does_not_lead() -> None:
    rule = staff.a_foundation_facilitator_works_under_guidance
    breaks(after(*referred()), rule, "supervisor", ALLOCATE, lead="@co", co="@lead")
    keeps(after(*referred()), rule, "supervisor", ALLOCATE, lead="@intermediate", co="@co")


@pytest.mark.parametrize("named", [{"co": "@lead"}, {"lead": "@co"}, {"lead": "@co", "co": "@co"}])
def test_lead_and_co_facilitator_are_two_people(named: dict[str, str]) -> None:
    story = after(*referred())
    given = {role: story.someone(who[1:]) for role, who in named.items()}
    story.do("trainer", "grant_credential", about="co", credential="FACILITATION_INTERMEDIATE")
    with pytest.raises(Exception, match="two people"):
        story.do("supervisor", ALLOCATE, **given)


def test_a_sensitive_case_is_led_by_an_advanced_facilitator_with_its_endorsement() -> None:
    rule = staff.a_sensitive_case_needs_an_advanced_lead
    breaks(sensitive(), rule, "supervisor", ALLOCATE, lead="@intermediate", co="@advanced")
    breaks(sensitive(), rule, "supervisor", ALLOCATE, co="@co")
    keeps(sensitive(), rule, "supervisor", ALLOCATE, lead="@advanced", co="@intermediate")


def test_an_endorsement_for_something_else_is_none() -> None:
    classed = step(
        "supervisor", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=behind("HOMICIDE")
    )
    rule = staff.a_sensitive_case_needs_an_advanced_lead
    breaks(after(*referred(), classed), rule, "supervisor", ALLOCATE, lead="@advanced")


def test_nothing_is_planned_that_nobody_leads() -> None:
    story = ready()
    story.do("auditor", "hand_over", practitioner=story.someone("lead"))
    rule = staff.the_case_must_be_allocated_to_a_facilitator
    breaks(story, rule, "co", "plan_intervention", **MEETING)
    keeps(ready(), rule, "co", "plan_intervention", **MEETING)


def test_a_sensitive_case_is_worked_by_two() -> None:
    story = sensitive_and_ready(SIGNED)
    story.do("intermediate", "hand_over", practitioner=story.someone("intermediate"))
    rule = staff.a_sensitive_case_must_be_co_worked
    breaks(story, rule, "advanced", "plan_intervention", **MEETING)
    keeps(sensitive_and_ready(SIGNED), rule, "advanced", "plan_intervention", **MEETING)


def test_a_lead_who_was_allocated_before_the_class_was_raised_does_not_go_on() -> None:
    story = ready(
        more=(step("lead", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND),)
    )
    rule = staff.those_allocated_must_be_of_the_level_of_the_case
    breaks(story, rule, "lead", "plan_intervention", **MEETING)
    keeps(sensitive_and_ready(SIGNED), rule, "advanced", "plan_intervention", **MEETING)


START: dict[str, Any] = {"intervention": "I1"}


def test_one_facilitator_is_not_enough_for_a_meeting() -> None:
    story = ready(more=started("FACE_TO_FACE")[:-1])
    rule = staff.enough_facilitators_must_be_present
    begin = "start_intervention"
    breaks(story, rule, "lead", begin, **START, facilitators=["@lead"])
    breaks(story, rule, "lead", begin, **START, facilitators=["@lead", "@lead"])
    breaks(story, rule, "lead", begin, **START, facilitators=["@lead", "@advanced"])
    keeps(story, rule, "lead", begin, **START, facilitators=["@lead", "@co"])


def test_a_meeting_that_a_facilitator_left_goes_on_only_with_two() -> None:
    story = under_way()
    story.do("co", "hand_over", practitioner=story.someone("co"))
    again = {"intervention": "I1"}
    rule = staff.enough_facilitators_must_be_present
    breaks(story, rule, "lead", "resume_intervention", **again)
    breaks(story, rule, "lead", "resume_intervention", **again, facilitators=["@lead", "@co"])
    story.do("supervisor", ALLOCATE, co=story.someone("advanced"))
    both = ["@lead", "@advanced"]
    keeps(story, rule, "lead", "resume_intervention", **again, facilitators=both)


def test_those_there_before_a_break_are_taken_to_be_there_after_it() -> None:
    story = under_way("FACE_TO_FACE", step("lead", "pause_intervention", intervention="I1"))
    for person in ("V1", "O1"):
        story.do("lead", "confirm_willingness", intervention="I1", party=person)
    story.do("lead", "resume_intervention", intervention="I1")
    assert story.case.intervention("I1").facilitators == tuple(
        story.someone(name) for name in ("lead", "co")
    )


def test_nobody_is_in_the_room_as_a_facilitator_who_is_not_able() -> None:
    story = ready(more=started("FACE_TO_FACE")[:-1])
    story.do("trainer", "withdraw_credential", about="co", credential="FACILITATION_FOUNDATION")
    rule = staff.those_present_must_be_able_to_facilitate
    given = {**START, "facilitators": ["@lead", "@co"]}
    breaks(story, rule, "lead", "start_intervention", **given)
    story.do("trainer", "grant_credential", about="co", credential="FACILITATION_FOUNDATION")
    keeps(story, rule, "lead", "start_intervention", **given)


@pytest.mark.parametrize("name", ["declare_conflict", "hand_over"])
def test_whoever_leaves_a_meeting_leaves_it_on_a_break(name: str) -> None:
    story = under_way()
    lead = story.someone("lead")
    story.do("auditor", name, practitioner=lead)
    assert story.case.intervention("I1").state == "ON_BREAK"
    assert story.case.lead is None
    with pytest.raises(DeniedInStory):
        story.do("lead", "complete_intervention", intervention="I1")


def test_a_conflict_entered_late_takes_the_case_from_whoever_got_it_meanwhile() -> None:
    story = after(*referred())
    before = story.now.isoformat()
    story.later(days=1)
    story.do("supervisor", ALLOCATE, lead=story.someone("intermediate"))
    story.later(days=1)
    mine = {"practitioner": story.someone("intermediate"), "effective_at": before}
    story.do("intermediate", "declare_conflict", **mine)
    assert story.case.lead is None
    assert "task" in story.waiting()


def test_nobody_with_a_conflict_acts_by_dating_it_back() -> None:
    story = after(*referred(), *explored())
    before = story.now.isoformat()
    story.later(days=1)
    story.do("lead", "declare_conflict", practitioner=story.someone("lead"))
    with pytest.raises(DeniedInStory):
        story.do("lead", "record_facilitator_meeting", **MET, effective_at=before)
