"""The ordinary paths, played over the pure domain with a simulated clock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.stage import stage_of
from tests.paths import PATHS, Path
from tests.playing import play
from tests.story import RefusedInStory, Story


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda path: path.sentence)
def test_the_path_is_lived_through(path: Path) -> None:
    lived_as_it_should(path)


def lived_as_it_should(path: Path) -> None:
    """Play a path; see that everything stands as it says at the end."""
    story = play(path)
    case = story.case
    assert path.stage == stage(story)
    assert {t.id: t.current.ended.reason for t in case.threads.values() if t.current.ended} == (
        path.ended
    )
    for thread, (v, o) in path.choices.items():
        episode = case.thread(thread).current
        assert (episode.victim.choice, episode.offender.choice) == (v, o)
    assert path.waits <= story.waiting()
    assert all(so(case) for so in path.then)


def stage(story: Story) -> str:
    return stage_of(story.case)


def test_a_refusal_in_a_path_is_noticed_when_it_does_not_come() -> None:
    path = PATHS["declined"]
    wrong = replace(path.steps[2], refused="no_legal_bar_may_stand")
    with pytest.raises((AssertionError, RefusedInStory, pytest.fail.Exception)):
        play(replace(path, steps=(*path.steps[:2], wrong)))
