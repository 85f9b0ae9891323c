"""What came in from elsewhere whole, as it happened: when a no in it counts."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from domain.fold import fold
from domain.record import Actor
from domain.words import Choice
from tests.domain.situations import explored_case
from tests.playing import named
from tests.steps import NONE_BEHIND, step

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.record import Entry
    from tests.steps import Step
    from tests.story import Story

NEEDS_TIME = step("lead", "record_need_for_time", party="V1", asked_by="V1")
INTERESTED = step("lead", "record_interest", thread="V1-O1", party="V1", asked_by="V1")


def brought_along(origin: str, *lines: tuple[Step, int]) -> Story:
    """Return a case from there and what came in a month later, each so many days after it."""
    story = explored_case()
    story.history[:] = [of_origin(entry, origin) for entry in story.history]
    before, story.origin = story.now, origin
    story.later(days=30)
    for one, days in lines:
        ask(story, one, before + timedelta(days=days))
    return story


def of_origin(entry: Entry, origin: str, **more: Actor) -> Entry:
    envelope = entry.envelope.model_copy(update={"origin": origin, **more})
    strange = sha256(f"{entry.hash} {origin}".encode()).hexdigest()
    return entry._replace(recorded=envelope, hash=strange)


def choice(story: Story) -> Choice:
    return choice_of(story.case)


def choice_of(case: Case) -> Choice:
    return case.thread("V1-O1").current.victim.choice


def ask(story: Story, one: Step, at: datetime) -> None:
    given = {name: named(story, value) for name, value in one.given.items()}
    story.do(one.who, one.name, **given, effective_at=at.isoformat())


@pytest.mark.parametrize("origin", ["import", "demo"])
def test_in_a_history_brought_along_a_no_counts_from_its_day_and_a_later_yes_after_it(
    origin: str,
) -> None:
    story = brought_along(origin, (NEEDS_TIME, 2), (INTERESTED, 9))
    assert choice(story) is Choice.EXPLORING
    assert "late_entry_noted" not in story.events
    assert choice(brought_along(origin, (INTERESTED, 2), (NEEDS_TIME, 9))) is Choice.CONSIDERING
    assert choice(brought_along("cli", (NEEDS_TIME, 2), (INTERESTED, 9))) is Choice.CONSIDERING
    assert choice(brought_along("paper", (NEEDS_TIME, 2), (INTERESTED, 9))) is Choice.CONSIDERING


def test_in_a_history_brought_along_what_was_decided_after_the_class_rose_is_not_stale() -> None:
    rose = step("supervisor", "classify_case", sensitivity="SENSITIVE_COMPLEX", reasons="So.",
                flags=NONE_BEHIND)  # fmt: skip
    decided = step("advanced", "decide_risk", thread="V1-O1", decision="PROCEED_INDIRECT_ONLY",
                   assessment_text="Invented.")  # fmt: skip
    allocated = step("supervisor", "allocate_case", lead="@advanced", co="@intermediate")
    story = brought_along("import", (rose, 2), (allocated, 3), (decided, 9))
    risk = story.case.thread("V1-O1").current.risk
    assert risk is not None
    assert not risk.stale


def test_who_enters_a_yes_late_that_lies_after_a_no_brought_along_has_it_looked_at() -> None:
    story = brought_along("import", (NEEDS_TIME, 2))
    story.origin = "cli"
    ask(story, INTERESTED, story.now - timedelta(days=20))
    assert story.events[-1] == "late_entry_noted"


@pytest.mark.parametrize("origin", ["import", "demo"])
def test_a_no_that_comes_along_once_somebody_worked_on_the_case_here_stands_from_its_recording(
    origin: str,
) -> None:
    story = brought_along(origin, (INTERESTED, 2))
    said, story.origin = story.now - timedelta(days=1), "cli"
    ask(story, INTERESTED, story.now)
    story.later(hours=1)
    story.origin = origin
    ask(story, NEEDS_TIME, said)
    assert choice(story) is Choice.CONSIDERING
    assert choice_of(fold([e._replace(hash=f"{e.hash}-afresh") for e in story.history])) is (
        Choice.CONSIDERING
    )
    story.origin = "cli"
    story.later(hours=1)
    ask(story, INTERESTED, story.now)
    assert choice(story) is Choice.EXPLORING


def test_what_the_service_does_by_itself_meanwhile_leaves_a_history_whole() -> None:
    story = brought_along("import")
    clock = Actor(id="service:clock", identified="service")
    story.history[-1] = of_origin(story.history[-1], "clock", actor=clock)
    ask(story, NEEDS_TIME, story.now - timedelta(days=20))
    ask(story, INTERESTED, story.now - timedelta(days=10))
    assert choice(story) is Choice.EXPLORING
