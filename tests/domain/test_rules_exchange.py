"""Rules for meetings, written exchanges, shuttle and letters: each kept once, and broken once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import exchange, joining
from domain.words import LetterState, MessageState, QuestionState
from tests.domain.situations import (
    BY_LETTER,
    breaks,
    end,
    keeps,
    letter_held,
    ready,
    under_way,
)
from tests.steps import DAY, WEEK, chosen, completed, explored, started, step

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

ASKED = step("lead", "record_letter_asked_for", letter="L1")
PUT = step("lead", "put_question", question="Q1", intervention="I1")
ANSWERED = (
    PUT,
    step("lead", "record_answer", question="Q1", party="O1", answer="Because."),
    step("lead", "approve_answer", question="Q1"),
)
GIVE = {"question": "Q1", "asked_for": True}
AGAIN = (
    end("CJ_PROCESS_INTERVENED"),
    step("lead", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1"),
    *explored(),
)
"""The pair is taken up again, and both are met and accept afresh."""


def doubt(party: str, *scopes: str) -> tuple[Step, ...]:
    """Return a doubt, and a new written consent that ends it."""
    consent = {"thread": "V1-O1", "party": party, "scopes": list(scopes), "form": "SIGNED_PAPER"}
    return (
        step("co", "pause_participation", party=party),
        step("lead", "record_consent", after=DAY, **consent),
    )


def test_nobody_meets_unprepared() -> None:
    story = ready(more=(*started("FACE_TO_FACE")[:2], started("FACE_TO_FACE")[3]))
    rule = exchange.everybody_must_be_prepared
    breaks(story, rule, "lead", "confirm_ready", intervention="I1")
    story.do("lead", "prepare_person", intervention="I1", party="O1")
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", intervention="I1", party=party)
    keeps(story, rule, "lead", "confirm_ready", intervention="I1")


def test_nobody_meets_before_the_checklist_was_gone_through() -> None:
    story = ready(more=started("FACE_TO_FACE")[:3])
    rule = exchange.the_checklist_must_be_complete
    story.do("lead", "check_item", intervention="I1", items=list(range(1, 25)))
    breaks(story, rule, "lead", "confirm_ready", intervention="I1")
    story.do("lead", "check_item", intervention="I1", items=[25], applies=False, reason="Invented.")
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", intervention="I1", party=party)
    keeps(story, rule, "lead", "confirm_ready", intervention="I1")


START = {"intervention": "I1", "facilitators": ["@lead", "@co"]}


def test_nobody_meets_who_did_not_say_that_day_that_they_want_to() -> None:
    story = ready(more=started("FACE_TO_FACE")[:-1])
    rule = exchange.everybody_must_want_it_today
    story.later(days=1)
    story.do("lead", "check_on_the_day", intervention="I1")
    breaks(story, rule, "lead", "start_intervention", **START)
    for party in ("V1", "O1"):
        breaks(story, rule, "lead", "start_intervention", **START)
        story.do("lead", "confirm_willingness", intervention="I1", party=party)
    keeps(story, rule, "lead", "start_intervention", **START)


def test_what_was_put_off_is_made_ready_and_asked_about_again() -> None:
    story = ready(more=started("FACE_TO_FACE")[:-1])
    story.do("co", "postpone_intervention", intervention="I1")
    story.do("lead", "fix_date", intervention="I1", for_when=(story.now + WEEK).isoformat())
    story.do("lead", "check_item", intervention="I1", items=list(range(1, 26)))
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", intervention="I1", party=party)
    story.do("lead", "confirm_ready", intervention="I1")
    story.later(days=1)
    story.do("lead", "check_on_the_day", intervention="I1")
    rule = exchange.everybody_must_want_it_today
    breaks(story, rule, "lead", "start_intervention", **START)


def test_a_meeting_does_not_go_on_while_somebody_is_in_doubt() -> None:
    story = under_way("FACE_TO_FACE", step("co", "pause_participation", party="V1"))
    rule = exchange.everybody_must_want_to_go_on
    breaks(story, rule, "lead", "resume_intervention", intervention="I1")


def test_a_meeting_goes_on_after_a_break_that_was_nobodys_doubt() -> None:
    story = under_way("FACE_TO_FACE", step("co", "pause_intervention", intervention="I1"))
    rule = exchange.everybody_must_want_to_go_on
    keeps(story, rule, "lead", "resume_intervention", intervention="I1")


def test_a_meeting_does_not_go_on_on_a_new_consent_before_they_say_so_there() -> None:
    story = under_way("FACE_TO_FACE", *doubt("V1", "FACE_TO_FACE", "OUTCOME_AGREEMENT"))
    rule = exchange.everybody_must_want_to_go_on
    breaks(story, rule, "lead", "resume_intervention", intervention="I1")
    story.do("lead", "confirm_willingness", intervention="I1", party="V1")
    keeps(story, rule, "lead", "resume_intervention", intervention="I1")


@pytest.mark.parametrize("kind", ["WRITTEN_COMMUNICATION", "SHUTTLE"])
def test_an_exchange_in_which_nothing_passed_is_not_completed(kind: str) -> None:
    rule = exchange.something_must_have_passed
    breaks(under_way(kind), rule, "lead", "complete_intervention", intervention="I1")


def test_an_exchange_in_which_a_question_was_put_is_completed() -> None:
    rule = exchange.something_must_have_passed
    story = under_way("WRITTEN_COMMUNICATION", PUT)
    keeps(story, rule, "lead", "complete_intervention", intervention="I1")


END: tuple[str, str] = ("lead", "complete_intervention")
NOES = (
    "record_need_for_time",
    "defer_choice",
    "decline_offer",
    "stop_contact",
    "pause_participation",
    "withdraw_consent",
)


def a_no_learnt_of_late(said: str, *, after: str) -> tuple[Story, str]:
    """Return a meeting that was ended or took a break after a quarter of an hour, where O1 had said
    no before it began, as was entered later; and a moment five minutes after it began."""
    story = under_way()
    before, soon = story.now - timedelta(minutes=4), story.now + timedelta(minutes=5)
    story.later(minutes=15)
    story.do("lead", after, intervention="I1")
    story.later(minutes=5)
    story.do("advanced", said, party="O1", effective_at=before.isoformat())
    return story, soon.isoformat()


@pytest.mark.parametrize("after", ["complete_intervention", "pause_intervention"])
@pytest.mark.parametrize("said", NOES)
def test_an_end_that_is_entered_late_does_not_count_over_a_no_said_before_it(
    said: str, after: str
) -> None:
    rule = exchange.nobody_may_have_said_no_before_its_end
    story, soon = a_no_learnt_of_late(said, after=after)
    meeting = story.case.intervention("I1")
    breaks(story, rule, *END, intervention="I1", effective_at=soon)
    story.do(*END, intervention="I1", effective_at=soon, happened=True)
    assert story.events[-1] == "acted_in_breach"
    assert story.case.intervention("I1") == meeting


@pytest.mark.parametrize("said", NOES)
def test_it_is_as_when_the_no_was_entered_at_once(said: str) -> None:
    story = ready(more=started("FACE_TO_FACE")[:-1])
    story.do("advanced", said, party="O1")
    consent = joining.both_people_must_consent_to_this_in_writing
    breaks(story, consent, "lead", "start_intervention", **START)
    story = under_way()
    story.do("advanced", said, party="O1")
    breaks(story, exchange.nobody_may_have_said_no_before_its_end, *END, intervention="I1")


def test_an_end_before_a_no_was_said_is_entered_after_it() -> None:
    rule = exchange.nobody_may_have_said_no_before_its_end
    story = under_way()
    story.later(minutes=15)
    ended = story.now.isoformat()
    story.later(minutes=5)
    story.do("advanced", "withdraw_consent", party="O1")
    story.later(minutes=5)
    keeps(story, rule, *END, intervention="I1", effective_at=ended)
    assert [one.id for one in story.case.held("V1-O1")] == ["I1"]


def test_nothing_is_put_before_an_exchange_has_started_or_while_it_is_on_a_break() -> None:
    rule = exchange.the_exchange_must_have_started
    put = {"question": "Q1", "intervention": "I1"}
    story = under_way("WRITTEN_COMMUNICATION")
    story.do("co", "pause_intervention", intervention="I1")
    breaks(story, rule, "lead", "put_question", **put)
    story.do("lead", "resume_intervention", intervention="I1")
    keeps(story, rule, "lead", "put_question", **put)


def test_no_answer_is_given_in_an_exchange_that_was_stopped() -> None:
    rule = exchange.the_exchange_must_not_be_broken_off
    story = under_way("WRITTEN_COMMUNICATION", *ANSWERED)
    story.do("auditor", "stop_intervention", intervention="I1", by="PARTICIPANT")
    breaks(story, rule, "lead", "give_answer", **GIVE)


def test_an_answer_kept_for_the_asker_is_given_after_the_exchange_was_completed() -> None:
    rule = exchange.the_exchange_must_not_be_broken_off
    story = under_way("WRITTEN_COMMUNICATION", *ANSWERED, *completed())
    story.later(days=7)
    keeps(story, rule, "lead", "give_answer", **GIVE)


def test_an_answer_nobody_asked_for_is_held() -> None:
    rule = exchange.an_answer_is_given_only_when_asked_for
    story = under_way("WRITTEN_COMMUNICATION", *ANSWERED)
    breaks(story, rule, "lead", "give_answer", question="Q1", asked_for=False)
    keeps(story, rule, "lead", "give_answer", **GIVE)


def test_a_question_is_not_put_whose_asker_was_in_doubt_since() -> None:
    story = under_way("WRITTEN_COMMUNICATION", *doubt("V1", "QUESTIONS_IN_WRITING"))
    story.do("lead", "confirm_willingness", intervention="I1", party="V1")
    story.do("lead", "resume_intervention", intervention="I1")
    rule = exchange.its_asker_must_still_stand_by_it
    put = {"question": "Q1", "intervention": "I1"}
    breaks(story, rule, "lead", "put_question", **put)
    again = {"thread": "V1-O1", "party": "V1", "question": "Q1", "words": "Why then?"}
    story.do("lead", "gather_question", **again)
    keeps(story, rule, "lead", "put_question", **put)


def test_a_question_of_an_earlier_episode_is_worded_anew_before_it_is_put() -> None:
    question = step("lead", "gather_question", thread="V1-O1", party="V1", words="Why?")
    consents = chosen("QUESTIONS_IN_WRITING", risk="PROCEED_INDIRECT_ONLY")
    story = ready(more=(question, *AGAIN, *consents, *started("WRITTEN_COMMUNICATION")))
    rule = exchange.its_asker_must_still_stand_by_it
    breaks(story, rule, "lead", "put_question", question="Q1", intervention="I1")


def test_an_answer_is_not_given_whose_author_was_in_doubt_since() -> None:
    story = under_way("WRITTEN_COMMUNICATION", *ANSWERED, *doubt("O1", "QUESTIONS_IN_WRITING"))
    story.do("lead", "confirm_willingness", intervention="I1", party="O1")
    story.do("lead", "resume_intervention", intervention="I1")
    rule = exchange.the_author_must_still_stand_by_the_answer
    breaks(story, rule, "lead", "give_answer", **GIVE)
    story.do("lead", "approve_answer", question="Q1")
    keeps(story, rule, "lead", "give_answer", **GIVE)


def test_a_letter_is_held_for_sending_only_by_its_authors_consent() -> None:
    draft = step("lead", "draft_letter", thread="V1-O1", party="O1", words="Sorry.")
    rule = exchange.an_author_must_agree_to_send_letters
    breaks(ready(more=(draft,)), rule, "lead", "approve_letter", letter="L1")
    keeps(ready(*BY_LETTER, more=(draft,)), rule, "lead", "approve_letter", letter="L1")


def test_nobody_hears_of_a_letter_who_did_not_agree_to_hear_of_letters() -> None:
    rule = exchange.a_recipient_must_agree_to_hear_of_letters
    story = letter_held(
        step("lead", "record_consent", thread="V1-O1", party="V1", scopes=["FACE_TO_FACE"],
             form="SIGNED_PAPER")
    )  # fmt: skip
    breaks(story, rule, "lead", "record_letter_asked_for", letter="L1")
    keeps(letter_held(), rule, "lead", "record_letter_asked_for", letter="L1")


def test_a_letter_that_nobody_wants_is_not_delivered() -> None:
    rule = exchange.a_letter_is_delivered_only_to_somebody_who_wants_it
    breaks(letter_held(), rule, "lead", "deliver_letter", letter="L1")
    unwanted = step("auditor", "record_letter_not_wanted", letter="L1")
    breaks(letter_held(ASKED, unwanted), rule, "lead", "deliver_letter", letter="L1")
    keeps(letter_held(ASKED), rule, "lead", "deliver_letter", letter="L1")


def test_a_wish_to_have_a_letter_does_not_outlast_a_doubt() -> None:
    story = letter_held(ASKED, *doubt("V1", *BY_LETTER))
    rule = exchange.a_letter_is_delivered_only_to_somebody_who_wants_it
    breaks(story, rule, "lead", "deliver_letter", letter="L1")


def test_a_letter_is_not_delivered_whose_author_was_in_doubt_since() -> None:
    story = letter_held(ASKED, *doubt("O1", *BY_LETTER))
    rule = exchange.its_author_must_still_stand_by_it
    breaks(story, rule, "lead", "deliver_letter", letter="L1")
    story.do("lead", "approve_letter", letter="L1")
    keeps(story, rule, "lead", "deliver_letter", letter="L1")


def test_a_letter_approved_in_one_episode_does_not_pass_on_the_consents_of_another() -> None:
    story = letter_held(ASKED, *AGAIN, *chosen(*BY_LETTER, risk="PROCEED_INDIRECT_ONLY"))
    rule = exchange.its_author_must_still_stand_by_it
    breaks(story, rule, "lead", "deliver_letter", letter="L1")
    breaks(story, rule, "lead", "record_letter_asked_for", letter="L1")
    story.do("lead", "approve_letter", letter="L1")
    story.do("lead", "record_letter_asked_for", letter="L1")
    keeps(story, rule, "lead", "deliver_letter", letter="L1")


def test_a_message_agreed_before_a_doubt_is_agreed_again() -> None:
    agreed = {"intervention": "I1", "thread": "V1-O1", "party": "V1", "note": "Why?"}
    story = under_way("SHUTTLE", step("lead", "agree_message", **agreed), *doubt("V1", "SHUTTLE"))
    assert story.case.message("M1").state is MessageState.TAKEN_BACK


def wish(letter_wish: str, by: str) -> dict[str, Any]:
    return {"letter": "L1", "wish": letter_wish, "asked_by": by}


def test_a_letter_is_dealt_with_as_the_one_it_belongs_to_wishes() -> None:
    rule = exchange.it_is_done_as_its_owner_wishes
    taken_back = letter_held(step("auditor", "take_letter_back", letter="L1"))
    breaks(taken_back, rule, "lead", "carry_out_letter_wish", **wish("DESTROY", "V1"))
    keeps(taken_back, rule, "lead", "carry_out_letter_wish", **wish("DESTROY", "O1"))
    delivered = letter_held(ASKED, step("lead", "deliver_letter", letter="L1"))
    breaks(delivered, rule, "lead", "carry_out_letter_wish", **wish("DESTROY", "O1"))
    keeps(delivered, rule, "lead", "carry_out_letter_wish", **wish("HOLD_FOR_ME", "V1"))


def test_an_authors_wish_after_delivery_is_passed_on_and_not_enforced() -> None:
    story = letter_held(ASKED, step("lead", "deliver_letter", letter="L1"))
    story.do("auditor", "take_letter_back", letter="L1")
    assert story.case.letter("L1").state is LetterState.DELIVERED
    assert "task" in story.waiting()


def test_a_question_taken_back_after_its_answer_was_given_stays_answered() -> None:
    give = step("lead", "give_answer", **GIVE)
    story = under_way("WRITTEN_COMMUNICATION", *ANSWERED, give)
    story.do("auditor", "withdraw_question", question="Q1")
    assert story.case.question("Q1").state is QuestionState.ANSWER_GIVEN


def test_questions_letters_and_messages_of_two_pairs_keep_their_names() -> None:
    story: Story = letter_held()
    story.do("lead", "draft_letter", thread="V1-O1", party="V1", words="To you.")
    assert list(story.case.letters) == ["L1", "L2"]
