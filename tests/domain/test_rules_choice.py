"""Rules about choosing: each kept once, and broken once."""

from __future__ import annotations

from typing import Any

import pytest

from domain.rules import choice, joining
from domain.words import Choice, InterventionState
from tests.domain.situations import (
    BOTH_IN_TURN,
    after,
    breaks,
    ended,
    explored_case,
    keeps,
    offender_began,
    ready,
    under_way,
)
from tests.steps import explored, met, offender, referred, step, victim

CONSENT: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "scopes": ["FACE_TO_FACE"],
    "form": "SIGNED_PAPER",
}
CHILD = {"party": "V1", "role": "CHILD_VICTIM", "details": {"born": "2014-05-05"}}
MOTHER = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_VICTIM", "of": "V1"}
WITH_MOTHER = {"adult": "S1", "adult_view": "YES"}


def of_a_child(*more: Any) -> Any:
    return after(*referred(CHILD, MOTHER, offender()), *explored(), *more)


def of_somebody(details: dict[str, Any] | None, **more: Any) -> Any:
    person = {"party": "V1", "role": "DIRECT_VICTIM", "details": details, **more}
    if details is None:
        del person["details"]
    return after(*referred(person, offender()), *explored())


def test_a_meeting_is_completed_once_it_has_started() -> None:
    story = explored_case()
    rule = choice.it_must_apply_at_this_step
    story.do("lead", "gather_question", thread="V1-O1", party="V1", words="Why?")
    breaks(story, rule, "lead", "approve_answer", question="Q1")
    keeps(story, rule, "lead", "record_not_put", question="Q1", because="WOULD_HARM")


def test_nothing_is_offered_in_a_pair_that_has_ended() -> None:
    breaks(ended(), choice.the_pair_must_be_under_way, "worker", "make_offer", **to_victim())


def test_an_offer_is_made_in_a_pair_that_is_under_way() -> None:
    rule = choice.the_pair_must_be_under_way
    keeps(after(*referred()), rule, "worker", "make_offer", **to_victim())


def to_victim() -> dict[str, str]:
    return {"thread": "V1-O1", "party": "V1"}


def test_whoever_said_no_is_not_asked_again() -> None:
    story = after(*referred(), step("worker", "decline_offer", party="V1"))
    breaks(story, choice.nobody_who_said_no_is_asked_again, "worker", "make_offer", **to_victim())


def test_whoever_said_no_may_ask_for_an_offer() -> None:
    story = after(*referred(), step("worker", "decline_offer", party="V1"))
    rule = choice.nobody_who_said_no_is_asked_again
    keeps(story, rule, "worker", "make_offer", **to_victim(), asked_by="V1")


def test_a_victim_is_not_asked_before_an_offender_who_began_it_accepts() -> None:
    rule = choice.an_offender_accepts_before_the_victim_is_asked
    breaks(offender_began(), rule, "worker", "make_offer", **to_victim())


def test_a_victim_is_asked_once_the_offender_who_began_it_accepts() -> None:
    story = offender_began(
        met("V1-O1", "O1"),
        step(
            "lead",
            "record_responsibility",
            thread="V1-O1",
            party="O1",
            status="ACCEPTS_RESPONSIBILITY",
            evidence="FACILITATOR_ASSESSMENT",
        ),
    )
    rule = choice.an_offender_accepts_before_the_victim_is_asked
    keeps(story, rule, "worker", "make_offer", **to_victim())


def test_nobody_consents_before_a_facilitator_met_them() -> None:
    rule = choice.consent_follows_a_facilitators_meeting
    breaks(after(*referred()), rule, "lead", "record_consent", **CONSENT)


def test_a_consent_follows_a_facilitators_meeting() -> None:
    rule = choice.consent_follows_a_facilitators_meeting
    keeps(explored_case(), rule, "lead", "record_consent", **CONSENT)


def test_a_meeting_of_an_earlier_episode_is_not_enough_for_a_consent() -> None:
    story = explored_case(
        step("lead", "decline_offer", party="V1"),
        step(
            "lead",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_DECLINED_DOOR_OPEN",
            told={"V1": "TOLD_IT_ENDED", "O1": "TOLD_NOT_GOING_AHEAD"},
        ),
        step("lead", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1"),
    )
    breaks(
        story, choice.consent_follows_a_facilitators_meeting, "lead", "record_consent", **CONSENT
    )


@pytest.mark.parametrize(
    "lacking",
    [{"understood": False}, {"explained": ["WHAT_IT_IS", "ALL_OPTIONS", "CAN_STOP_ANY_TIME"]}],
)
def test_nobody_consents_to_what_was_not_explained_or_understood(lacking: dict[str, Any]) -> None:
    told = {**met("V1-O1", "V1").given, **lacking}
    story = after(*referred(), step("lead", "record_facilitator_meeting", **told))
    breaks(story, choice.consent_rests_on_full_information, "lead", "record_consent", **CONSENT)


def test_a_consent_rests_on_all_that_was_explained_and_understood() -> None:
    rule = choice.consent_rests_on_full_information
    keeps(explored_case(), rule, "lead", "record_consent", **CONSENT)


@pytest.mark.parametrize("adult", [{}, {"adult_view": "YES"}, {"adult": "S1"}])
def test_for_a_child_an_adult_is_heard_and_named(adult: dict[str, str]) -> None:
    rule = choice.a_childs_adult_is_heard_apart
    breaks(of_a_child(), rule, "lead", "record_consent", **CONSENT, **adult)


@pytest.mark.parametrize("adult", [WITH_MOTHER, {"adult_view": "NOT_WANTED_BY_CHILD"}])
def test_a_child_consents_with_their_adult_or_without_one_they_do_not_want(
    adult: dict[str, str],
) -> None:
    rule = choice.a_childs_adult_is_heard_apart
    keeps(of_a_child(), rule, "lead", "record_consent", **CONSENT, **adult)


def test_an_offender_does_not_speak_for_a_child() -> None:
    rule = choice.the_adult_must_be_there_for_the_child
    given = {**CONSENT, "adult": "O1", "adult_view": "YES"}
    breaks(of_a_child(), rule, "lead", "record_consent", **given)


def test_a_parent_speaks_for_their_child() -> None:
    rule = choice.the_adult_must_be_there_for_the_child
    keeps(of_a_child(), rule, "lead", "record_consent", **CONSENT, **WITH_MOTHER)


def test_somebody_whose_details_say_that_they_are_seventeen_is_recorded_as_a_child() -> None:
    story = of_somebody({"born": "2008-03-20"})
    rule = choice.somebody_under_18_is_recorded_as_a_child
    breaks(story, rule, "lead", "record_consent", **CONSENT)


def test_somebody_consents_as_an_adult_on_their_eighteenth_birthday() -> None:
    story = of_somebody({"born": "2008-03-20"})
    rule = choice.somebody_under_18_is_recorded_as_a_child
    story.later(days=20)
    keeps(story, rule, "lead", "record_consent", **CONSENT)


@pytest.mark.parametrize("details", [None, {}, {"born": "29/02/1984"}, {"born": 7}])
def test_whose_age_is_not_known_is_not_taken_for_an_adult(details: dict[str, Any] | None) -> None:
    rule = choice.it_must_be_known_that_they_are_an_adult
    breaks(of_somebody(details), rule, "lead", "record_consent", **CONSENT)


def test_whoever_gives_no_birth_date_can_be_known_to_be_an_adult() -> None:
    rule = choice.it_must_be_known_that_they_are_an_adult
    keeps(of_somebody({"adult": True}), rule, "lead", "record_consent", **CONSENT)


def test_whose_details_were_erased_is_not_taken_for_an_adult() -> None:
    story = explored_case()
    story.facts.clear()
    rule = choice.it_must_be_known_that_they_are_an_adult
    breaks(story, rule, "lead", "record_consent", **CONSENT)


def test_a_conviction_is_not_acceptance() -> None:
    rule = choice.a_conviction_alone_is_not_acceptance
    given = {"thread": "V1-O1", "party": "O1", "evidence": "CONVICTION_ONLY"}
    for status in ("ACCEPTS_RESPONSIBILITY",):
        breaks(after(*referred()), rule, "lead", "record_responsibility", status=status, **given)


def test_acceptance_is_found_in_talking_with_the_person() -> None:
    rule = choice.a_conviction_alone_is_not_acceptance
    keeps(
        after(*referred()),
        rule,
        "lead",
        "record_responsibility",
        thread="V1-O1",
        party="O1",
        status="ACCEPTS_RESPONSIBILITY",
        evidence="FACILITATOR_ASSESSMENT",
    )


@pytest.mark.parametrize(
    "said",
    ["decline_offer", "withdraw_consent", "pause_participation", "record_need_for_time",
     "defer_choice"],
)  # fmt: skip
def test_interest_is_not_recorded_over_what_somebody_said(said: str) -> None:
    story = after(*referred(), step("worker", said, party="V1"))
    rule = choice.interest_is_not_recorded_over_a_no
    breaks(story, rule, "worker", "record_interest", **to_victim())
    keeps(story, rule, "worker", "record_interest", **to_victim(), asked_by="V1")


def test_interest_does_not_undo_a_consent() -> None:
    story = ready()
    story.do("worker", "record_interest", thread="V1-O1", party="V1")
    assert story.case.thread("V1-O1").current.victim.choice is Choice.CONSENTED


def test_details_of_nobody_in_particular_are_not_asked_for() -> None:
    shop = victim(role="CORPORATE_VICTIM_REP")
    del shop["details"]
    shown = step("lead", "record_authority", party="V1", shown="A letter, plainly invented.")
    story = after(*referred(shop, offender()), *explored(), shown)
    rule = choice.it_must_be_known_that_they_are_an_adult
    keeps(story, rule, "lead", "record_consent", **CONSENT)


def test_what_is_taken_back_of_a_consent_stops_that_and_leaves_the_rest() -> None:
    story = ready(*BOTH_IN_TURN, "SHUTTLE")
    story.do("intake", "narrow_consent", party="V1", scopes=["FACE_TO_FACE"])
    rule = joining.both_people_must_consent_to_this_in_writing
    plan = {"threads": ["V1-O1"]}
    breaks(story, rule, "lead", "plan_intervention", type="FACE_TO_FACE", **plan)
    keeps(story, rule, "lead", "plan_intervention", type="SHUTTLE", **plan)


def test_a_consent_taken_back_scope_by_scope_is_withdrawn() -> None:
    story = ready(*BOTH_IN_TURN)
    story.do("intake", "narrow_consent", party="V1", scopes=list(BOTH_IN_TURN))
    assert story.case.thread("V1-O1").side("V1").choice is Choice.WITHDRAWN


def test_what_was_booked_is_put_off_when_part_of_a_consent_is_taken_back() -> None:
    story = under_way()
    story.do("intake", "narrow_consent", party="V1", scopes=["OUTCOME_AGREEMENT"])
    assert story.case.intervention("I1").state is InterventionState.ON_BREAK
