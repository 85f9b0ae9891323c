"""Playing a path over a story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.steps import Ahead, Open, Path, Step
from tests.story import RefusedInStory, Story


def play(path: Path, story: Story | None = None) -> Story:
    """Play every step of a path, time passing between them, and return the story."""
    story = story or Story()
    for step in path.steps:
        story.later(seconds=step.after.total_seconds())
        take(story, step)
    return story


def take(story: Story, step: Step) -> None:
    """Take one step; where a rule is to speak against it, see that exactly this one does."""
    given = {name: named(story, value) for name, value in step.given.items()}
    if step.refused is None:
        story.do(step.who, step.name, **given)
        return
    with pytest.raises(RefusedInStory) as refused:
        story.do(step.who, step.name, **given)
    assert step.refused in refused.value.codes


def named(story: Story, value: Any) -> Any:
    """Put staff's references in the place of `@lead`, `@co` and the others."""
    if isinstance(value, str) and value.startswith("@"):
        return story.someone(value[1:])
    if isinstance(value, Ahead):
        moment = story.now + timedelta(days=value.days)
        return moment.date() if value.whole else moment
    if isinstance(value, Open):
        return value.of(story.case)
    if isinstance(value, dict):
        return {name: named(story, one) for name, one in value.items()}
    if isinstance(value, list):
        return [named(story, one) for one in value]
    return value
