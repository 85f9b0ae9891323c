"""Somebody who turns 18: on record from the next month, in every case, and no day with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from domain.age import may_be_told_on, of_age_on
from domain.case import When
from domain.decide import present, tick
from domain.events.persons import AppearanceNoted, CameOfAge, CaseToldNoted
from domain.fold import fold
from domain.matrix import DEFAULT
from domain.person import Key, Person, Word
from domain.words import Change, Role
from tests.beyond import details, one_step, person, told
from tests.domain.matters import two, within
from tests.domain.situations import MOTHER, after, child, go_on
from tests.domain.test_rules_elsewhere import LINK
from tests.steps import offender, referred, step, victim
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from domain.case import Case
    from tests.steps import Step

BORN_2008 = {"name": "Vera Example", "born": "2008-03-31"}
GROWING_UP = referred(victim(role="CHILD_VICTIM", details=BORN_2008), offender())


def kept(story: Story, case: str) -> Case:
    return fold(story.streams[case])


@pytest.mark.parametrize(
    ("born", "day", "known"),
    [
        ("2008-03-31", "2026-03-31", False),
        ("2008-03-31", "2026-04-01", True),
        ("2008-04-01", "2026-04-30", False),
        ("2008-04-01", "2026-05-01", True),
        ("2008-04-30", "2026-05-01", True),
        ("2008-07-15", "2026-08-01", False),
        ("2008-07-15", "2026-08-03", True),
        ("2008-02-29", "2026-03-31", False),
        ("2008-02-29", "2026-04-01", True),
        ("2007-12-31", "2026-01-01", False),
        ("2007-12-31", "2026-01-02", True),
    ],
)
def test_it_is_on_record_from_the_first_working_day_of_the_next_month(
    born: str, day: str, *, known: bool
) -> None:
    # 1 August 2026 is a Saturday, 1 January a bank holiday; without a 29th it is the 1st of March.
    on = datetime.fromisoformat(day).date()
    assert may_be_told_on([{"born": born}], on) is known


def test_all_details_have_to_agree_and_one_has_to_say() -> None:
    on = datetime(2026, 5, 4, tzinfo=UTC).date()
    assert of_age_on([{"born": "2000-01-01"}, {}], on)
    assert not of_age_on([{"born": "2000-01-01"}, {"born": "2010-01-01"}], on)
    assert not of_age_on([{"name": "Vera Example"}], on)
    assert not of_age_on([], on)


def ticked(story: Story, party: str = "V1") -> Story:
    """Have the clock of the person's stream tick, now, and everybody told."""
    stream = story.case.persons[party].person
    drafts = tick(story.streams[stream], story.now, LIMITS, DEFAULT, details(story, stream))
    story.recorded(stream, drafts)
    return told(story)


def all_ticked(story: Story) -> None:
    """Have the clock of every person's stream tick, now."""
    for stream in [one for one in story.streams if one.startswith("PE")]:
        drafts = tick(story.streams[stream], story.now, LIMITS, DEFAULT, details(story, stream))
        story.recorded(stream, drafts)


def at(version: int) -> When:
    """Return the place of an event in a person's stream."""
    noon = datetime(2026, 4, 1, 12, version, tzinfo=UTC)
    return When(noon, noon, "service:follow_up", version, f"golden-{version}", "follow_up")


def grown(*steps: Step, month: int = 4) -> Story:
    """Return the case of a child who turns 18 on 31 March, on the 1st of this month in 2026."""
    story = told(after(*GROWING_UP, *steps))
    story.now = max(story.now, datetime(2026, month, 1, 9, tzinfo=UTC))
    return ticked(story)


def test_nothing_is_on_record_before_the_next_month() -> None:
    story = told(after(*GROWING_UP))
    story.now = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert ticked(story).case.party("V1").is_child


def test_whose_choice_it_was_is_theirs_now_and_made_afresh() -> None:
    story = grown(step("worker", "add_party", **MOTHER))
    case = story.case
    assert case.party("V1").role is Role.DIRECT_VICTIM
    assert case.party("S1").role is Role.SUPPORTER_OF_VICTIM
    assert "CHANGE" in {task.kind for task in case.tasks.values()}
    assert person(story).came_of_age
    assert not person(story).awaits_age


def test_a_childs_consent_is_asked_afresh_and_their_adults_no_falls_away() -> None:
    story = told(child("NO"))
    story.do("worker", "change_details", party="V1", details=BORN_2008)
    story.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    side = ticked(story).case.thread("V1-O1").current.victim
    assert side.adult_no_at is None
    assert Change.WHOSE_CHOICE in side.to_confirm


def test_no_event_says_when_they_turned_18() -> None:
    story = grown()
    (came,) = (e for e in story.streams[person(story).id] if e.name == "came_of_age")
    assert came.envelope.data == {}
    for stream in story.streams.values():
        assert not [e for e in stream if "2008" in e.envelope.model_dump_json()]


def test_every_case_of_the_person_is_told() -> None:
    story, earlier = two((), people=GROWING_UP)
    with within(story, earlier):
        go_on(story, step("auditor", "record_under_age", party="V1"))
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=False)
    with within(told(story), earlier):
        story.do("worker", "change_details", party="V1", details=BORN_2008)
    story.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    ticked(story)
    assert not story.case.party("V1").is_child
    assert not kept(story, earlier).party("V1").is_child


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("steps", range(9))
def test_a_case_that_is_just_being_linked_is_told_whenever_it_comes_in_between(
    steps: int, *, known: bool
) -> None:
    story, earlier = two((), people=GROWING_UP)
    with within(story, earlier):
        go_on(story, step("auditor", "record_under_age", party="V1"))
        story.do("worker", "change_details", party="V1", details=BORN_2008)
    if known:
        told(story)
    story.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=False)
    for _ in range(steps):
        one_step(story)
    all_ticked(story)
    all_ticked(told(story))
    told(story)
    assert not story.case.party("V1").is_child
    assert not kept(story, earlier).party("V1").is_child


def test_a_case_that_was_looked_at_only_afterwards_is_told_that_they_are_18() -> None:
    here, there = Key("RJ-7K3M9QXA-5", "V1"), Key("RJ-4T9Y2K7P-X", "V1")
    noted = [
        AppearanceNoted(**here._asdict(), matter="M1", read=3, word=Word(child=True)),
        AppearanceNoted(**there._asdict(), matter="M1", read=0),
        CameOfAge(),
    ]
    person = Person("PE-7K3M9QXA-5")
    for version, event in enumerate(noted, 1):
        person = event.apply(person, at(version))
    for key, read in ((here, 3), (there, 2)):
        person = CaseToldNoted(**key._asdict(), read=read).apply(person, at(4))
    assert person.untold == ()
    looked_at = AppearanceNoted(**there._asdict(), matter="M1", read=4, word=Word(child=True))
    assert there in looked_at.apply(person, at(7)).untold
    heard = CaseToldNoted(**there._asdict(), read=7).apply(looked_at.apply(person, at(7)), at(8))
    again = looked_at.model_copy(update={"word": Word(child=True, withheld=True), "read": 9})
    assert there not in again.apply(heard, at(9)).untold


def test_where_a_rule_needs_it_it_is_on_record_at_once() -> None:
    story = told(after(*GROWING_UP))
    story.later(days=31)
    story.do("worker", "correct_role", party="V1", role="DIRECT_VICTIM")
    assert person(told(story)).came_of_age


def test_the_clock_ticks_on_working_days_until_they_are_18() -> None:
    story = told(after(*GROWING_UP))
    history = story.streams[person(story).id]
    friday = datetime(2026, 4, 2, 12, tzinfo=UTC)
    # Easter: Good Friday the 3rd, Easter Monday the 6th of April.
    assert present(history, LIMITS, at=friday).next_due == datetime(2026, 4, 6, 23, tzinfo=UTC)
    grown_up = grown()
    assert not present(grown_up.streams[person(grown_up).id], LIMITS).open
