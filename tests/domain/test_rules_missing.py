"""A refusal names the scope that is missing, and whose consent it is: as codes."""

from __future__ import annotations

from typing import Any

import pytest

from cli.told import told
from client import Refused
from domain.rule import refusal
from domain.rules import joining
from tests.domain.situations import BY_LETTER, LETTER, MEETING, PLAN, after, ready
from tests.steps import chosen, explored, offender, referred, started, step, victim, welcomed
from tests.story import RefusedInStory, Story

CONSENT = "both_people_must_consent_to_this_in_writing"
SUPPORTER = {"party": "S1", "role": "SUPPORTER_OF_VICTIM", "of": "V1"}


def missing(story: Story, code: str, who: str, name: str, **given: Any) -> tuple[str, ...]:
    with pytest.raises(RefusedInStory) as refused:
        story.do(who, name, **given)
    return refused.value.about[code]


def test_a_consent_to_letters_only_names_the_meeting_that_it_does_not_cover() -> None:
    story = ready(*BY_LETTER)
    assert missing(story, CONSENT, *PLAN, **MEETING) == ("V1:FACE_TO_FACE", "O1:FACE_TO_FACE")
    given = {"thread": "V1-O1", "scopes": ["FACE_TO_FACE"], "form": "SIGNED_PAPER"}
    story.do("lead", "record_consent", party="O1", **given)
    assert missing(story, CONSENT, *PLAN, **MEETING) == ("V1:FACE_TO_FACE",)


def test_a_consent_that_does_not_stand_is_named_as_that_and_not_why() -> None:
    story = ready(more=(step("co", "pause_participation", party="O1"),))
    assert missing(story, CONSENT, *PLAN, **MEETING) == ("O1:CONSENT",)


def test_who_did_not_agree_to_whom_is_named() -> None:
    code = "everybody_in_the_room_must_be_agreed_to"
    agreed = chosen("FACE_TO_FACE", "SUPPORTERS_PRESENT")
    story = after(*referred(victim(), offender(), SUPPORTER), *explored(), *agreed)
    story.do(welcomed("S1")[0].who, welcomed("S1")[0].name, **welcomed("S1")[0].given)
    assert missing(story, code, *PLAN, **MEETING, attending=["S1"]) == ("O1:S1",)
    story.do("co", "narrow_consent", party="V1", scopes=["SUPPORTERS_PRESENT"])
    asked = missing(story, code, *PLAN, **MEETING, attending=["S1"])
    assert asked == ("V1:SUPPORTERS_PRESENT", "O1:S1")


def test_what_is_missing_of_letters_and_of_an_agreement_is_named() -> None:
    draft = ready(more=(LETTER[0],))
    send = "an_author_must_agree_to_send_letters"
    assert missing(draft, send, "lead", "approve_letter", letter="L1") == (
        "O1:INDIRECT_LETTER_SEND",
    )
    meeting = ready("FACE_TO_FACE", more=started("FACE_TO_FACE"))
    code, given = "an_agreement_needs_consent_to_agreeing", {"thread": "V1-O1"}
    asked = missing(meeting, code, "lead", "record_agreement", **given, intervention="I1")
    assert asked == ("V1:OUTCOME_AGREEMENT", "O1:OUTCOME_AGREEMENT")


def test_who_must_agree_to_hear_of_letters_is_named() -> None:
    letter = (*LETTER, step("co", "narrow_consent", party="V1", scopes=["INDIRECT_LETTER_RECEIVE"]))
    story = ready(*BY_LETTER, more=letter)
    code = "a_recipient_must_agree_to_hear_of_letters"
    asked = missing(story, code, "lead", "record_letter_asked_for", letter="L1")
    assert asked == ("V1:INDIRECT_LETTER_RECEIVE",)


def test_who_is_not_to_be_invited_is_named() -> None:
    planned = ready(more=(step("lead", "plan_intervention", **MEETING),))
    planned.do("worker", "add_party", **SUPPORTER)
    code = "nobody_is_invited_whom_not_all_agreed_to"
    asked = missing(planned, code, "lead", "invite_company", intervention="I1", party="S1")
    assert asked == ("V1:SUPPORTERS_PRESENT", "O1:SUPPORTERS_PRESENT")


def test_people_read_it_in_words() -> None:
    about = ("V1:FACE_TO_FACE", "O1:CONSENT", "V1:S1")
    failure = told(Refused([refusal(joining.both_people_must_consent_to_this_in_writing, about)]))
    assert failure is not None
    assert failure.sentences[0].endswith(
        "Missing of V1: a consent to face-to-face; O1: a written consent that stands; "
        "V1: a yes to S1 by name."
    )
    assert failure.details["refusals"][0]["about"] == [*about]
