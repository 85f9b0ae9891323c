"""What is behind a case sets its class; it is read in the vault and stands nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.behind import BY_THEMSELVES, ENDORSED, HELD_KINDS, endorsements_of
from domain.errors import Nonsense
from domain.rules import classifying, staff
from domain.words import ENDORSEMENTS, Change, Credential, Flag, Sensitivity
from tests.domain.matters import merged, two, unmerged, within
from tests.domain.situations import after, breaks, keeps, sensitive, sensitive_and_ready
from tests.steps import referred, step

if TYPE_CHECKING:
    from tests.story import Story

CLASSIFY: tuple[str, str] = ("supervisor", "classify_case")
UNREAD: list[Any] = [
    {"flags": ["NO_SUCH_FLAG"]},
    "loose words",
    {"flags": "HOMICIDE"},
    {"flags": [], "more": 1},
]
STANDARD: dict[str, Any] = {"sensitivity": "STANDARD", "reasons": "Invented."}


def behind(*flags: str) -> dict[str, Any]:
    return {"flags": list(flags)}


def case() -> Story:
    return after(*referred()[:-1])


@pytest.mark.parametrize("flag", sorted(BY_THEMSELVES))
def test_what_is_sensitive_by_itself_is_classified_so(flag: Flag) -> None:
    rule = classifying.what_is_sensitive_by_itself_is_classified_so
    breaks(case(), rule, *CLASSIFY, **STANDARD, flags=behind(flag, "MEDIA_INTEREST"))
    story = case()
    keeps(story, rule, *CLASSIFY, sensitivity="SENSITIVE_COMPLEX", flags=behind(flag))
    asked = {ENDORSED[flag]} if flag in ENDORSED else set()
    assert endorsements_of(story.case, story.facts) == asked
    assert story.case.offenders_wish_held is (flag in HELD_KINDS)


def test_every_other_flag_is_a_prompt_and_the_two_questions_decide() -> None:
    rule = classifying.what_is_sensitive_by_itself_is_classified_so
    others = sorted(set(Flag) - BY_THEMSELVES)
    keeps(case(), rule, *CLASSIFY, **STANDARD, flags=behind(*others))
    keeps(case(), rule, *CLASSIFY, **STANDARD, flags=behind())


@pytest.mark.parametrize("unread", UNREAD)
def test_what_cannot_be_read_counts_as_sensitive(unread: Any) -> None:
    rule = classifying.what_is_sensitive_by_itself_is_classified_so
    breaks(case(), rule, *CLASSIFY, **STANDARD, flags=unread)


def test_a_class_is_not_found_without_saying_what_is_behind_it() -> None:
    with pytest.raises(Nonsense, match="flags"):
        case().do(*CLASSIFY, **STANDARD)


def test_what_cannot_be_read_any_more_asks_for_every_endorsement_and_holds() -> None:
    story = sensitive(endorsements=())
    assert endorsements_of(story.case, story.facts) == frozenset()
    held = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SERIOUS_VIOLENCE", "HOMICIDE")}
    story.do(*CLASSIFY, **held)
    assert endorsements_of(story.case, story.facts) == {Credential.HOMICIDE}
    assert endorsements_of(story.case, {}) == ENDORSEMENTS
    story.do(*CLASSIFY, sensitivity="SENSITIVE_COMPLEX", flags="loose words")
    assert story.case.offenders_wish_held


def test_an_act_of_earlier_is_judged_by_what_was_behind_the_class_then() -> None:
    rule = staff.a_sensitive_case_needs_an_advanced_lead
    allocated = {"lead": "@advanced", "co": "@intermediate"}
    story = sensitive()
    then = story.now.isoformat()
    story.later(days=1)
    more = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("DOMESTIC_ABUSE", "HOMICIDE")}
    story.do(*CLASSIFY, **more)
    breaks(story, rule, "supervisor", "allocate_case", **allocated)
    keeps(story, rule, "supervisor", "allocate_case", **allocated, effective_at=then)


def test_a_class_that_comes_to_ask_for_more_has_the_risk_decided_again() -> None:
    story = sensitive_and_ready()
    same = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("DOMESTIC_ABUSE")}
    story.do(*CLASSIFY, **same)
    assert stale(story) == set()
    story.do(*CLASSIFY, **same | {"flags": behind("DOMESTIC_ABUSE", "HOMICIDE")})
    assert stale(story) == {Change.CLASS_RAISED}


def test_no_kind_and_no_endorsement_stands_in_the_log() -> None:
    story = case()
    flags = behind("STALKING_HARASSMENT", "SEXUAL_VIOLENCE")
    (entry, *_) = story.do(*CLASSIFY, sensitivity="SENSITIVE_COMPLEX", flags=flags)
    recorded = entry.envelope.model_dump_json()
    assert not [word for word in (*Flag, *ENDORSEMENTS) if word in recorded]
    assert story.case.sensitivity is Sensitivity.SENSITIVE_COMPLEX
    assert story.case.specialist


def test_where_two_cases_become_one_it_asks_for_what_is_behind_both() -> None:
    homicide = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("HOMICIDE")}
    abuse = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("DOMESTIC_ABUSE")}
    story, earlier = two((step(*CLASSIFY, **homicide),), step(*CLASSIFY, **abuse))
    with within(merged(story, earlier), earlier):
        both = {Credential.HOMICIDE, Credential.SPECIALIST_DA}
        assert endorsements_of(story.case, story.facts) == both
        assert story.case.offenders_wish_held
        rule = staff.a_sensitive_case_needs_an_advanced_lead
        breaks(story, rule, "supervisor", "allocate_case", lead="@advanced")
    with within(unmerged(story, earlier), earlier):
        assert endorsements_of(story.case, story.facts) == {Credential.HOMICIDE}


def stale(story: Story) -> set[Change]:
    risk = story.case.thread("V1-O1").current.risk
    assert risk is not None
    return set(risk.stale)
