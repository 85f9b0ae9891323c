"""Whoever's data were erased or restricted is in no export, in whichever format; others stay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.texts import CASE
from exports import FORMATS, Head, Pseudonyms, Terms, courses, export
from exports.course import Kind
from exports.withheld import withheld
from tests.beyond import SERVICE
from tests.exports.histories import KEY, as_case, told
from tests.paths import PATHS
from tests.playing import play

if TYPE_CHECKING:
    from pathlib import Path

    from exports.course import Course
    from tests.story import Story

RESTRICT = {
    "ground": "EVIDENCE",
    "authority": "COURT",
    "reply": "Invented: what they are told.",
}
ERASE = {"ground": "NO_LONGER_NEEDED", "reply": "Invented: what they are told."}


def restricted(story: Story, party: str | None) -> None:
    soon = (story.now + timedelta(days=30)).date().isoformat()
    story.do("officer", "restrict_data", review_on=soon, **RESTRICT, **about(party))


def being_erased(story: Story, party: str | None) -> None:
    story.do("worker", "propose_data_step", step="ERASE", **about(party))
    story.do("officer", "decide_erasure", **ERASE, **about(party))


def erased(story: Story, party: str | None) -> None:
    being_erased(story, party)
    story.do(SERVICE, "note_mentions", mentions=[], **about(party))
    story.do(SERVICE, "note_erased", keys=["K-0123456789ABCDEF"], **about(party))


def about(party: str | None) -> dict[str, Any]:
    return {"party": party} if party else {}


def names(course: Course) -> set[str]:
    """Return everything that is named in what is told."""
    linked = {link.id for one in course.happenings for link in one.links}
    return linked | {x.id for thing in course.things for x in (thing, *thing.links)}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("done", [restricted, being_erased, erased])
def test_they_are_in_no_export_and_the_other_one_is(form: str, done: Any, tmp_path: Path) -> None:
    story = play(PATHS["face_to_face"])
    before = names(told(as_case(story, 700)))
    done(story, "V1")
    entries = as_case(story, 700)
    path = tmp_path / "export"
    terms = Terms(Pseudonyms(KEY), staff=True)
    export(path, FORMATS[form], Head("log", "audit", tmp_path), courses([entries], terms))
    content = path.read_text()
    victim, pair, offender = (
        Pseudonyms(KEY).of(kind, f"{entries[0].stream}/{name}")
        for kind, name in (("party", "V1"), ("thread", "V1-O1"), ("party", "O1"))
    )
    assert {victim, pair, offender} <= before
    assert (victim in content, pair in content, offender in content) == (False, False, True)
    assert "data_restricted" not in content
    assert "erasure_decided" not in content
    assert "K-0123456789ABCDEF" not in content


def test_once_a_restriction_is_lifted_they_are_in_it_again() -> None:
    story = play(PATHS["face_to_face"])
    before = names(told(as_case(story, 701)))
    restricted(story, "V1")
    assert not before <= names(told(as_case(story, 701)))
    story.do("worker", "propose_data_step", party="V1", step="LIFT_RESTRICTION")
    story.do("officer", "lift_restriction", party="V1", reply="Invented.")
    assert before <= names(told(as_case(story, 701)))


def test_of_a_case_that_is_itself_restricted_nothing_is_told() -> None:
    story = play(PATHS["face_to_face"])
    restricted(story, None)
    assert withheld(story.case) == {CASE}
    assert [*courses([as_case(story, 702)], Terms(Pseudonyms(KEY)))] == []


def test_whoever_both_are_erased_leaves_a_case_about_nobody() -> None:
    story = play(PATHS["face_to_face"])
    for party in ("V1", "O1"):
        erased(story, party)
    course = told(as_case(story, 703))
    assert {thing.kind for thing in course.things} & {Kind.PARTY, Kind.THREAD} == set()
    assert "case_opened" in {one.activity for one in course.happenings}
