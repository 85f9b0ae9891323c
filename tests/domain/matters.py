"""Two cases of one matter, side by side in one story."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.domain.situations import after, go_on
from tests.steps import referred, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.steps import Step
    from tests.story import Story

BOTH = {"V1": "V1", "O1": "O1"}


@contextmanager
def within(story: Story, case: str) -> Iterator[Story]:
    """Have what is done meanwhile be about this case."""
    before, story.case_id = story.case_id, case
    try:
        yield story
    finally:
        story.case_id = before


def two(
    first: tuple[Step, ...] = (), *there: Step, people: tuple[Step, ...] | None = None
) -> tuple[Story, str]:
    """Return a story in the later of two cases of one matter, after these steps in each, and the
    reference of the earlier one."""
    story = after(*referred(), *first)
    earlier, story.case_id = story.case_id, ""
    story.later(days=2)
    return go_on(story, *(people or referred()), *there), earlier


def merged(story: Story, earlier: str, people: dict[str, str] | None = None) -> Story:
    """Have the later case merged into the earlier, and the earlier take it over."""
    later = story.case_id
    go_on(story, step("supervisor", "merge_into", into=earlier, people=people or BOTH))
    with within(story, earlier):
        go_on(story, step("supervisor", "receive_case", other=later))
    return go_on(story, step("supervisor", "note_follow_up", other=earlier))


def unmerged(story: Story, earlier: str) -> Story:
    """Have the merge undone, in both cases."""
    later = story.case_id
    go_on(story, step("trainer", "unmerge_case", into=earlier, reasons="Two people of one name."))
    with within(story, earlier):
        go_on(story, step("trainer", "give_case_back", other=later))
    return go_on(story, step("trainer", "note_follow_up", other=earlier))
