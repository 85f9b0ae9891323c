"""Wishes about company, court days and what passes, where two cases of one matter are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.fold import fold
from tests.domain.matters import BOTH, merged, two, within
from tests.domain.situations import BOTH_IN_TURN, go_on
from tests.steps import chosen, explored, step

if TYPE_CHECKING:
    from domain.case import Case
    from tests.story import Story


def kept(story: Story, earlier: str) -> Case:
    return fold(story.streams[earlier])


def test_what_they_let_pass_or_asked_for_here_is_taken_back_by_the_no_of_the_other_case() -> None:
    first = (
        step("lead", "allow_to_pass", thread="V1-O1", party="V1", what="REASONS"),
        step("worker", "ask_for_court_dates", party="V1"),
    )
    story, earlier = two(
        first,
        step("auditor", "keep_to_themselves", party="V1"),
        step("auditor", "decline_court_dates", party="V1"),
    )
    assert kept(story, earlier).thread("V1-O1").side("V1").may_pass
    merged(story, earlier)
    case = kept(story, earlier)
    assert not case.thread("V1-O1").side("V1").may_pass
    assert case.party("V1").court_dates_since is None


def test_a_yes_given_since_is_not_taken_back_by_a_no_that_was_looked_at_before() -> None:
    story, earlier = two((), step("auditor", "keep_to_themselves", party="V1", what=["REASONS"]))
    later = story.case_id
    merged(story, earlier)
    with within(story, earlier):
        passing = {"thread": "V1-O1", "party": "V1", "what": "REASONS"}
        go_on(story, step("worker", "allow_to_pass", **passing))
        go_on(story, step("worker", "ask_for_court_dates", party="V1"))
    go_on(story, step("auditor", "decline_support", party="V1"))
    with within(story, earlier):
        go_on(story, step("auditor", "carry_over_wishes", other=later))
    case = kept(story, earlier)
    assert case.party("V1").support_declined_at
    assert case.thread("V1-O1").side("V1").may_pass == {"REASONS"}
    assert case.party("V1").court_dates_since is not None


def test_somebody_who_was_not_wanted_there_does_not_come_to_what_is_planned_here() -> None:
    supporter = step("worker", "add_party", party="S1", role="SUPPORTER_OF_VICTIM", of="V1")
    agreed = [
        step("lead", "agree_to_company", thread="V1-O1", party=p, company=["S1"],
             form="SIGNED_PAPER")
        for p in ("V1", "O1")
    ]  # fmt: skip
    planned = step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
    invited = step("lead", "invite_company", intervention="I1", party="S1")
    here = (
        *explored(),
        *chosen(*BOTH_IN_TURN, "SUPPORTERS_PRESENT"),
        supporter,
        *agreed,
        planned,
        invited,
    )
    no = step("auditor", "decline_company", party="V1", company=["S1"])
    story, earlier = two(here, supporter, no)
    assert kept(story, earlier).intervention("I1").attending == {"S1"}
    merged(story, earlier, {**BOTH, "S1": "S1"})
    case = kept(story, earlier)
    assert case.intervention("I1").attending == set()
    assert not case.thread("V1-O1").side("V1").company
