"""What a case waits for: each wait appears, falls due when it should, clears, and is told once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.calendar import LONDON
from domain.case import wait_key
from domain.decide import present, tick
from domain.events.clock import WaitMissed
from domain.events.people import ContactDateCame
from domain.waits import TABLE, Binds, Wait, waits
from tests.domain.expected import WAITS, Expected
from tests.steps import YEAR
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from domain.event import Event
    from tests.steps import Step


def found(story: Story, expected: Expected) -> Wait | None:
    subject = {"case": story.case_id, "task": next(iter(story.case.tasks), "")}.get(
        expected.subject, expected.subject
    )
    now = (w for w in waits(story.case, LIMITS) if (w.name, w.subject) == (expected.name, subject))
    return next(now, None)


def due_of(expected: Expected) -> datetime | None:
    if expected.due is None or len(expected.due) > 10:
        return expected.due and datetime.fromisoformat(expected.due)
    day = datetime.fromisoformat(expected.due).replace(tzinfo=LONDON)
    return day + timedelta(days=1)


def take(story: Story, one: Step) -> None:
    task = next(iter(story.case.tasks), "")
    given = {k: task if v == "@task" else v for k, v in one.given.items()}
    named = {
        k: story.someone(v[1:]) if isinstance(v, str) and v.startswith("@") else v
        for k, v in given.items()
    }
    story.do(one.who, one.name, **named)


EACH = pytest.mark.parametrize("expected", WAITS, ids=lambda e: f"{e.name}-{e.clears[0].name}")


@EACH
def test_a_wait_appears_and_falls_due_when_it_should(expected: Expected) -> None:
    wait = found(expected.story(), expected)
    assert wait is not None
    assert wait.due == due_of(expected)


@EACH
def test_a_wait_clears_when_what_it_waits_for_is_done(expected: Expected) -> None:
    story = expected.story()
    for one in expected.clears:
        assert found(story, expected) is not None
        take(story, one)
    assert found(story, expected) is None


@EACH
def test_a_wait_is_told_once_when_it_falls_due_and_not_before(expected: Expected) -> None:
    story = expected.story()
    wait = found(story, expected)
    assert wait is not None
    if wait.due is None:
        return
    assert wait.key not in {key_of(d.event) for d in tick(story.history, just_before(wait), LIMITS)}
    drafts = tick(story.history, wait.due, LIMITS)
    assert [key_of(d.event) for d in drafts].count(wait.key) == 1
    story.now = max(wait.due, story.now)
    story.fall_due()
    assert tick(story.history, story.now, LIMITS) == ()
    assert found(story, expected) is not None


def just_before(wait: Wait) -> datetime:
    assert wait.due is not None
    return wait.due - timedelta(seconds=1)


def key_of(event: Event) -> tuple[str, str, str]:
    if isinstance(event, WaitMissed):
        return wait_key(event.wait, event.subject, event.due)
    assert isinstance(event, ContactDateCame)
    return wait_key("contact_as_they_asked", event.party, event.at)


def test_every_wait_of_the_table_is_tried_here() -> None:
    assert {row.name for row in TABLE} == {expected.name for expected in WAITS}
    assert all(row.sentence for row in TABLE)


def test_no_wait_binds_a_victim_by_a_date() -> None:
    for expected in WAITS:
        wait = found(expected.story(), expected)
        assert wait is not None
        assert wait.due is None or wait.binds is not Binds.PERSON


@EACH
@pytest.mark.parametrize("said", ["stop_contact", "record_death"])
def test_nobody_is_waited_for_or_contacted_who_died_or_asked_for_no_contact(
    expected: Expected, said: str
) -> None:
    story = expected.story()
    for party in ("V1", "O1"):
        if party in story.case.parties:
            story.do("auditor", said, party=party)
    contacting = {
        "information",
        "waiting_told",
        "support",
        "hearing_told",
        "panel_result",
        "suitable_adult",
        "first_contact",
        "facilitators_meeting",
        "facilitators_meeting_held",
        "letter_review",
        "contact_as_they_asked",
        "debrief",
        "follow_up",
        "telling",
        "their_pace",
        "appointment",
    }
    theirs = {w.name for w in waits(story.case, LIMITS) if not w.subject.startswith("S")}
    assert not contacting & theirs


@EACH
def test_a_case_with_a_pair_under_way_always_waits_for_something(expected: Expected) -> None:
    story = expected.story()
    for party in ("V1", "O1"):
        if party in story.case.parties:
            story.do("auditor", "stop_contact", party=party)
    story.later(days=2 * YEAR.days)
    now = present(story.history, LIMITS)
    if any(t.open for t in story.case.threads.values()):
        assert now.open
        assert now.waits_for
