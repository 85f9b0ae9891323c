"""That protective acts are always recordable: by anyone, at any step, however late; and what they
do at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.command import COMMANDS
from domain.fold import fold
from domain.words import Choice, InterventionState, Responsibility
from tests.domain.given_diary import DIARY, PACK, TALK
from tests.domain.given_outward import OUTWARD
from tests.domain.situations import BOTH_IN_TURN, after, end, ended, ready, under_way
from tests.steps import chosen, completed, explored, offender, referred, started, step, victim

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.story import Story

LETTER = step("lead", "draft_letter", thread="V1-O1", party="V1", words="To you.")
MESSAGE = step("lead", "agree_message", intervention="I2", thread="V1-O1", party="V1", note="Why?")
PROPOSED = step("lead", "propose_item", thread="V1-O1", by="O1",
                proposed={"party": "O1", "kind": "APOLOGY"})  # fmt: skip
GIVEN: dict[str, dict[str, Any]] = {
    "record_need_for_time": {"party": "V1"},
    "defer_choice": {"party": "V1", "ask_at": "2026-06-01T10:00:00+01:00"},
    "decline_offer": {"party": "V1"},
    "stop_contact": {"party": "V1"},
    "pause_participation": {"party": "O1"},
    "withdraw_consent": {"party": "V1"},
    "narrow_consent": {"party": "V1", "scopes": ["OUTCOME_AGREEMENT"]},
    "decline_to_be_told": {"party": "V1"},
    "leave_contact_to_them": {"party": "O1"},
    "decline_later_offers": {"party": "V1"},
    "decline_follow_up": {"party": "V1"},
    "close_ways": {"party": "V1", "channels": ["LETTER"]},
    "withhold_details": {"party": "V1"},
    "record_under_age": {"party": "O1"},
    "doubt_identity": {"party": "V1"},
    "record_dispute": {"party": "O1"},
    "record_legal_bar": {"thread": "V1-O1"},
    "pause_intervention": {"intervention": "I1"},
    "stop_intervention": {"intervention": "I1", "by": "PARTICIPANT"},
    "postpone_intervention": {"intervention": "I1"},
    "cancel_intervention": {"intervention": "I1"},
    "withdraw_question": {"question": "Q1"},
    "record_letter_not_wanted": {"letter": "L1"},
    "take_letter_back": {"letter": "L1"},
    "decline_proposal": {"proposal": "P1", "party": "V1"},
    "take_message_back": {"message": "M1"},
    "decline_company": {"party": "V1", "company": ["S1"]},
    "stay_away": {"intervention": "I1", "party": "S1"},
    "hand_over": {"practitioner": "@lead"},
    "declare_conflict": {"practitioner": "@co"},
    "keep_to_themselves": {"party": "V1"},
    "take_back_step": {"party": "V1"},
    "decline_facilitator": {"party": "V1", "practitioner": "@lead"},
    "record_change": {"party": "O1", "change": "MOVED_PRISON"},
    "doubt_understanding": {"party": "V1"},
    "raise_concern": {"concern": "DANGER", "party": "V1"},
    "record_misleading": {"thread": "V1-O1", "party": "V1"},
    "record_death": {"party": "V1"},
    "report_mistake": {"entry": 2},
    "take_complaint_further": {"task": "@complaint", "to": "OMBUDSMAN"},
    **OUTWARD,
    **DIARY,
}

SUPPORTER = step("worker", "add_party", party="S1", role="SUPPORTER_OF_VICTIM", of="V1")
OF_PERSONS = {"follow_person", "note_person_told", "note_appearance", "note_case_told"}
OF_CASES = {"carry_over_wishes", "note_follow_up", "report_likeness"}
OF_DATA = {"note_mentions", "note_erased", "report_suppression", "follow_order"}
ELSEWHERE = {"record_adults_no", *OF_CASES, *OF_PERSONS, *OF_DATA}
"""Tried in `test_rules_children.py`, `test_rules_merging.py`, `test_doubles.py`,
`test_persons.py`, `test_rules_personal_data.py` and `test_rules_everywhere.py`: of a child's adult,
of two cases that are or may be one matter, of a person in several cases, of people's data, and of
nobody and nothing else."""


def busy(*more: Any) -> Story:
    """Return a case in which there is one of everything."""
    return under_way("FACE_TO_FACE", LETTER, SUPPORTER, PROPOSED, TALK, PACK, *more)


def with_message(story: Story) -> Story:
    story.do("lead", "record_consent", thread="V1-O1", party="V1",
             scopes=["SHUTTLE", *BOTH_IN_TURN], form="SIGNED_PAPER")  # fmt: skip
    story.do("lead", "record_consent", thread="V1-O1", party="O1",
             scopes=["SHUTTLE", *BOTH_IN_TURN], form="SIGNED_PAPER")  # fmt: skip
    story.do(
        "lead",
        "decide_risk",
        thread="V1-O1",
        decision="PROCEED_DIRECT",
        assessment_text="Invented.",
    )
    story.do("lead", "plan_intervention", type="SHUTTLE", threads=["V1-O1"])
    story.do("lead", "agree_message", **MESSAGE.given)
    story.do("co", "raise_concern", concern="COMPLAINT", party="V1")
    return story


def over(story: Story) -> Story:
    for one in completed():
        story.do(one.who, one.name, **one.given)
    story.do("lead", "cancel_intervention", intervention="I2")
    story.do("supervisor", "end_thread", **end("CJ_PROCESS_INTERVENED").given)
    return story


SITUATIONS: dict[str, Callable[[], Story]] = {
    "under way": lambda: with_message(busy()),
    "the pair has ended": lambda: over(with_message(busy())),
    "everybody asked for no contact": lambda: said("stop_contact"),
    "everybody died": lambda: said("record_death"),
    "all was withdrawn": lambda: said("withdraw_consent"),
}


def said(name: str) -> Story:
    story = with_message(busy())
    for party in ("V1", "O1"):
        story.do("co", name, party=party)
    return story


def given_for(story: Story, name: str) -> dict[str, Any]:
    of_staff = {k: story.someone(v[1:]) for k, v in GIVEN[name].items() if k == "practitioner"}
    given = {**GIVEN[name], **of_staff}
    if given.get("task") == "@complaint":
        given["task"] = next(iter(story.case.complaints))
    return given


def test_every_protective_act_is_tried_here() -> None:
    protective = {name for name, command in COMMANDS.items() if command.protective}
    assert set(GIVEN) | ELSEWHERE == protective


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("who", ["auditor", "co"])
def test_it_is_recorded_in_whatever_situation(name: str, situation: str, who: str) -> None:
    story = SITUATIONS[situation]()
    assert story.do(who, name, **given_for(story, name))


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("days", [-3650, -400, -1, 1, 40])
def test_it_is_recorded_whenever_it_took_effect(name: str, days: int) -> None:
    story = with_message(busy())
    at = (story.now + timedelta(days=days)).isoformat()
    recorded = story.do("auditor", name, **given_for(story, name), effective_at=at)
    assert recorded
    assert all(entry.effective_at <= story.now for entry in recorded)
    for day in range(-4000, 1, 97):
        fold(story.history, true_at=story.now + timedelta(days=day))


@pytest.mark.parametrize("name", GIVEN)
def test_it_is_recorded_by_somebody_out_of_date_or_in_conflict(name: str) -> None:
    story = with_message(busy())
    story.do("auditor", "declare_conflict", practitioner=story.someone("lead"))
    story.later(weeks=30)
    assert story.do("lead", name, **given_for(story, name))


def test_a_no_that_is_entered_late_cancels_what_was_booked_since() -> None:
    story = ready()
    monday = story.now
    story.later(days=1)
    for one in started("FACE_TO_FACE")[:4]:
        story.do(one.who, one.name, **one.given)
    story.do("auditor", "withdraw_consent", party="V1", effective_at=monday.isoformat())
    assert story.case.intervention("I1").state is InterventionState.CANCELLED
    assert story.case.thread("V1-O1").current.victim.choice is Choice.WITHDRAWN


def test_a_no_that_is_entered_late_stands_over_a_yes_of_the_time_between() -> None:
    story = after(*referred(), *explored())
    monday = story.now
    story.later(days=1)
    story.do("lead", "record_consent", thread="V1-O1", party="V1", scopes=["FACE_TO_FACE"],
             form="SIGNED_PAPER")  # fmt: skip
    story.later(days=1)
    story.do("auditor", "decline_offer", party="V1", effective_at=monday.isoformat())
    assert story.case.thread("V1-O1").current.victim.choice is Choice.DECLINED_THIS_OFFER


def test_a_yes_that_is_entered_late_does_not_lift_a_no() -> None:
    story = after(*referred(), *explored())
    monday = story.now
    story.later(days=1)
    story.do("auditor", "withdraw_consent", party="V1")
    story.later(days=1)
    story.do("lead", "record_consent", thread="V1-O1", party="V1", scopes=["FACE_TO_FACE"],
             form="SIGNED_PAPER", effective_at=monday.isoformat())  # fmt: skip
    assert story.case.thread("V1-O1").current.victim.choice is Choice.WITHDRAWN
    assert story.events[-1] == "late_entry_noted"


def test_both_may_say_no_at_once_and_leave_the_meeting() -> None:
    story = under_way()
    story.do("co", "withdraw_consent", party="V1")
    story.do("lead", "stop_contact", party="O1")
    story.do("lead", "stop_intervention", intervention="I1", by="PARTICIPANT")
    episode = story.case.thread("V1-O1").current
    assert episode.victim.choice is Choice.WITHDRAWN
    assert episode.offender.choice is Choice.DECLINED_NO_FURTHER_CONTACT
    assert story.case.intervention("I1").state is InterventionState.STOPPED_BY_PARTICIPANT


def test_a_no_in_general_is_a_no_in_every_pair() -> None:
    story = after(*referred(victim(), offender(1), offender(2)))
    story.do("auditor", "decline_offer", party="V1")
    assert {t.current.victim.choice for t in story.case.threads.values()} == {
        Choice.DECLINED_THIS_OFFER
    }


def test_a_no_in_one_pair_binds_no_other_and_nobody_else() -> None:
    story = after(*referred(victim(), offender(1), offender(2)))
    story.do("auditor", "decline_offer", party="V1", threads=["V1-O2"])
    untouched = story.case.thread("V1-O1").current
    assert untouched.victim.choice is Choice.INFORMATION_GIVEN
    assert story.case.thread("V1-O2").current.offender.choice is Choice.NOT_YET_OFFERED


def test_a_wish_for_no_contact_holds_in_pairs_that_are_opened_after_it() -> None:
    story = after(*referred(), step("auditor", "stop_contact", party="V1"))
    story.later(days=1)
    story.do("worker", "add_party", party="O2", role="OFFENDER")
    stopped = Choice.DECLINED_NO_FURTHER_CONTACT
    assert story.case.thread("V1-O2").current.victim.choice is stopped
    assert story.case.thread("V1-O2").current.offender.choice is Choice.NOT_YET_OFFERED
    story.do("worker", "allow_contact", party="V1", asked_by="V1")
    assert story.case.thread("V1-O2").current.victim.choice is Choice.NOT_YET_OFFERED
    assert story.case.thread("V1-O1").current.victim.choice is Choice.DECLINED_THIS_OFFER


def test_a_wish_for_no_contact_holds_in_an_episode_that_the_other_side_asked_for() -> None:
    story = ended()
    story.do("auditor", "stop_contact", party="V1")
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1")
    episode = story.case.thread("V1-O1").current
    assert episode.victim.choice is Choice.DECLINED_NO_FURTHER_CONTACT


def test_a_no_after_the_end_does_not_rewrite_how_it_ended() -> None:
    story = ready(more=(*started("FACE_TO_FACE"), *completed(), end("COMPLETED_DIRECT")))
    story.later(days=1)
    story.do("auditor", "withdraw_consent", party="V1")
    assert story.case.thread("V1-O1").current.victim.choice is Choice.CONSENTED
    assert story.events[-1] == "consent_withdrawn"


def test_a_pause_or_a_withdrawal_afterwards_does_not_weaken_a_wish_for_no_contact() -> None:
    story = after(*referred(), step("auditor", "stop_contact", party="V1"))
    story.do("auditor", "pause_participation", party="V1")
    episode = story.case.thread("V1-O1").current
    assert episode.victim.choice is Choice.DECLINED_NO_FURTHER_CONTACT
    assert "their_pace" not in story.waiting()


def test_a_new_yes_after_a_doubt_is_a_whole_new_consent() -> None:
    story = ready(*BOTH_IN_TURN, more=(step("co", "pause_participation", party="V1"),))
    assert story.case.thread("V1-O1").current.victim.scopes == frozenset()
    story.do("lead", "record_consent", thread="V1-O1", party="V1", scopes=["SHUTTLE"],
             form="SIGNED_PAPER")  # fmt: skip
    assert story.case.thread("V1-O1").current.victim.scopes == {"SHUTTLE"}


def test_a_meeting_of_two_pairs_is_put_off_when_one_of_them_leaves() -> None:
    pairs = ("V1-O1", "V2-O1")
    story = after(
        *referred(victim(1), victim(2), offender()),
        *(one for pair in pairs for one in explored(pair)),
        *(one for pair in pairs for one in chosen("FACE_TO_FACE", thread=pair)),
        step("lead", "plan_intervention", type="FACE_TO_FACE", threads=list(pairs)),
        step("auditor", "withdraw_consent", party="V2"),
    )
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert story.case.thread("V1-O1").current.victim.choice is Choice.CONSENTED


def test_a_bar_found_in_the_middle_stops_the_meeting_and_nobody_is_said_to_have_wanted_it() -> None:
    story = under_way("FACE_TO_FACE", step("auditor", "record_legal_bar", thread="V1-O1"))
    assert story.case.intervention("I1").state is InterventionState.STOPPED_BY_FACILITATOR


def test_a_finding_that_is_no_acceptance_puts_off_what_was_booked() -> None:
    story = ready(more=started("FACE_TO_FACE")[:1])
    story.do("lead", "record_responsibility", thread="V1-O1", party="O1",
             status="UNCLEAR_NEEDS_WORK", evidence="FACILITATOR_ASSESSMENT")  # fmt: skip
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert story.case.thread("V1-O1").current.responsibility is Responsibility.UNCLEAR_NEEDS_WORK


@pytest.mark.parametrize(
    ("name", "given"), [("stop_intervention", {"by": "FACILITATOR"}), ("cancel_intervention", {})]
)
def test_after_a_stop_everybody_is_asked_again_before_anything_else(
    name: str, given: dict[str, str]
) -> None:
    story = under_way("FACE_TO_FACE")
    story.do("lead", name, intervention="I1", **given)
    episode = story.case.thread("V1-O1").current
    assert not episode.victim.consents
    assert not episode.offender.consents
    assert episode.risk
    assert episode.risk.stale


def test_a_stop_said_in_time_counts_although_it_was_recorded_after_the_end() -> None:
    story = under_way()
    story.later(minutes=30)
    said_at = story.now.isoformat()
    story.later(minutes=30)
    story.do("lead", "complete_intervention", intervention="I1")
    story.do("auditor", "stop_intervention", intervention="I1", by="PARTICIPANT",
             effective_at=said_at)  # fmt: skip
    assert story.case.intervention("I1").state is InterventionState.STOPPED_BY_PARTICIPANT
    assert story.case.held("V1-O1") == ()


def test_what_was_held_to_its_end_is_not_stopped_afterwards() -> None:
    story = under_way("FACE_TO_FACE", *completed())
    story.later(days=1)
    story.do("auditor", "stop_intervention", intervention="I1", by="PARTICIPANT")
    assert story.case.intervention("I1").state is InterventionState.COMPLETED


def test_the_evening_after_a_meeting_with_a_break_is_recorded_as_it_went() -> None:
    story = ready(more=started("FACE_TO_FACE")[:-1])
    story.later(hours=1)
    at = {n: (story.now + timedelta(minutes=15 * n)).isoformat() for n in range(4)}
    story.later(hours=6)
    meeting = {"intervention": "I1"}
    both = [story.someone("lead"), story.someone("co")]
    story.do("lead", "start_intervention", **meeting, facilitators=both, effective_at=at[0])
    story.do("lead", "pause_intervention", **meeting, effective_at=at[1])
    story.do("lead", "resume_intervention", **meeting, effective_at=at[2])
    story.do("lead", "complete_intervention", **meeting, effective_at=at[3])
    assert story.case.intervention("I1").state is InterventionState.COMPLETED
