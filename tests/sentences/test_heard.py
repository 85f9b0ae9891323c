"""What the sheet of a case says that people were told."""

from __future__ import annotations

from cli.hearing import heard
from domain.texts import TextRef
from domain.words import Role, WhereItStands
from sentences import To, sentences
from tests.domain.situations import after
from tests.paths_choosing import DECLINED

CONTACT = "Example Service, 0000 000"
WORD = TextRef(id="T-0123456789ABCDEF", digest="0" * 64)


def test_each_is_told_in_their_own_words_and_the_other_side_the_least() -> None:
    story = after(*DECLINED.steps)
    told = {(person, said) for person, _, said in heard(story.case, CONTACT)}
    assert told
    of_victim = [said for person, said in told if person == "V1"]
    of_offender = [said for person, said in told if person == "O1"]
    assert all("You said no" in said and "come back" in said for said in of_victim)
    least = sentences().said(WhereItStands.TOLD_NOT_GOING_AHEAD, To.OFFENDER, contact=CONTACT)
    assert set(of_offender) <= {least}


def test_the_word_that_somebody_chose_is_kept_and_can_be_given_up() -> None:
    story = after(*DECLINED.steps)
    story.do("worker", "record_chosen_word", party="V1", word=WORD.model_dump())
    assert story.case.party("V1").chosen_word == WORD
    story.do("worker", "record_chosen_word", party="V1")
    assert story.case.party("V1").chosen_word is None
    assert story.case.party("V1").role is Role.DIRECT_VICTIM
