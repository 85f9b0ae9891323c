"""Who comes to a meeting besides its pairs: supporters, the community, interpreters, observers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import company, joining
from domain.words import InterventionState
from tests.domain.situations import MEETING, PLAN, after, breaks, keeps
from tests.steps import (
    chosen,
    completed,
    explored,
    introduced,
    offender,
    referred,
    started,
    step,
    victim,
    welcomed,
)

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

SUPPORTER = {"party": "S1", "role": "SUPPORTER_OF_VICTIM", "of": "V1"}
FRIEND = {"party": "S2", "role": "SUPPORTER_OF_OFFENDER", "of": "O1"}
INTERPRETER = {"party": "S3", "role": "INTERPRETER", "of": "V1"}
OBSERVER = {"party": "S4", "role": "OBSERVER"}
NEIGHBOUR = {"party": "C1", "role": "COMMUNITY_MEMBER"}
ALL = (SUPPORTER, FRIEND, INTERPRETER, OBSERVER, NEIGHBOUR)
SCOPES = ("FACE_TO_FACE", "SUPPORTERS_PRESENT", "COMMUNITY_MEMBERS_PRESENT", "OBSERVER_PRESENT")
OF = {"intervention": "I1"}
_, *REST = started("FACE_TO_FACE")
READY = REST[:6]
"""From preparing the pair to making it ready."""


def agreeing(*more: Step) -> Story:
    """Return a case with somebody of each kind, and both consents to company of each kind."""
    return after(*referred(victim(), offender(), *ALL), *explored(), *chosen(*SCOPES), *more)


def planned(*people: str, more: tuple[Step, ...] = ()) -> Story:
    """Return a planned meeting, to which these are invited and agreed to."""
    plan = step("lead", "plan_intervention", **MEETING, attending=list(people))
    return agreeing(*welcomed("S1", "S2", "S4", "C1"), plan, *more)


@pytest.mark.parametrize("party", ["S1", "S2", "S4", "C1"])
def test_one_yes_to_company_is_not_a_yes_to_everybody(party: str) -> None:
    rule = joining.everybody_in_the_room_must_be_agreed_to
    others = {"S1", "S2", "S4", "C1"} - {party}
    story = agreeing(*welcomed(*sorted(others)))
    breaks(story, rule, *PLAN, **MEETING, attending=[party])
    one = {"thread": "V1-O1", "company": [party], "form": "SIGNED_PAPER"}
    story.do("lead", "agree_to_company", party="V1", **one)
    breaks(story, rule, *PLAN, **MEETING, attending=[party])
    story.do("lead", "agree_to_company", party="O1", **one)
    keeps(story, rule, *PLAN, **MEETING, attending=[party])


def test_an_interpreter_is_a_persons_own_right_and_the_other_is_told() -> None:
    story = agreeing()
    keeps(story, joining.everybody_in_the_room_must_be_agreed_to, *PLAN, **MEETING,
          attending=["S3"])  # fmt: skip
    for one in (*READY[:-1], *introduced("S3")[:-1]):
        story.do(one.who, one.name, **one.given)
    rule = company.everybody_must_know_who_comes
    breaks(story, rule, "lead", "confirm_ready", **OF)
    story.do("lead", "tell_who_comes", **OF, party="O1")
    keeps(story, rule, "lead", "confirm_ready", **OF)


@pytest.mark.parametrize("party", ["S1", "S2", "S3", "S4", "C1"])
@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        ("record_company_agreement", company.everybody_invited_must_have_agreed_in_writing),
        ("assess_company", company.everybody_invited_must_be_found_suitable),
        ("tell_who_comes", company.everybody_must_know_who_comes),
    ],
)
def test_whoever_comes_agreed_themselves_and_was_looked_at(
    party: str, left_out: str, rule: Any
) -> None:
    steps = introduced(party)
    before = tuple(one for one in steps if one.name != left_out)
    story = planned(party, more=(*READY[:-1], *before))
    breaks(story, rule, "lead", "confirm_ready", **OF)
    for one in steps:
        if one.name == left_out:
            story.do(one.who, one.name, **one.given)
    keeps(story, rule, "lead", "confirm_ready", **OF)


def test_nobody_comes_of_whom_it_was_found_that_it_is_not_right() -> None:
    story = planned("S1", more=(*READY[:-1], *introduced("S1")))
    with pytest.raises(Exception, match="reasons"):
        story.do("lead", "assess_company", **OF, party="S1", suitable=False)
    story.do("lead", "assess_company", **OF, party="S1", suitable=False, reasons="Invented.")
    breaks(story, company.everybody_invited_must_be_found_suitable, "lead", "confirm_ready", **OF)


def test_who_is_not_wanted_by_one_is_not_there_and_the_rest_goes_on() -> None:
    story = planned("S1", "C1", more=(*READY[:-1], *introduced("S1"), *introduced("C1")))
    story.do("co", "decline_company", party="V1", company=["C1"])
    meeting = story.case.intervention("I1")
    assert meeting.attending == {"S1"}
    assert story.case.thread("V1-O1").current.offender.company >= {"C1"}
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    story.do("lead", "confirm_ready", **OF)
    rule = company.nobody_is_invited_whom_not_all_agreed_to
    breaks(story, rule, "lead", "invite_company", **OF, party="C1")
    again = {"thread": "V1-O1", "company": ["C1"], "form": "SIGNED_PAPER"}
    story.do("lead", "agree_to_company", party="V1", **again)
    keeps(story, rule, "lead", "invite_company", **OF, party="C1")
    assert story.case.intervention("I1").state is InterventionState.PLANNED


def test_a_no_takes_the_yes_to_company_with_it() -> None:
    story = agreeing(*welcomed("S1"))
    story.do("co", "pause_participation", party="V1")
    assert story.case.thread("V1-O1").current.victim.company == frozenset()


def test_a_supporters_doubt_puts_the_meeting_off_and_cancels_nothing() -> None:
    willing = step("lead", "confirm_willingness", **OF, party="S1")
    story = planned("S1", more=(*introduced("S1"), willing))
    story.do("auditor", "withdraw_consent", party="S1")
    meeting = story.case.intervention("I1")
    assert meeting.state is InterventionState.POSTPONED
    assert "S1" not in meeting.willing
    assert "S1" not in meeting.agreed


def test_without_somebody_of_a_pair_it_is_put_off_and_no_choice_changes() -> None:
    story = planned(more=(*READY, step("co", "stay_away", **OF, party="V1")))
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert story.case.thread("V1-O1").current.victim.consents


def with_neighbour(*more: Step) -> Story:
    """Return a meeting under way with a neighbour in the room."""
    willing = step("lead", "confirm_willingness", **OF, party="C1")
    return planned("C1", more=(*introduced("C1"), *REST[:-1], willing, REST[-1], *more))


def test_a_neighbour_may_leave_at_any_time_and_is_debriefed() -> None:
    story = with_neighbour(step("co", "stay_away", **OF, party="C1"))
    assert story.case.intervention("I1").state is InterventionState.ON_BREAK
    breaks_on = joining.both_people_must_consent_to_this_in_writing
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    keeps(story, breaks_on, "lead", "resume_intervention", **OF)
    for one in completed():
        story.do(one.who, one.name, **one.given)
    assert "debrief" in story.waiting()
    story.do("lead", "record_debrief", **OF, party="C1")
    assert "debrief" not in story.waiting()
