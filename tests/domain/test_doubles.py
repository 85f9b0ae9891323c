"""Two cases that may be one matter: proposed once, looked at by a person, merged or told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.errors import Nonsense
from domain.fold import fold
from domain.words import Strength
from tests.domain.matters import merged, two, unmerged, within
from tests.domain.situations import go_on
from tests.steps import step
from tests.story import DeniedInStory

if TYPE_CHECKING:
    from tests.story import Story

MATCHER = "service:matcher"


def reported(story: Story, other: str, strength: str = "LIKELY") -> list[str]:
    return [e.name for e in story.do(MATCHER, "report_likeness", other=other, strength=strength)]


def asked(story: Story) -> list[str]:
    return [task.subject for task in story.case.tasks.values() if task.kind == "DUPLICATE"]


def test_what_the_matcher_found_is_a_task_and_changes_nothing_else() -> None:
    story, earlier = two()
    before = story.case
    assert reported(story, earlier) == ["duplicate_proposed"]
    assert asked(story) == [earlier]
    assert story.history[-1].event.strength is Strength.LIKELY  # type: ignore[attr-defined]
    assert story.history[-1].envelope.actor.id == MATCHER
    assert (story.case.threads, story.case.parties) == (before.threads, before.parties)


def test_it_is_not_looked_at_by_a_clock_that_changes_anything() -> None:
    story, earlier = two()
    reported(story, earlier)
    story.later(days=5)
    assert story.case.thread("V1-O1").open
    assert [e.event.wait for e in story.history if e.name == "wait_missed"].count("task") == 1  # type: ignore[attr-defined]


def test_a_pair_is_proposed_once() -> None:
    story, earlier = two()
    reported(story, earlier)
    assert reported(story, earlier, "SAME_REFERENCE") == []
    later = story.case_id
    with within(story, earlier):
        assert reported(story, later) == []


def test_what_a_person_proposed_is_not_proposed_again() -> None:
    story, earlier = two()
    go_on(story, step("worker", "propose_duplicate", case=earlier))
    assert reported(story, earlier) == []


def test_two_that_were_told_apart_are_never_proposed_again() -> None:
    story, earlier = two()
    reported(story, earlier)
    go_on(story, step("supervisor", "dismiss_duplicate", case=earlier, reasons="Two sisters."))
    assert asked(story) == []
    assert story.case.not_the_same == {earlier}
    assert reported(story, earlier) == []
    later = story.case_id
    with within(story, earlier):
        assert reported(story, later) == []


def test_a_dismissal_is_the_supervisors_and_answers_a_proposal() -> None:
    story, earlier = two()
    with pytest.raises(Nonsense):
        story.do("supervisor", "dismiss_duplicate", case=earlier)
    reported(story, earlier)
    with pytest.raises(DeniedInStory):
        story.do("worker", "dismiss_duplicate", case=earlier)
    go_on(story, step("supervisor", "dismiss_duplicate", case=earlier))
    assert story.do("supervisor", "dismiss_duplicate", case=earlier) == []


def test_a_merge_answers_it_whichever_of_the_two_goes_on() -> None:
    story, earlier = two()
    reported(story, earlier)
    merged(story, earlier)
    assert asked(story) == []
    story, earlier = two()
    reported(story, earlier)
    later, story.case_id = story.case_id, earlier
    merged(story, later)
    assert "DUPLICATE" not in {task.kind for task in fold(story.streams[later]).tasks.values()}


def test_what_was_merged_is_not_proposed_and_nor_is_what_was_parted_again() -> None:
    story, earlier = two()
    merged(story, earlier)
    assert reported(story, earlier) == []
    unmerged(story, earlier)
    assert reported(story, earlier) == []
    later = story.case_id
    with within(story, earlier):
        assert reported(story, later) == []


def test_a_case_is_not_like_itself_or_like_one_that_is_not_there() -> None:
    story, _ = two()
    for other in (story.case_id, "RJ-7K3M9QXA-5"):
        assert reported(story, other) == []
