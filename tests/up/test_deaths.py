"""Children that die."""

from collections.abc import Callable
from pathlib import Path

import pytest

from settings import Settings
from tests.up.supervised import Up, gone
from up.running import find


def test_a_killed_child_comes_back_and_the_others_stay(start: Callable[..., Up]) -> None:
    up = start("one", "two")
    up.says("Everything is running")
    one, two = up.child(" one "), up.child(" two ")
    one.kill()
    up.says("The one was killed by signal 9 (SIGKILL). It is started again in 0.05 s.")
    up.says("one is there, process")
    up.says("The one is running again")
    assert up.child(" one ").pid != one.pid
    assert up.child(" two ").pid == two.pid


def test_a_child_that_keeps_dying_ends_it_with_its_last_words(
    data: Path, settings: Settings, start: Callable[..., Up]
) -> None:
    up = start("one", "two:crash")
    up.says("The one is ready")
    one = up.child(" one ")
    assert up.ends() == 4
    assert up.text.count("The two stopped with exit code 7. It is started again in") == 2
    assert "The two stopped with exit code 7, 3 times in a row" in up.text
    assert f"{data}/logs/two.log" in up.text
    assert up.text.count("    a plain reason") == 3
    assert gone([one], 0)
    assert find(settings) is None


def test_a_child_that_dies_as_soon_as_it_is_ready_is_given_up_too(start: Callable[..., Up]) -> None:
    up = start("one:brief")
    assert up.ends() == 4
    assert up.text.count("The one is running again") == 2


def test_a_child_that_dies_now_and_then_is_started_again_each_time(
    start: Callable[..., Up],
) -> None:
    up = start("one:steady")
    for _ in range(4):
        up.says("The one stopped with exit code 9. It is started again in 0.05 s.")
    up.says("The one is running again")
    assert up.stop() == 0


def test_a_child_comes_back_after_those_that_it_needs(start: Callable[..., Up]) -> None:
    up = start("one:slow", "two")
    up.says("Everything is running")
    for child in up.children():
        child.kill()
    up.says("The one is running again")
    up.says("The two is running again")
    assert up.stop() == 0


def test_a_child_that_is_never_ready_is_started_again_and_given_up(
    start: Callable[..., Up],
) -> None:
    up = start("one:deaf")
    up.says("The one was not ready within 0.5 s. It is started again")
    assert up.ends() == 4


def test_pauses_between_starts_grow(start: Callable[..., Up]) -> None:
    up = start("one:crash")
    assert up.ends() == 4
    said = [line.split(" in ")[1] for line in up.lines if "started again" in line]
    assert said == ["0.05 s.\n", "0.1 s.\n"]


@pytest.mark.parametrize("limit", [100_000])
def test_a_log_that_cannot_be_written_is_said_once_and_stops_nobody(
    start: Callable[..., Up], limit: int
) -> None:
    up = start("--limit", str(limit), "one:loud")
    up.says("no room left on the disk")
    up.says("Everything is running")
    assert up.stop() == 0
    assert up.text.count("goes on without this log") == 1
