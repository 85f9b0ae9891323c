"""A case goes straight to a named successor: the places of whoever hands it over, and no others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import allocated, staff
from tests.domain.situations import after, breaks, keeps, ready, sensitive, under_way
from tests.steps import referred, step
from tests.story import DeniedInStory

if TYPE_CHECKING:
    from domain.rule import Rule
    from tests.story import Story

TO = "hand_over_to"


def given(story: Story, to: str, of: str = "lead") -> dict[str, Any]:
    return {"practitioner": story.someone(of), "to": story.someone(to)}


def test_a_successor_takes_the_places_of_whoever_hands_over_and_no_others() -> None:
    story = after(*referred())
    before = story.case
    story.do("supervisor", TO, **given(story, "intermediate"))
    assert story.case.lead == story.someone("intermediate")
    assert story.case.lead_since == story.now
    assert (story.case.co, story.case.case_worker) == (before.co, before.case_worker)
    assert story.case.unallocated_since is None
    assert story.events[-2:] == ["case_handed_over", "case_allocated"]
    assert "allocation" not in story.waiting()


def test_each_person_who_met_the_former_one_is_asked_about_the_successor() -> None:
    story = ready()
    story.do("supervisor", TO, **given(story, "intermediate"))
    assert "new_facilitator" in story.waiting()


def test_only_a_supervisor_of_the_case_gives_it_to_somebody() -> None:
    story = after(*referred())
    for name in ("lead", "co", "worker", "sergeant", "auditor"):
        with pytest.raises(DeniedInStory):
            story.do(name, TO, **given(story, "intermediate"))


def test_a_successor_is_asked_for_all_that_an_allocation_asks() -> None:
    story = after(*referred())
    rule: Rule = staff.a_foundation_facilitator_works_under_guidance
    breaks(story, rule, "supervisor", TO, **given(story, "co"))
    keeps(story, rule, "supervisor", TO, **given(story, "advanced"))
    story = after(*referred(), step("auditor", "declare_conflict", practitioner="@advanced"))
    rule = staff.those_allocated_must_have_no_conflict
    breaks(story, rule, "supervisor", TO, **given(story, "advanced"))
    keeps(story, rule, "supervisor", TO, **given(story, "intermediate"))
    story = sensitive()
    rule = staff.a_sensitive_case_needs_an_advanced_lead
    breaks(story, rule, "supervisor", TO, **given(story, "lead", of="advanced"))
    story = after(*referred())
    rule = staff.those_allocated_must_be_active_and_in_date
    breaks(story, rule, "supervisor", TO, **given(story, "intake"))
    keeps(story, rule, "supervisor", TO, **given(story, "sergeant", of="worker"))


def test_nobody_succeeds_whom_somebody_in_the_case_does_not_want() -> None:
    story = ready()
    unwanted = story.someone("intermediate")
    story.do("worker", "decline_facilitator", party="V1", practitioner=unwanted)
    rule = allocated.nobody_is_allocated_whom_they_do_not_want
    breaks(story, rule, "supervisor", TO, **given(story, "intermediate"))
    keeps(story, rule, "supervisor", TO, **given(story, "advanced"))


def test_a_meeting_that_they_are_in_takes_a_break() -> None:
    story = under_way()
    story.do("supervisor", TO, **given(story, "intermediate"))
    assert story.events[-3:] == ["case_handed_over", "case_allocated", "intervention_paused"]


def test_entered_late_the_successor_has_it_and_before_they_had_it_themselves_nobody_does() -> None:
    story = after(*referred())
    story.later(days=5)
    story.do("supervisor", "allocate_case", lead=story.someone("advanced"))
    story.later(days=2)
    early, late = ((story.now - timedelta(days=d)).isoformat() for d in (4, 1))
    to = given(story, "intermediate", of="advanced")
    with pytest.raises(Nonsense, match="effective_at"):
        story.do("supervisor", TO, **to, effective_at=early)
    assert story.case.lead == story.someone("advanced")
    story.do("supervisor", TO, **to, effective_at=late)
    assert story.case.lead == story.someone("intermediate")


@pytest.mark.parametrize(
    ("to", "of", "sentence"),
    [
        ("lead", "lead", "somebody else"),
        ("intermediate", "advanced", "does not work on this case"),
        ("lead", "co", "two people"),
    ],
)
def test_what_makes_no_sense_is_said(to: str, of: str, sentence: str) -> None:
    story = after(*referred())
    with pytest.raises(Nonsense, match=sentence):
        story.do("supervisor", TO, **given(story, to, of))
    assert "case_handed_over" not in story.events
