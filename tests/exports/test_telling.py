"""What gets into an export, and what never does, whatever its format."""

from __future__ import annotations

import json
import re
import tracemalloc
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from domain.event import CaseEvent
from domain.record import Envelope
from domain.texts import TextRef
from exports import FORMATS, Head, Pseudonyms, References, Terms, courses, export
from exports.course import Kind
from exports.within import held
from tests.exports.histories import FEW, KEY, as_case, histories, told, written
from tests.golden.examples import example, registered
from tests.paths import PATHS
from tests.playing import play

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.case import Case
    from domain.record import Entry
    from exports.course import Course

ENVELOPES = frozenset({"actor", "origin", "rule_set", "assessment", "why"})
OWN_KEYS = frozenset({"event", "recorded_at", "place", "threads", "parties", "texts"})
"""What a format puts beside the facts of an event, under names of its own."""
ABOUT_PEOPLE = frozenset({Kind.PARTY, Kind.THREAD})
EVENTS = {n: cls for n, cls in registered().items() if issubclass(cls, CaseEvent)}


def secrets(entries: list[Entry]) -> Iterator[str]:
    """Yield all that would tell in an export whose it is: references, texts, digests, commands."""
    for entry in entries:
        envelope: Envelope = entry.envelope
        yield from (entry.stream, envelope.command, envelope.digest, entry.hash.partition("-")[2])
        yield from envelope.read
        yield from re.findall(r"(?:T|PR|PE|RJ|K)-[0-9A-Z]{8,16}(?:-.)?", json.dumps(envelope.data))
        if envelope.actor.id.startswith("PR-"):
            yield envelope.actor.id
        words = envelope.why.words if envelope.why else None
        if isinstance(words, TextRef):
            yield from (words.id, words.digest)


@pytest.mark.parametrize("form", FORMATS)
def test_no_reference_text_digest_command_or_member_of_staff_is_in_any_format(
    form: str, tmp_path: Path
) -> None:
    content = written(form, tmp_path).read_text()
    known = {one for entries in histories().values() for one in secrets(entries) if one}
    assert len(known) > 500
    assert sorted(one for one in known if one in content) == []
    assert "practitioner-" not in content


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_share_no_name_unless_they_share_a_key(form: str, tmp_path: Path) -> None:
    def names(*key: bytes) -> set[str]:
        content = written(form, tmp_path, *FEW, names=Pseudonyms(*key)).read_text()
        return set(re.findall(r"(?:case|thread|party|text|event)-[0-9A-Z]{16}", content))

    first, second = names(), names()
    assert len(first) == len(second) > 100
    assert first & second == set()
    assert names(KEY) == names(KEY)


def test_staff_are_told_only_where_the_purpose_is_about_them() -> None:
    entries = histories()["face_to_face"]
    assert not any(link.kind is Kind.PRACTITIONER for link in links(told(entries)))
    staff = [link for link in links(told(entries, staff=True)) if link.kind is Kind.PRACTITIONER]
    assert {"by", "lead", "co", "supervisor"} <= {link.how for link in staff}


def test_references_stay_as_they_are_where_that_is_wished() -> None:
    entries = histories()["face_to_face"]
    (course,) = courses([entries], Terms(References(), staff=True))
    assert course.id == entries[0].stream
    assert f"{course.id}/V1" in {thing.id for thing in course.things}
    assert entries[0].envelope.actor.id in {thing.id for thing in course.things}


def test_of_each_time_only_the_day_is_told_where_that_is_wished() -> None:
    course = told(histories()["face_to_face"], by_day=True)
    times = [one.at for one in course.happenings] + [one.recorded_at for one in course.happenings]
    times += [fact.at for thing in course.things for fact in thing.facts]
    times += [v for one in course.happenings for v in one.facts.values() if isinstance(v, datetime)]
    assert {at.time().isoformat() for at in times} == {"00:00:00"}
    assert len({at.date() for at in times}) > 5


def links(course: Course) -> list[Any]:
    return [link for one in course.happenings for link in one.links]


def without(party: str, path: str) -> tuple[Course, Course]:
    """Return what is told of a case, with everybody and without this person."""

    def nobody_hears_of(_: Case) -> frozenset[str]:
        return frozenset({party})

    entries = histories()[path]
    terms = Terms(Pseudonyms(KEY), staff=True)
    (less,) = courses([entries], terms, nobody_hears_of)
    return told(entries, staff=True), less


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("party", ["V1", "O1"])
def test_whoever_is_left_out_is_nowhere_and_what_is_only_about_them_is_left_out(
    path: str, party: str
) -> None:
    whole, less = without(party, path)
    entries = histories()[path]
    gone = {Pseudonyms(KEY).of("party", f"{entries[0].stream}/{party}")}
    pairs = {t.id for t in whole.things if t.kind is Kind.THREAD and gone & {x.id for x in t.links}}
    gone |= pairs
    shown = {link.id for link in links(less)} | {x.id for t in less.things for x in t.links}
    assert gone & (shown | {thing.id for thing in less.things}) == set()
    kept = {one.id for one in less.happenings}
    for one in whole.happenings:
        about = {link.id for link in one.links if link.kind in ABOUT_PEOPLE}
        assert (one.id in kept) == (not about or bool(about - gone)), one.activity
    lost = {one.id for one in whole.happenings if gone & {link.id for link in one.links}}
    assert [one for one in less.happenings if one.id in lost and one.ids(Kind.TEXT)] == []


def test_the_record_of_whoever_stays_is_whole() -> None:
    whole, less = without("V1", "three_victims")
    other = Pseudonyms(KEY).of("party", f"{histories()['three_victims'][0].stream}/V2")

    def of(course: Course) -> list[tuple[str, Any]]:
        found = [one for one in course.happenings if other in one.ids(Kind.PARTY)]
        return [(one.id, one.facts) for one in found]

    assert of(less) == of(whole) != []


def test_what_is_about_a_letter_or_a_task_is_about_whoever_s_it_is() -> None:
    course = told(histories()["letter"])
    delivered = next(one for one in course.happenings if one.activity == "letter_delivered")
    assert len(delivered.ids(Kind.THREAD)) == 1
    assert {link.how for link in delivered.links} >= {"of the letter"}


def test_what_was_entered_in_error_is_not_told() -> None:
    story = play(PATHS["face_to_face"])
    before = len(story.history)
    story.do("worker", "record_wish", party="V1", wish="AGREEMENT_PROGRESS", wanted=False)
    story.do("worker", "mark_entered_in_error", entry=before + 1)
    course = told(as_case(story, 900))
    assert before + 1 not in {one.place for one in course.happenings}
    assert course.happenings[-1].activity == "entry_marked_in_error"


@pytest.mark.parametrize("name", EVENTS)
def test_of_every_event_only_codes_are_told_under_names_that_nothing_else_has(name: str) -> None:
    holds = held(example(EVENTS[name]))
    assert not (ENVELOPES | OWN_KEYS) & {*holds.facts}
    for value in holds.facts.values():
        assert not isinstance(value, str) or re.fullmatch(r"[A-Za-z0-9_.:+ -]{1,200}", value)
        assert not re.search(r"(RJ|PE|PR|T|K)-[0-9A-Z]{8}", str(value))


def test_words_that_got_into_an_event_are_told_by_no_export() -> None:
    entries = histories()["face_to_face"]
    given = next(e for e in entries if e.name == "information_given")
    spoilt = given.event.model_copy(update={"leaflet": "Vera lives at 3 Mill Lane"})
    course = told([e._replace(event=spoilt) if e is given else e for e in entries])
    assert "Vera" not in str(course)


def test_another_case_or_person_beyond_this_one_is_never_told() -> None:
    for name in ("person_linked", "case_merged", "case_received", "duplicate_proposed"):
        assert not re.search(r"(RJ|PE)-", str(held(example(EVENTS[name]))))


def test_by_what_a_case_was_drawn_is_not_told_or_its_reference_could_be_tried() -> None:
    drawn = example(EVENTS["case_drawn"]).model_copy(update={"seed": "9f3a77aa01bc4d5e"})
    assert drawn.seed not in str(held(drawn))
    assert drawn.sample not in str(held(drawn))


def test_the_name_that_somebody_has_in_another_case_is_not_taken_for_one_here() -> None:
    for name in ("person_linked", "case_merged", "case_received"):
        fields = {one.field for one in held(example(EVENTS[name])).named}
        assert fields & {"there", "people"} == set()
    entries = histories()["face_to_face"]
    given = next(e for e in entries if e.name == "information_given")
    stranger = given.event.model_copy(update={"leaflet": "C7"})
    course = told([e._replace(event=stranger) if e is given else e for e in entries])
    assert {one.id for one in course.things} == {one.id for one in told(entries).things}


def test_a_longer_log_takes_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What was folded is remembered for some thousand cases, and no more.
    monkeypatch.setattr("domain.fold.REMEMBERED", 2)
    entries = histories()["letter"]

    def peak(cases: int, form: str) -> int:
        many = (renamed(entries, number) for number in range(cases))
        told_of = courses(many, Terms(Pseudonyms(KEY), staff=True))
        tracemalloc.start()
        export(
            tmp_path / f"{form}-{cases}", FORMATS[form], Head("log", "research", tmp_path), told_of
        )
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    for form in ("cloudevents", "xes", "ocel-xml"):
        few = peak(2, form)
        assert peak(8, form) < 1.3 * few, form


def renamed(entries: list[Entry], number: int) -> list[Entry]:
    stream = f"RJ-{number:08d}-0"
    return [e._replace(stream=stream, hash=f"{number}-{e.hash}") for e in entries]
