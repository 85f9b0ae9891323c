"""What a scrutiny panel reads: the course of a case in codes, and nothing that says whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from audit.pack import TOLD, coded, facts
from cli.audit.pack import page, told_of
from tests.domain.test_rules_auditing import RECOMMENDED, SAMPLE, answered
from tests.exports.test_left_out import being_erased, erased, restricted
from tests.golden.examples import example, registered
from tests.paths import PATHS
from tests.playing import play

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.story import Story

REFERENCE = re.compile(r"\b(RJ|PR|PE|T)-[0-9A-Z]{8}")
DATE = re.compile(r"\b(19|20)\d\d-\d\d|\d\d:\d\d")
DIGEST = re.compile(r"\b[0-9a-f]{16,}")


def packed(story: Story) -> str:
    return page(SAMPLE, [facts(1, story.history, SAMPLE)])


@pytest.mark.parametrize("name", PATHS)
def test_no_identity_stands_in_a_pack(name: str) -> None:
    story = play(PATHS[name])
    text = packed(story).replace(SAMPLE, "")
    for pattern in (REFERENCE, DATE, DIGEST):
        assert pattern.search(text) is None
    case = story.case
    told = {
        case.organisation,
        case.area,
        *(a for e in story.history for a in (e.envelope.actor.id,)),
    }
    known = {str(v) for words in story.facts.values() for v in words.values() if len(str(v)) > 2}
    assert [one for one in (told | known) if one and one in text] == []
    for word in ("DERBYSHIRE", "Exampleton", "Vera", "Otto", "1984", "1999"):
        assert word not in text


def test_the_course_of_a_case_is_told_in_days_from_the_first() -> None:
    one = facts(1, play(PATHS["face_to_face"]).history, SAMPLE)
    assert (one.victims, one.offenders, one.child) == (1, 1, False)
    days = [step.day for step in one.steps]
    assert days[0] == 0
    assert days == sorted(days)
    names = [step.event for step in one.steps]
    for event in (
        "consent_recorded",
        "intervention_completed",
        "agreement_reached",
        "thread_ended",
    ):
        assert event in names
    consents = [step.codes for step in one.steps if step.event == "consent_recorded"]
    assert consents[0][:2] == ("V1", "V1-O1")


def test_what_was_found_and_answered_stands_in_it_without_its_words() -> None:
    story = answered()
    one = facts(1, story.history, SAMPLE)
    (finding,) = one.findings
    assert (finding.point, finding.answer) == ("TOLD_IN_TIME", "WILL_BE_DONE")
    text = packed(story)
    assert "people were told in time" in text
    assert RECOMMENDED["recommends"] not in text
    assert facts(1, story.history, "SA-00000000-0").findings == ()


def test_a_breach_and_what_was_missed_stand_in_it() -> None:
    story = play(PATHS["letter"])
    story.do("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"], happened=True)
    one = facts(1, story.history, SAMPLE)
    assert one.breaches
    assert one.missed
    text = packed(story)
    assert "Done in breach of a rule" in text
    assert "Not done in time" in text


@pytest.mark.parametrize("done", [restricted, being_erased, erased])
@pytest.mark.parametrize("party", ["V1", None])
def test_whose_data_were_erased_or_are_kept_without_use_is_in_no_pack(
    done: Callable[[Story, str | None], None], party: str | None
) -> None:
    story, other = play(PATHS["letter"]), play(PATHS["face_to_face"])
    assert len(told_of([story.history, other.history], SAMPLE)) == 2
    done(story, party)
    (one,) = told_of([story.history, other.history], SAMPLE)
    assert (one.number, one.steps) == (1, facts(1, other.history, SAMPLE).steps)


CODE = re.compile(r"[VOSC][1-9][0-9]{0,2}(-O[1-9][0-9]{0,2})?|[A-Z][A-Z0-9_]+")


def test_of_every_event_there_is_only_codes_are_taken_into_a_pack() -> None:
    taken = 0
    for cls in registered().values():
        values = (getattr(example(cls), name, None) for name in TOLD)
        codes = [code for value in values for code in coded(value)]
        assert [one for one in codes if not CODE.fullmatch(one)] == [], cls
        taken += len(codes)
    assert taken > 100
