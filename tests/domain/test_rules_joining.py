"""The gates of every joining step: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import joining
from domain.rules.table import GUARDS, joins
from tests.domain.situations import (
    BOTH_IN_TURN,
    BY_LETTER,
    MEETING,
    PLAN,
    after,
    breaks,
    end,
    keeps,
    letter_held,
    ready,
    under_way,
)
from tests.steps import (
    chosen,
    completed,
    explored,
    offender,
    referred,
    started,
    step,
    victim,
    welcomed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.steps import Step
    from tests.story import Story

CONSENTS = chosen(*BOTH_IN_TURN)


def without(name: str) -> Story:
    """Return a case that is ready but for one of the steps that make it so."""
    steps = (*referred(), *explored(), *CONSENTS)
    return after(*(one for one in steps if one.name != name))


def test_nothing_is_planned_in_a_pair_that_has_ended() -> None:
    story = ready(more=(end("CJ_PROCESS_INTERVENED"),))
    breaks(story, joining.every_pair_must_be_under_way, *PLAN, **MEETING)


def test_a_meeting_is_planned_in_a_pair_that_is_under_way() -> None:
    keeps(ready(), joining.every_pair_must_be_under_way, *PLAN, **MEETING)


def test_what_was_planned_in_an_earlier_episode_is_not_held_in_this_one() -> None:
    story = ready()
    story.later(hours=1)
    before = story.now.isoformat()
    story.later(hours=1)
    story.do("supervisor", "end_thread", **end("CJ_PROCESS_INTERVENED").given)
    story.do(*PLAN, **MEETING, effective_at=before)
    story.do("lead", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    breaks(story, joining.it_must_be_of_this_episode, "lead", "confirm_ready", intervention="I1")


def test_what_was_planned_in_this_episode_is_made_ready_in_it() -> None:
    story = ready(more=started("FACE_TO_FACE")[:6])
    rule = joining.it_must_be_of_this_episode
    keeps(story, rule, "lead", "confirm_ready", intervention="I1")


@pytest.mark.parametrize("who", ["V1", "O1"])
def test_nothing_is_planned_with_somebody_who_asked_not_to_be_contacted(who: str) -> None:
    story = ready(more=(step("co", "stop_contact", party=who),))
    breaks(story, joining.nobody_joined_may_have_asked_for_no_contact, *PLAN, **MEETING)


def test_a_supporter_who_asked_not_to_be_contacted_is_not_invited() -> None:
    story = with_supporter(step("lead", "stop_contact", party="S1"))
    rule = joining.nobody_joined_may_have_asked_for_no_contact
    breaks(story, rule, *PLAN, **MEETING, attending=["S1"])
    keeps(story, rule, *PLAN, **MEETING)


def with_supporter(*more: Step, scope: str = "SUPPORTERS_PRESENT", role: str = "") -> Story:
    supporter = {"party": "S1", "role": role or "SUPPORTER_OF_VICTIM", "of": "V1"}
    if role:
        supporter = {"party": "C1", "role": role}
    people = (victim(), offender(), supporter)
    agreed = (*chosen("FACE_TO_FACE", scope), *welcomed(supporter["party"]))
    return after(*referred(*people), *explored(), *agreed, *more)


def test_nothing_is_planned_with_somebody_who_died() -> None:
    story = ready(more=(step("lead", "record_death", party="O1"),))
    breaks(story, joining.nobody_joined_may_have_died, *PLAN, **MEETING)


def test_a_meeting_is_planned_between_the_living() -> None:
    keeps(ready(), joining.nobody_joined_may_have_died, *PLAN, **MEETING)


@pytest.mark.parametrize(
    "closing",
    [
        step("auditor", "record_dispute", party="O1"),
        step("lead", "record_responsibility", thread="V1-O1", party="O1",
             status="ACCEPTS_BASIC_FACTS_PARTIAL", evidence="FACILITATOR_ASSESSMENT"),
    ],
)  # fmt: skip
def test_nothing_is_planned_while_responsibility_is_not_accepted(closing: Step) -> None:
    rule = joining.the_offender_must_accept_responsibility
    breaks(without("record_responsibility"), rule, *PLAN, **MEETING)
    breaks(ready(more=(closing,)), rule, *PLAN, **MEETING)


def test_a_meeting_is_planned_once_responsibility_is_accepted() -> None:
    keeps(ready(), joining.the_offender_must_accept_responsibility, *PLAN, **MEETING)


def test_one_offenders_acceptance_opens_no_other_pair() -> None:
    story = after(
        *referred(victim(), offender(1), offender(2)), *explored("V1-O1"), *chosen(*BOTH_IN_TURN)
    )
    rule = joining.the_offender_must_accept_responsibility
    breaks(story, rule, *PLAN, type="FACE_TO_FACE", threads=["V1-O2"])


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("withdraw_consent", "V1"),
        ("withdraw_consent", "O1"),
        ("pause_participation", "V1"),
        ("record_need_for_time", "O1"),
        ("defer_choice", "V1"),
        ("decline_offer", "O1"),
        ("stop_contact", "V1"),
    ],
)
def test_nothing_is_planned_after_a_no_or_a_doubt(said: str, who: str) -> None:
    story = ready(more=(step("auditor", said, party=who),))
    breaks(story, joining.both_people_must_consent_to_this_in_writing, *PLAN, **MEETING)


def test_a_consent_to_one_form_is_no_consent_to_another() -> None:
    rule = joining.both_people_must_consent_to_this_in_writing
    story = ready(*BY_LETTER)
    breaks(story, rule, *PLAN, **MEETING)
    breaks(story, rule, *PLAN, type="SHUTTLE", threads=["V1-O1"])


def test_a_meeting_is_planned_on_both_consents() -> None:
    keeps(ready(), joining.both_people_must_consent_to_this_in_writing, *PLAN, **MEETING)


@pytest.mark.parametrize(
    "change",
    [
        step("lead", "record_stage", party="O1", stage="LICENCE_OR_POST_RELEASE"),
        step("lead", "record_stage", party="O1", stage="RECALLED"),
    ],
)
def test_after_a_change_both_consents_are_confirmed_again(change: Step) -> None:
    story = ready(more=(change,))
    rule = joining.both_people_must_consent_to_this_in_writing
    breaks(story, rule, *PLAN, **MEETING)
    for one in (*CONSENTS[2:],):
        story.do(one.who, one.name, **one.given)
    breaks(story, rule, *PLAN, **MEETING)
    for party in ("V1", "O1"):
        story.do("lead", "confirm_consent", thread="V1-O1", party=party)
    keeps(story, rule, *PLAN, **MEETING)


def test_a_confirmation_is_no_new_yes_after_a_doubt() -> None:
    story = ready(more=(step("co", "pause_participation", party="V1"),))
    with pytest.raises(Exception, match="no consent to confirm"):
        story.do("lead", "confirm_consent", thread="V1-O1", party="V1")


@pytest.mark.parametrize(
    ("role", "party", "wrong"),
    [
        ("", "S1", "COMMUNITY_MEMBERS_PRESENT"),
        ("COMMUNITY_MEMBER", "C1", "SUPPORTERS_PRESENT"),
    ],
)
def test_nobody_is_invited_whom_not_all_agreed_to(role: str, party: str, wrong: str) -> None:
    rule = joining.everybody_in_the_room_must_be_agreed_to
    right = {"SUPPORTERS_PRESENT", "COMMUNITY_MEMBERS_PRESENT"} - {wrong}
    breaks(with_supporter(scope=wrong, role=role), rule, *PLAN, **MEETING, attending=[party])
    story = with_supporter(scope=right.pop(), role=role)
    keeps(story, rule, *PLAN, **MEETING, attending=[party])


def test_a_victim_does_not_come_as_somebodys_supporter() -> None:
    story = after(
        *referred(victim(1), victim(2), offender()),
        *explored(),
        *chosen("FACE_TO_FACE", "SUPPORTERS_PRESENT"),
    )
    with pytest.raises(Exception, match="V2 takes part through their own pair"):
        story.do("lead", "agree_to_company", thread="V1-O1", party="V1", company=["V2"],
                 form="SIGNED_PAPER")  # fmt: skip
    rule = joining.everybody_in_the_room_must_be_agreed_to
    breaks(story, rule, *PLAN, **MEETING, attending=["V2"])


def two_by_two() -> Story:
    people = (victim(1), victim(2), offender(1), offender(2))
    pairs = ("V1-O1", "V2-O2")
    return after(
        *referred(*people),
        *(one for pair in pairs for one in explored(pair)),
        *(one for pair in pairs for one in chosen(*BOTH_IN_TURN, thread=pair)),
    )


def test_nobody_meets_somebody_whose_own_pair_is_not_part_of_the_meeting() -> None:
    rule = joining.all_who_meet_must_be_a_pair_of_this_meeting
    breaks(two_by_two(), rule, *PLAN, type="FACE_TO_FACE", threads=["V1-O1", "V2-O2"])
    keeps(two_by_two(), rule, *PLAN, type="FACE_TO_FACE", threads=["V2-O2"])


def test_agreeing_something_has_a_consent_of_its_own() -> None:
    rule = joining.an_agreement_needs_consent_to_agreeing
    given = {"thread": "V1-O1", "intervention": "I1"}
    meeting_only = ready("FACE_TO_FACE", more=(*started("FACE_TO_FACE"), *completed()))
    breaks(meeting_only, rule, "lead", "record_agreement", **given)
    keeps(under_way(), rule, "lead", "record_agreement", **given)


def test_only_the_victim_lets_go_of_what_was_agreed() -> None:
    story = under_way()
    items = [{"party": "O1", "kind": "MONEY"}]
    story.do("lead", "record_agreement", thread="V1-O1", intervention="I1", items=items)
    rule = joining.only_the_victim_lets_an_item_go
    gone = {"item": "A1", "state": "RELEASED_BY_VICTIM"}
    breaks(story, rule, "lead", "record_item_progress", **gone, asked_by="O1")
    keeps(story, rule, "lead", "record_item_progress", **gone, asked_by="V1")


AGREED = step("lead", "agree_message", intervention="I1", thread="V1-O1", party="V1", note="Why?")
ASKED = step("lead", "record_letter_asked_for", letter="L1")
BRINGING_OVER: dict[str, tuple[Callable[[], Story], dict[str, Any]]] = {
    "put_question": (
        lambda: under_way("WRITTEN_COMMUNICATION"),
        {"question": "Q1", "intervention": "I1"},
    ),
    "carry_message": (
        lambda: under_way("SHUTTLE", AGREED),
        {"message": "M1", "party": "O1", "channel": "IN_PERSON"},
    ),
    "record_letter_asked_for": (letter_held, {"letter": "L1"}),
    "deliver_letter": (lambda: letter_held(ASKED), {"letter": "L1"}),
    "record_agreement": (under_way, {"thread": "V1-O1", "intervention": "I1"}),
}
CLOSING = {
    "record_dispute": ({"party": "O1"}, joining.the_offender_must_accept_responsibility),
    "record_legal_bar": ({"thread": "V1-O1"}, joining.no_legal_bar_may_stand),
    "raise_concern": ({"concern": "DANGER"}, joining.the_risk_must_be_decided_and_current),
    "stop_contact": ({"party": "V1"}, joining.nobody_joined_may_have_asked_for_no_contact),
}


@pytest.mark.parametrize("name", BRINGING_OVER)
@pytest.mark.parametrize("closing", CLOSING)
def test_every_way_to_bring_something_over_is_gated(name: str, closing: str) -> None:
    situation, given = BRINGING_OVER[name]
    said, rule = CLOSING[closing]
    story = situation()
    story.do("auditor", closing, **said)
    breaks(story, rule, "lead", name, **given)


def test_the_joining_steps_are_these() -> None:
    assert {command.name() for command in GUARDS if joins(command)} == {
        "plan_intervention",
        "confirm_ready",
        "pencil_in_date",
        "fix_date",
        "invite_company",
        "tell_who_comes",
        "start_intervention",
        "resume_intervention",
        "put_question",
        "give_answer",
        "record_letter_asked_for",
        "deliver_letter",
        "carry_message",
        "record_agreement",
        "propose_item",
        "agree_to_proposal",
        "pass_on",
    }
