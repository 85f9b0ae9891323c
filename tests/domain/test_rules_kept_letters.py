"""Letters that are kept, answered, asked about, and dealt with after a death."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.rules import choice
from domain.rules import kept_letters as keeping
from domain.waits import waits
from domain.words import LetterOnDeath, LetterState
from tests.domain.situations import after, breaks, end, keeps, letter_held
from tests.steps import EXPLAINED, referred, step
from tests.story import LIMITS

if TYPE_CHECKING:
    from datetime import datetime

    from tests.steps import Step
    from tests.story import Story

OF = {"letter": "L1"}
ASKED = step("lead", "record_letter_asked_for", letter="L1")
DELIVERED = step("lead", "deliver_letter", letter="L1")
CARRY = ("supervisor", "carry_out_letter_wish_on_death")


def wished(wish: str, by: str = "O1") -> Step:
    return step("lead", "record_letter_wish_on_death", letter="L1", party=by, wish=wish)


def review_of(story: Story) -> datetime:
    """Return when whoever the kept letter belongs to is to be asked about it."""
    (due,) = (w.due for w in waits(story.case, LIMITS) if w.name == "letter_review")
    assert due is not None
    return due


def test_a_reply_names_the_letter_that_it_answers() -> None:
    story = letter_held(ASKED, DELIVERED)
    reply = {"thread": "V1-O1", "party": "V1", "words": "Thank you.", "reply_to": "L1"}
    story.do("lead", "draft_letter", **reply)
    story.do("lead", "send_letter_back", letter="L2")
    story.do("lead", "draft_letter", **{**reply, "letter": "L2", "reply_to": None})
    assert story.case.letter("L2").reply_to == "L1"


def test_nobody_answers_their_own_letter_or_one_they_do_not_have() -> None:
    reply = {"thread": "V1-O1", "words": "Thank you.", "reply_to": "L1"}
    with pytest.raises(Exception, match="has not been delivered"):
        letter_held().do("lead", "draft_letter", party="V1", **reply)
    with pytest.raises(Exception, match="not a letter to O1"):
        letter_held(ASKED, DELIVERED).do("lead", "draft_letter", party="O1", **reply)


def test_asking_about_a_kept_letter_changes_nothing() -> None:
    hold = step("lead", "carry_out_letter_wish", letter="L1", wish="HOLD_FOR_ME", asked_by="V1")
    story = letter_held(ASKED, DELIVERED, hold, end("COMPLETED_INDIRECT"))
    before = story.case.letter("L1")
    story.later(days=366)
    due = review_of(story)
    assert due < story.now
    with pytest.raises(Exception, match="does not belong to O1"):
        story.do("lead", "ask_about_kept_letter", **OF, party="O1")
    story.do("lead", "ask_about_kept_letter", **OF, party="V1")
    kept = story.case.letter("L1")
    assert (kept.state, kept.wanted) == (before.state, before.wanted)
    assert review_of(story) > story.now


@pytest.mark.parametrize("wish", ["HAND_BACK", "DESTROY"])
def test_a_letter_is_dealt_with_after_a_death_as_its_owner_had_wished(wish: str) -> None:
    rule = keeping.only_what_they_left_on_record_is_done
    breaks(letter_held(step("lead", "record_death", party="O1")), rule, *CARRY, **OF)
    story = letter_held(wished(wish))
    breaks(story, rule, *CARRY, **OF)
    story.do("lead", "record_death", party="O1")
    keeps(story, rule, *CARRY, **OF)
    states = {"HAND_BACK": LetterState.RETURNED, "DESTROY": LetterState.DESTROYED}
    assert story.case.letter("L1").state is states[wish]


def test_a_letter_of_the_dead_is_given_only_to_somebody_who_says_that_they_want_it() -> None:
    rule = keeping.a_letter_of_the_dead_is_given_only_to_somebody_who_wants_it
    story = letter_held(wished("GIVE"))
    story.do("lead", "record_death", party="O1")
    breaks(story, rule, *CARRY, **OF)
    keeps(story, rule, *CARRY, **OF, asked_for=True)
    assert story.case.letter("L1").state is LetterState.DELIVERED


def test_a_letter_taken_back_before_its_author_died_is_not_given() -> None:
    rule = keeping.a_letter_of_the_dead_is_given_only_to_somebody_who_wants_it
    story = letter_held(wished("GIVE"), step("lead", "take_letter_back", letter="L1"))
    story.do("lead", "record_death", party="O1")
    breaks(story, rule, *CARRY, **OF, asked_for=True)


def test_a_letter_of_the_dead_is_not_given_where_it_is_not_safe() -> None:
    rule = keeping.a_letter_of_the_dead_is_given_only_where_it_is_safe
    for closing in ("record_legal_bar", "raise_concern"):
        story = letter_held(wished("GIVE"))
        given = {"concern": "DANGER"} if closing == "raise_concern" else {"thread": "V1-O1"}
        story.do("lead", closing, **given)
        story.do("lead", "record_death", party="O1")
        breaks(story, rule, *CARRY, **OF, asked_for=True)
    story = letter_held(wished("GIVE"))
    story.do("lead", "record_death", party="O1")
    keeps(story, rule, *CARRY, **OF, asked_for=True)


def test_an_authors_wish_for_after_their_death_ends_with_their_ownership() -> None:
    story = letter_held(wished("DESTROY"), ASKED, DELIVERED)
    assert story.case.letter("L1").on_death is None
    story.do("lead", "record_letter_wish_on_death", **OF, party="V1", wish="HAND_BACK")
    assert story.case.letter("L1").on_death is LetterOnDeath.HAND_BACK
    with pytest.raises(Exception, match="is not given again"):
        story.do("lead", "record_letter_wish_on_death", **OF, party="V1", wish="GIVE")


def test_a_meeting_with_a_facilitator_is_held_in_the_way_the_person_prefers() -> None:
    rule = choice.the_meeting_is_held_as_they_prefer
    pair = {"thread": "V1-O1", "party": "V1"}
    offered = step("worker", "offer_facilitator_meeting", **pair, way="VIDEO")
    story = after(*referred(), step("worker", "record_interest", **pair, asked_by="V1"), offered)
    met = {**pair, "explained": EXPLAINED, "understood": True}
    breaks(story, rule, "lead", "record_facilitator_meeting", **met, way="IN_PERSON")
    keeps(story, rule, "lead", "record_facilitator_meeting", **met, way="VIDEO")
    keeps(story, rule, "lead", "record_facilitator_meeting", **met, way="IN_PERSON", asked_by="V1")
