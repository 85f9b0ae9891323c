"""What is behind a case sets its class; it is read in the vault and stands nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import classifying
from domain.words import Flag, Sensitivity
from tests.domain.situations import after, breaks, keeps
from tests.steps import referred

if TYPE_CHECKING:
    from tests.story import Story

CLASSIFY: tuple[str, str] = ("supervisor", "classify_case")
STANDARD: dict[str, Any] = {"sensitivity": "STANDARD", "reasons": "Invented."}


def behind(*flags: str) -> str:
    return json.dumps({"flags": list(flags)})


def case() -> Story:
    return after(*referred()[:-1])


@pytest.mark.parametrize("flag", sorted(classifying.BY_THEMSELVES))
def test_what_is_sensitive_by_itself_is_classified_so(flag: Flag) -> None:
    rule = classifying.what_is_sensitive_by_itself_is_classified_so
    breaks(case(), rule, *CLASSIFY, **STANDARD, flags=behind(flag, "MEDIA_INTEREST"))
    endorsed = [classifying.ENDORSED[flag]] if flag in classifying.ENDORSED else []
    keeps(case(), rule, *CLASSIFY, sensitivity="SENSITIVE_COMPLEX", flags=behind(flag),
          endorsements=endorsed, offenders_wish_held=True)  # fmt: skip


def test_every_other_flag_is_a_prompt_and_the_two_questions_decide() -> None:
    rule = classifying.what_is_sensitive_by_itself_is_classified_so
    others = sorted(set(Flag) - classifying.BY_THEMSELVES)
    keeps(case(), rule, *CLASSIFY, **STANDARD, flags=behind(*others))
    keeps(case(), rule, *CLASSIFY, **STANDARD)


@pytest.mark.parametrize("unread", [behind("NO_SUCH_FLAG"), "loose words", '{"flags": "HOMICIDE"}'])
def test_what_cannot_be_read_counts_as_sensitive(unread: str) -> None:
    rule = classifying.what_is_sensitive_by_itself_is_classified_so
    breaks(case(), rule, *CLASSIFY, **STANDARD, flags=unread)


def test_what_is_behind_it_names_the_endorsement_and_holds_what_the_offender_begins() -> None:
    rule = classifying.what_is_behind_it_names_who_may_act
    asked = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("DOMESTIC_ABUSE")}
    breaks(case(), rule, *CLASSIFY, **asked)
    breaks(case(), rule, *CLASSIFY, **asked, offenders_wish_held=True)
    breaks(case(), rule, *CLASSIFY, **asked, endorsements=["SPECIALIST_DA"])
    story = case()
    keeps(story, rule, *CLASSIFY, **asked, endorsements=["SPECIALIST_DA"],
          offenders_wish_held=True)  # fmt: skip
    assert story.case.offenders_wish_held


def test_no_flag_stands_in_the_log() -> None:
    story = case()
    held = {"flags": behind("STALKING_HARASSMENT"), "offenders_wish_held": True}
    (entry, *_) = story.do(*CLASSIFY, sensitivity="SENSITIVE_COMPLEX", **held)
    assert "STALKING" not in entry.envelope.model_dump_json()
    assert story.case.sensitivity is Sensitivity.SENSITIVE_COMPLEX
