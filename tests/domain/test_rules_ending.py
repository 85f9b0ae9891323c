"""Rules about endings: each kept once, and broken once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import ending
from tests.domain.situations import (
    BOTH_IN_TURN,
    after,
    breaks,
    end,
    keeps,
    letter_held,
    ready,
    sensitive,
    under_way,
)
from tests.steps import (
    DAY,
    YEAR,
    completed,
    held,
    referred,
    started,
    step,
    victim,
)

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

WEEK_AND_MORE = timedelta(days=8)


def attempt(channel: str, outcome: str = "NO_RESPONSE", after: timedelta = WEEK_AND_MORE) -> Step:
    return step(
        "worker", "record_contact_attempt", after, party="V1", channel=channel, outcome=outcome
    )


PLAN = (attempt("TELEPHONE"), attempt("LETTER"), attempt("TELEPHONE"))
NOT_REACHED = end("VICTIM_NOT_CONTACTABLE", V1="NOT_REACHED")
INTERESTED = step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1")


def asks_to_end(story: Story, rule: Any, one: Step, *, passes: bool) -> None:
    (keeps if passes else breaks)(story, rule, one.who, one.name, **one.given)


@pytest.mark.parametrize(
    ("so_far", "reason"),
    [
        ((), "VICTIM_DECLINED_DOOR_OPEN"),
        ((step("worker", "withdraw_consent", party="V1"),), "VICTIM_DECLINED_DOOR_OPEN"),
        ((step("worker", "decline_offer", party="V1"),), "VICTIM_NO_FURTHER_CONTACT"),
        ((), "OFFENDER_DECLINED"),
        ((), "OFFENDER_NOT_ACCEPTING"),
        ((step("worker", "record_dispute", party="O1", status="DENIES"),),
         "OFFENDER_WITHDREW_ACCEPTANCE"),
        ((), "OFFENDER_NOT_IDENTIFIED"),
        ((step("lead", "decide_risk", thread="V1-O1", decision="PROCEED_DIRECT",
             assessment_text="Invented."),),
         "UNSUITABLE_RISK"),
        ((step("lead", "record_legal_position", thread="V1-O1"),), "LEGAL_BAR"),
        ((), "PARTY_DIED"),
        ((), "COMPLETED_DIRECT"),
        ((), "COMPLETED_INDIRECT"),
        ((), "COMPLETED_AGREEMENT_FULFILLED"),
        ((), "COMPLETED_AGREEMENT_NOT_FULFILLED"),
        ((), "RESOLVED_LOCALLY"),
    ],
)  # fmt: skip
def test_a_pair_does_not_end_for_what_did_not_happen(so_far: Any, reason: str) -> None:
    story = after(*referred(), *so_far)
    asks_to_end(story, ending.the_reason_must_be_what_happened, end(reason), passes=False)


@pytest.mark.parametrize(
    ("so_far", "reason"),
    [
        (step("worker", "decline_offer", party="V1"), "VICTIM_DECLINED_DOOR_OPEN"),
        (step("worker", "withdraw_consent", party="V1"), "VICTIM_WITHDREW"),
        (step("worker", "decline_offer", party="O1"), "OFFENDER_DECLINED"),
        (step("worker", "record_dispute", party="O1"), "OFFENDER_WITHDREW_ACCEPTANCE"),
        (step("worker", "record_dispute", party="O1", status="DENIES"), "OFFENDER_NOT_ACCEPTING"),
        (step("lead", "decide_risk", thread="V1-O1", decision="DO_NOT_PROCEED",
             assessment_text="Invented."),
         "UNSUITABLE_RISK"),
        (step("worker", "record_legal_bar", thread="V1-O1"), "LEGAL_BAR"),
    ],
)  # fmt: skip
def test_a_pair_ends_for_what_happened(so_far: Step, reason: str) -> None:
    story = after(*referred(), so_far)
    asks_to_end(story, ending.the_reason_must_be_what_happened, end(reason), passes=True)


def test_in_a_sensitive_case_not_safe_is_countersigned_first() -> None:
    story = sensitive(
        step(
            "advanced",
            "decide_risk",
            thread="V1-O1",
            decision="DO_NOT_PROCEED",
            assessment_text="Invented.",
        )
    )
    rule = ending.the_reason_must_be_what_happened
    asks_to_end(story, rule, end("UNSUITABLE_RISK"), passes=False)
    story.do("trainer", "countersign_risk", thread="V1-O1", decision="DO_NOT_PROCEED")
    asks_to_end(story, rule, end("UNSUITABLE_RISK"), passes=True)


def agreed(*items: dict[str, Any]) -> Step:
    return step("lead", "record_agreement", thread="V1-O1", intervention="I1", items=list(items))


OWED = {"party": "O1", "kind": "MONEY"}


def met_and(*items: dict[str, Any]) -> Story:
    return ready(*BOTH_IN_TURN, more=(*started("FACE_TO_FACE"), agreed(*items), *completed()))


def test_nothing_is_completed_while_an_agreed_item_is_open() -> None:
    story = met_and(OWED)
    rule = ending.the_reason_must_be_what_happened
    for reason in ("COMPLETED_DIRECT", "COMPLETED_AGREEMENT_FULFILLED",
                   "COMPLETED_AGREEMENT_NOT_FULFILLED"):  # fmt: skip
        asks_to_end(story, rule, end(reason), passes=False)
    story.do(
        "lead", "record_item_progress", item="A1", state="NOT_COMPLETED", not_done="CHOSE_NOT_TO"
    )
    asks_to_end(story, rule, end("COMPLETED_AGREEMENT_FULFILLED"), passes=False)
    asks_to_end(story, rule, end("COMPLETED_AGREEMENT_NOT_FULFILLED"), passes=True)


def test_an_agreement_of_one_episode_does_not_fulfil_another() -> None:
    story = met_and({**OWED, "done": True})
    story.do("lead", "end_thread", **end("COMPLETED_AGREEMENT_FULFILLED").given)
    story.do("lead", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    rule = ending.the_reason_must_be_what_happened
    for reason in ("COMPLETED_AGREEMENT_FULFILLED", "COMPLETED_DIRECT"):
        asks_to_end(story, rule, end(reason), passes=False)


def test_a_meeting_is_not_an_exchange_and_an_exchange_is_no_meeting() -> None:
    rule = ending.the_reason_must_be_what_happened
    asks_to_end(met_and(), rule, end("COMPLETED_INDIRECT"), passes=False)
    put = step("lead", "put_question", question="Q1", intervention="I1")
    written = under_way("WRITTEN_COMMUNICATION", put, *completed())
    asks_to_end(written, rule, end("COMPLETED_DIRECT"), passes=False)
    asks_to_end(written, rule, end("COMPLETED_INDIRECT"), passes=True)


def test_a_letter_that_was_never_delivered_completes_nothing() -> None:
    rule = ending.the_reason_must_be_what_happened
    asks_to_end(letter_held(), rule, end("COMPLETED_INDIRECT"), passes=False)


def test_an_interested_victim_does_not_end_before_a_facilitator_met_them() -> None:
    story = after(*referred(), INTERESTED)
    rule = ending.an_interested_victim_is_owed_a_facilitators_meeting
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=False)
    story.do("lead", **met_v1())
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=True)


def met_v1() -> dict[str, Any]:
    return {
        "name": "record_facilitator_meeting",
        "thread": "V1-O1",
        "party": "V1",
        "explained": ["WHAT_IT_IS"],
        "understood": True,
    }


def test_interest_said_in_a_first_discussion_is_owed_a_meeting_too() -> None:
    story = after(
        step("worker", "record_discussion", party="V1", interested=True, parties=[victim()]),
        step("worker", "add_party", party="O1", role="OFFENDER", stage="CUSTODY"),
    )
    rule = ending.an_interested_victim_is_owed_a_facilitators_meeting
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED", who="worker"), passes=False)
    assert "facilitators_meeting" in story.waiting()


def test_that_the_offender_died_does_not_cost_an_interested_victim_the_meeting() -> None:
    story = after(*referred(), INTERESTED, step("lead", "record_death", party="O1"))
    rule = ending.an_interested_victim_is_owed_a_facilitators_meeting
    asks_to_end(story, rule, end("PARTY_DIED", O1="NOT_REACHED"), passes=False)


@pytest.mark.parametrize(
    "settled",
    [
        step("worker", "record_meeting_not_wanted", thread="V1-O1", party="V1"),
        step("worker", "decline_offer", party="V1"),
    ],
)
def test_an_interested_victim_who_does_not_want_the_meeting_is_not_owed_it(settled: Step) -> None:
    story = after(*referred(), INTERESTED, settled)
    rule = ending.an_interested_victim_is_owed_a_facilitators_meeting
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=True)


def test_new_interest_is_owed_a_meeting_after_one_was_not_wanted() -> None:
    not_wanted = step("worker", "record_meeting_not_wanted", thread="V1-O1", party="V1")
    story = after(*referred(), INTERESTED, not_wanted, INTERESTED)
    rule = ending.an_interested_victim_is_owed_a_facilitators_meeting
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=False)


@pytest.mark.parametrize("said", ["record_need_for_time", "defer_choice", "pause_participation"])
def test_a_victim_at_their_own_pace_is_not_ended(said: str) -> None:
    story = after(*referred(), step("worker", said, party="V1"))
    rule = ending.a_victim_at_their_own_pace_is_not_ended
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=False)


def test_a_victim_who_said_nothing_yet_is_not_at_their_own_pace() -> None:
    rule = ending.a_victim_at_their_own_pace_is_not_ended
    asks_to_end(after(*referred()), rule, end("CJ_PROCESS_INTERVENED"), passes=True)


def test_nobody_counts_as_not_reached_before_the_whole_plan() -> None:
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    story = after(*referred(inform=False), *PLAN[:2])
    asks_to_end(story, rule, NOT_REACHED, passes=False)


def test_three_attempts_by_one_channel_are_not_the_plan() -> None:
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    story = after(*referred(inform=False), *[attempt("TELEPHONE")] * 3)
    asks_to_end(story, rule, NOT_REACHED, passes=False)


def test_three_attempts_within_a_week_are_not_the_plan() -> None:
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    quick = (attempt("TELEPHONE", "WRONG_DETAILS", DAY), attempt("LETTER", "RETURNED_MAIL", DAY))
    story = after(*referred(inform=False), *quick, *quick)
    asks_to_end(story, rule, NOT_REACHED, passes=False)


def test_somebody_counts_as_not_reached_after_the_whole_plan() -> None:
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    asks_to_end(after(*referred(inform=False), *PLAN), rule, NOT_REACHED, passes=True)


def test_attempts_before_they_were_last_in_touch_do_not_count() -> None:
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    story = after(*referred(inform=False), *PLAN[:2], attempt("TELEPHONE", "SPOKE"), PLAN[0])
    asks_to_end(story, rule, NOT_REACHED, passes=False)


def test_somebody_spoken_with_once_can_be_out_of_reach_years_later() -> None:
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    story = after(*referred(inform=False), attempt("TELEPHONE", "SPOKE"), *PLAN)
    asks_to_end(story, rule, NOT_REACHED, passes=True)


def test_attempts_of_an_earlier_episode_do_not_count_in_this_one() -> None:
    story = after(*referred(inform=False), *PLAN, NOT_REACHED)
    story.later(days=YEAR.days)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1")
    rule = ending.the_contact_plan_must_be_carried_out_in_full
    asks_to_end(story, rule, NOT_REACHED, passes=False)


def test_that_somebody_is_out_of_reach_is_not_for_a_case_worker_to_decide() -> None:
    rule = ending.ending_without_contact_is_a_supervisors_act
    story = after(*referred(inform=False), *PLAN)
    worker = end("VICTIM_NOT_CONTACTABLE", who="worker", V1="NOT_REACHED")
    asks_to_end(story, rule, worker, passes=False)
    asks_to_end(story, rule, NOT_REACHED, passes=True)


def test_nothing_ends_while_a_meeting_is_booked() -> None:
    rule = ending.nothing_may_be_booked_or_under_way
    story = under_way()
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=False)
    story.do("lead", "stop_intervention", intervention="I1", by="FACILITATOR")
    asks_to_end(story, rule, end("CJ_PROCESS_INTERVENED"), passes=True)


def test_nothing_ends_before_what_is_known_to_have_come_later() -> None:
    rule = ending.an_ending_comes_last
    story = after(*referred(inform=False), *PLAN)
    before = story.now.isoformat()
    story.later(days=1)
    story.do("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1")
    story.later(days=1)
    late = {**NOT_REACHED.given, "effective_at": before}
    breaks(story, rule, "supervisor", "end_thread", **late)


def test_an_ending_of_yesterday_is_recorded_if_nothing_came_after_it() -> None:
    rule = ending.an_ending_comes_last
    story = after(*referred(inform=False), *PLAN)
    before = story.now.isoformat()
    story.later(days=1)
    late = {**NOT_REACHED.given, "effective_at": before}
    keeps(story, rule, "supervisor", "end_thread", **late)


def test_a_pair_held_to_its_end_is_completed() -> None:
    rule = ending.the_reason_must_be_what_happened
    story = ready(*BOTH_IN_TURN, more=held("FACE_TO_FACE"))
    asks_to_end(story, rule, end("COMPLETED_DIRECT"), passes=True)
