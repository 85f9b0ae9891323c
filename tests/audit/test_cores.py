"""Several processes come to what one comes to, in the same order, and this one is one of them."""

from __future__ import annotations

import os
import signal
from multiprocessing import active_children
from time import sleep

import pytest

from audit.verify import cores as together
from audit.verify.cores import reckoned


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are begun after the first task."""
    monkeypatch.setattr(together, "ALONE", 0.0)


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def slow_elsewhere(here: int) -> int:
    """Takes a while in every process but this one; says which it was."""
    if os.getpid() != here:
        sleep(0.3)
    return os.getpid()


def killed_elsewhere(here: int) -> int:
    """Ends every process but this one, as a system does that has no memory left."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    sleep(0.02)
    return os.getpid()


def only_even(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number


@pytest.mark.parametrize("cores", [2, 3])
def test_results_come_in_order_however_many_there_are(cores: int) -> None:
    assert [square for square, _ in reckoned(range(200), squared, cores)] == [
        number * number for number in range(200)
    ]


def test_this_process_works_too_and_does_what_the_others_have_not_come_to() -> None:
    here = os.getpid()
    by = [*reckoned([here] * 60, slow_elsewhere, 2)]
    assert by.count(here) > 40


@pytest.mark.parametrize("cores", [2, 3])
def test_what_another_process_was_at_when_it_was_killed_is_done_here(cores: int) -> None:
    here = os.getpid()
    assert [*reckoned([here] * 150, killed_elsewhere, cores)] == [here] * 150


def test_nobody_else_is_begun_for_what_is_soon_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "ALONE", 60.0)
    before = {*active_children()}
    assert len([*reckoned(range(200), squared, 2)]) == 200
    assert {*active_children()} <= before


def a_while(_: int) -> int:
    sleep(0.02)
    return os.getpid()


def test_where_it_is_known_how_much_there_is_that_says_if_others_are_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(together, "WORTH", 60.0)
    before = {*active_children()}
    assert len([*reckoned(range(200), squared, 2, 200)]) == 200
    assert {*active_children()} <= before
    monkeypatch.setattr(together, "ALONE", 60.0)
    monkeypatch.setattr(together, "WORTH", 0.0)
    assert len({*reckoned(range(300), a_while, 2, 300)}) == 2


def test_what_a_task_raises_comes_in_its_turn() -> None:
    found = reckoned([0, 2, 4, 7, 9, 10], only_even, 2)
    assert [next(found) for _ in range(3)] == [0, 2, 4]
    with pytest.raises(ValueError, match="7 is odd"):
        next(found)
