"""Two cases become one, and each knows the same person in a stream of its own."""

from __future__ import annotations

import pytest

from tests.beyond import person, told
from tests.domain.matters import merged, unmerged, within
from tests.domain.situations import after, go_on
from tests.domain.test_rules_elsewhere import LINK
from tests.steps import offender, referred, step, victim
from tests.story import Story

CHILD = referred(victim(role="CHILD_VICTIM"), offender())
DANGER = step("intake", "raise_concern", concern="DANGER", party="V1")


def three(*, linked: bool) -> tuple[Story, str, str]:
    """Return a story in the second of three cases of a child, the first and the third."""
    story = told(after(*CHILD))
    first, cases = story.case_id, []
    for _ in range(2):
        story.case_id = ""
        story.later(days=1)
        told(go_on(story, *CHILD))
        cases.append(story.case_id)
    story.case_id, third = cases
    if linked:
        story.do("worker", "link_person", **LINK, other=third, same_matter=False)
    return told(story), first, third


def twice(story: Story) -> list[str]:
    return [task.subject for task in story.case.tasks.values() if task.kind == "KNOWN_TWICE"]


def test_somebody_links_them_and_what_is_said_in_a_further_case_is_heard_where_it_goes_on() -> None:
    story, first, third = three(linked=True)
    second = story.case_id
    merged(story, first)
    with within(told(story), third):
        told(go_on(story, DANGER))
    story.case_id = first
    assert twice(story) == ["V1"]
    assert "DANGER_ELSEWHERE" not in {task.kind for task in story.case.tasks.values()}
    story.do("worker", "link_person", **LINK, other=second)
    told(story)
    assert "DANGER_ELSEWHERE" in {task.kind for task in story.case.tasks.values()}
    assert {key.case for key in person(story).appearances} == {first, second, third}


@pytest.mark.parametrize("undone", [True, False])
def test_where_nothing_further_is_known_or_the_merge_is_undone_nobody_is_asked_to(
    *, undone: bool
) -> None:
    story, first, _ = three(linked=undone)
    merged(story, first)
    if undone:
        story.later(hours=1)
        unmerged(story, first)
    story.case_id = first
    assert twice(told(story)) == []
