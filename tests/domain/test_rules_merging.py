"""Two referrals of the same matter: merged by a person, nobody contacted twice, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.errors import Nonsense
from domain.fold import fold
from domain.rules import merging
from domain.words import (
    Choice,
    ContactBy,
    EndReason,
    FutureOffers,
    InterventionState,
    Responsibility,
    Sensitivity,
    Wish,
)
from tests.domain.matters import BOTH, merged, two, unmerged, within
from tests.domain.situations import BOTH_IN_TURN, breaks, go_on, keeps
from tests.steps import behind, chosen, explored, offender, referred, started, step, victim
from tests.story import Story

if TYPE_CHECKING:
    from domain.case import Case
    from tests.steps import Step

ATTEMPT = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}


def kept(story: Story, earlier: str) -> Case:
    return fold(story.streams[earlier])


def said(*steps: Step) -> Case:
    """Return the case that goes on, after these steps in the one that was merged into it."""
    story, earlier = two((), *steps)
    return kept(merged(story, earlier), earlier)


def test_the_earliest_clock_counts_and_both_referrals_stay() -> None:
    story, earlier = two()
    monday = kept(story, earlier).referred_at
    wednesday = story.case.referred_at
    merged(story, earlier)
    case = kept(story, earlier)
    assert case.referred_at == monday != wednesday == story.case.referred_at
    for stream in (earlier, story.case_id):
        assert [e.name for e in story.streams[stream]].count("referral_received") == 1
    assert story.case.thread("V1-O1").current.ended.reason is EndReason.DUPLICATE_MERGED


def test_it_may_as_well_be_the_earlier_that_goes_on_in_the_later() -> None:
    story, earlier = two()
    later, story.case_id = story.case_id, earlier
    monday = story.case.referred_at
    assert kept(merged(story, later), later).referred_at == monday


def test_what_is_merged_is_worked_on_in_the_other_case() -> None:
    rule = merging.what_was_merged_goes_on_in_the_other_case
    story, earlier = two()
    attempt = {**ATTEMPT, "channel": "EMAIL"}
    keeps(story, rule, "worker", "record_contact_attempt", **attempt)
    story.later(days=30)
    merged(story, earlier)
    breaks(story, rule, "worker", "record_contact_attempt", **ATTEMPT)
    breaks(story, rule, "worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    breaks(story, rule, "worker", "add_party", party="V2", role="DIRECT_VICTIM")
    assert "service_silence" not in story.waiting()


def test_nobody_is_tried_or_told_twice() -> None:
    case = said(step("worker", "record_contact_attempt", **ATTEMPT))
    assert len(case.party("V1").attempts) == 1


def test_whoever_is_interested_is_still_owed_a_facilitators_meeting() -> None:
    story, earlier = two((), step("worker", "record_interest", thread="V1-O1", party="V1"))
    merged(story, earlier)
    with within(story, earlier):
        assert "facilitators_meeting" in story.waiting()


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("decline_offer", Choice.DECLINED_THIS_OFFER),
        ("withdraw_consent", Choice.WITHDRAWN),
        ("pause_participation", Choice.PAUSED),
        ("record_need_for_time", Choice.CONSIDERING),
        ("defer_choice", Choice.DEFERRED),
        ("stop_contact", Choice.DECLINED_NO_FURTHER_CONTACT),
    ],
)
def test_a_no_comes_over_and_a_yes_does_not(name: str, choice: Choice) -> None:
    assert said(step("auditor", name, party="V1")).thread("V1-O1").side("V1").choice is choice
    case = said(*explored(), *chosen(*BOTH_IN_TURN))
    assert case.thread("V1-O1").side("V1").choice is not Choice.CONSENTED
    assert case.thread("V1-O1").current.responsibility is Responsibility.NOT_EXPLORED


def test_a_no_puts_off_what_is_booked_in_the_case_that_goes_on() -> None:
    first = (*explored(), *chosen(*BOTH_IN_TURN), *started("FACE_TO_FACE")[:1])
    story, earlier = two(first)
    go_on(story, step("auditor", "withdraw_consent", party="V1"))
    case = kept(merged(story, earlier), earlier)
    assert case.intervention("I1").state is InterventionState.CANCELLED
    assert case.thread("V1-O1").side("V1").choice is Choice.WITHDRAWN


def test_a_yes_that_was_given_later_than_the_no_stands() -> None:
    story, earlier = two((), step("auditor", "decline_offer", party="V1"))
    with within(story, earlier):
        go_on(story, *explored(), *chosen(*BOTH_IN_TURN))
    case = kept(merged(story, earlier), earlier)
    assert case.thread("V1-O1").side("V1").choice is Choice.CONSENTED


def test_every_wish_to_be_left_alone_comes_over_and_the_stricter_counts() -> None:
    case = said(
        step("auditor", "decline_later_offers", party="V1"),
        step("auditor", "decline_to_be_told", party="V1"),
        step("auditor", "close_ways", party="V1", channels=["LETTER"]),
        step("auditor", "withhold_details", party="V1"),
        step("auditor", "doubt_identity", party="V1"),
        step("auditor", "doubt_understanding", party="V1"),
        step("auditor", "decline_support", party="V1"),
        step("auditor", "decline_onward", party="V1"),
        step("auditor", "decline_feedback", party="V1"),
        step("auditor", "decline_facilitator", party="V1", practitioner="@advanced"),
        step("auditor", "decline_court_dates", party="V1"),
        step("auditor", "decline_follow_up", party="V1"),
        step("auditor", "decline_company", party="V1", company=["O1"]),
        step("auditor", "keep_to_themselves", party="V1", what=["REASONS"]),
        step("auditor", "take_back_step", party="V1", steps=["SAY_WHO_ASKS"]),
        step("auditor", "leave_contact_to_them", party="V1"),
        step("auditor", "record_legal_bar", thread="V1-O1"),
        step("auditor", "record_misleading", thread="V1-O1", party="V1"),
        step("auditor", "record_death", party="O1"),
        step("auditor", "declare_conflict", practitioner="@co"),
        step(
            "supervisor",
            "classify_case",
            sensitivity="SENSITIVE_COMPLEX",
            flags=behind("SPECIALIST_DA"),
        ),
    )
    person = case.party("V1")
    assert person.later_offers is FutureOffers.REFUSED
    assert Wish.NOT_BE_TOLD in person.wishes
    assert "LETTER" in person.closed_ways
    assert person.contact_by is ContactBy.REFERRER_ONLY
    assert person.identity_doubted
    assert person.understanding == "DOUBTED"
    assert person.support_declined_at
    assert person.onward_declined
    assert person.feedback_declined_at
    assert person.not_wanted
    assert person.court_dates_declined
    assert person.no_follow_up_at
    assert "O1" in case.thread("V1-O1").side("V1").company_declined
    assert "REASONS" in case.thread("V1-O1").side("V1").kept
    assert "SAY_WHO_ASKS" in case.thread("V1-O1").side("V1").steps_kept
    assert person.will_ring
    assert case.permissions["V1-O1"].barred
    assert case.thread("V1-O1").side("V1").misled
    assert case.party("O1").died
    assert case.conflicted
    assert case.sensitivity is Sensitivity.SENSITIVE_COMPLEX
    assert case.offenders_wish_held


def test_a_dispute_that_came_later_closes_the_gate_in_the_case_that_goes_on() -> None:
    first = (*explored(), *chosen(*BOTH_IN_TURN), *started("FACE_TO_FACE")[:1])
    story, earlier = two(first)
    go_on(story, step("auditor", "record_dispute", party="O1"))
    case = kept(merged(story, earlier), earlier)
    assert not case.thread("V1-O1").current.accepts_responsibility
    assert case.intervention("I1").state is InterventionState.POSTPONED


def test_that_somebody_is_a_child_comes_over_and_the_no_of_their_adult() -> None:
    people = referred(victim(role="CHILD_VICTIM"), offender())
    story, earlier = two((), step("auditor", "record_adults_no", party="V1"), people=people)
    case = kept(merged(story, earlier), earlier)
    assert case.party("V1").is_child
    assert case.thread("V1-O1").side("V1").adult_no_at


def test_safe_ways_are_those_that_are_safe_in_both() -> None:
    safe = step("worker", "record_safe_ways", party="V1", channels=["EMAIL"], asked_by="V1")
    both = step(
        "worker", "record_safe_ways", party="V1", channels=["EMAIL", "LETTER"], asked_by="V1"
    )
    story, earlier = two((both,), safe)
    case = kept(merged(story, earlier), earlier)
    assert case.party("V1").may_be_reached("EMAIL")
    assert not case.party("V1").may_be_reached("LETTER")
    assert said(safe).party("V1").safe_ways == {"EMAIL"}


def test_who_was_not_there_joins_under_a_name_of_their_own() -> None:
    people = referred(victim(1), victim(2, enhanced_rights=True), offender())
    story, earlier = two(people=people)
    merged(story, earlier, {"V2": "V1", "O1": "O1"})
    case = kept(story, earlier)
    assert set(case.threads) == {"V1-O1", "V2-O1"}
    assert not case.party("V2").enhanced_rights
    assert case.party("V2").details is None
    assert case.received[story.case_id].people == {"V1": "V2", "V2": "V1", "O1": "O1"}


def test_until_the_other_case_took_it_over_this_one_waits_for_it() -> None:
    story, earlier = two()
    go_on(story, step("supervisor", "merge_into", into=earlier, people=BOTH))
    assert "other_case" in story.waiting()
    assert story.do("auditor", "note_follow_up", other=earlier) == []
    later = story.case_id
    with within(story, earlier):
        go_on(story, step("supervisor", "receive_case", other=later))
    assert "other_case" in story.waiting()
    go_on(story, step("auditor", "note_follow_up", other=earlier))
    assert "other_case" not in story.waiting()


def test_taking_over_twice_changes_nothing() -> None:
    story, earlier = two((), step("auditor", "decline_offer", party="V1"))
    merged(story, earlier)
    later = story.case_id
    with within(story, earlier):
        assert story.do("supervisor", "receive_case", other=later) == []
        assert story.do("auditor", "carry_over_wishes", other=later) == []


def test_a_no_that_is_said_in_the_merged_case_afterwards_counts_in_the_other() -> None:
    story, earlier = two()
    merged(story, earlier)
    later = story.case_id
    story.do("auditor", "stop_contact", party="V1")
    assert "other_case" in story.waiting()
    assert story.do("auditor", "note_follow_up", other=earlier) == []
    with within(story, earlier):
        story.do("auditor", "carry_over_wishes", other=later)
        assert story.case.party("V1").no_contact
    story.do("auditor", "note_follow_up", other=earlier)
    assert "other_case" not in story.waiting()


def test_nothing_is_carried_over_from_a_case_that_was_not_merged() -> None:
    story, earlier = two((), step("auditor", "stop_contact", party="V1"))
    later = story.case_id
    with within(story, earlier), pytest.raises(Nonsense):
        story.do("supervisor", "receive_case", other=later)
    with within(story, earlier):
        assert story.do("auditor", "carry_over_wishes", other=later) == []
        assert not story.case.party("V1").no_contact


def test_what_is_booked_or_held_is_brought_to_its_end_first() -> None:
    rule = merging.what_is_merged_has_nothing_booked_or_held
    given = {"people": BOTH}
    story, earlier = two((), *explored(), *chosen(*BOTH_IN_TURN), *started("FACE_TO_FACE")[:1])
    breaks(story, rule, "supervisor", "merge_into", into=earlier, **given)
    go_on(story, step("lead", "cancel_intervention", intervention="I1"))
    keeps(story, rule, "supervisor", "merge_into", into=earlier, **given)


def test_a_merge_is_undone_by_somebody_who_had_no_part_in_it() -> None:
    rule = merging.a_merge_is_undone_by_a_second_person
    story, earlier = two()
    merged(story, earlier)
    undo = {"into": earlier, "reasons": "Two people of one name."}
    breaks(story, rule, "supervisor", "unmerge_case", **undo)
    keeps(story, rule, "trainer", "unmerge_case", **undo)


def test_undone_both_cases_go_on_as_if_they_had_never_been_one() -> None:
    story, earlier = two((), step("auditor", "decline_offer", party="V1"))
    before, there = story.case, kept(story, earlier)
    unmerged(merged(story, earlier), earlier)
    case = kept(story, earlier)
    assert story.case.thread("V1-O1").open
    assert story.case.thread("V1-O1").side("V1") == before.thread("V1-O1").side("V1")
    assert story.case.merged is story.case.follow_up is None
    assert case.parties == there.parties
    assert case.threads == there.threads
    assert case.referred_at == there.referred_at
    assert not case.received


def test_undone_those_who_came_with_it_stay_known_and_their_pairs_end_as_entered_in_error() -> None:
    people = referred(victim(1), victim(2), offender())
    story, earlier = two(people=people)
    merged(story, earlier)
    with within(story, earlier):
        go_on(story, step("worker", "record_interest", thread="V2-O1", party="V2"))
    case = kept(unmerged(story, earlier), earlier)
    assert case.thread("V2-O1").current.ended.reason is EndReason.ENTERED_IN_ERROR
    assert case.thread("V1-O1").open
    assert story.case.thread("V2-O1").open


def test_it_may_be_merged_again() -> None:
    story, earlier = two((), step("auditor", "stop_contact", party="V1"))
    unmerged(merged(story, earlier), earlier)
    assert not kept(story, earlier).party("V1").no_contact
    merged(story, earlier)
    assert kept(story, earlier).party("V1").no_contact


def test_what_somebody_thinks_is_one_matter_is_a_task_until_it_is_decided() -> None:
    story, earlier = two()
    go_on(story, step("worker", "propose_duplicate", case=earlier, account="Another spelling."))
    assert [task.kind for task in story.case.tasks.values()] == ["DUPLICATE"]
    merged(story, earlier)
    assert not story.case.tasks


@pytest.mark.parametrize(
    "people", [{"V1": "O1"}, {"V9": "V1"}, {"V1": "V9"}], ids=["sides", "here", "there"]
)
def test_people_are_matched_one_by_one_within_a_side(people: dict[str, str]) -> None:
    story, earlier = two()
    with pytest.raises(Nonsense):
        story.do("supervisor", "merge_into", into=earlier, people=people)


def test_a_case_is_merged_only_into_one_that_is_supervised_and_goes_on_itself() -> None:
    story, earlier = two()
    merged(story, earlier)
    for who, into in (("supervisor", story.case_id), ("supervisor", "RJ-7K3M9QXA-5")):
        with within(story, earlier), pytest.raises(Nonsense):
            story.do(who, "merge_into", into=into, people=BOTH)
