"""How it stops, and what becomes of children that do not."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from settings import RUNTIME_FILE
from tests.up.supervised import Up, eventually, gone


def stopped(data: Path) -> list[str]:
    return (data / "stopped").read_text().split()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_children_stop_in_reverse_order(
    data: Path, start: Callable[..., Up], number: signal.Signals
) -> None:
    up = start("one", "two", "three")
    up.says("Everything is running")
    children = up.children()
    assert up.stop(number) == 0
    assert stopped(data) == ["three", "two", "one"]
    assert gone(children, 0)


def test_a_stop_before_all_is_ready_stops_what_was_started(
    data: Path, start: Callable[..., Up]
) -> None:
    up = start("one", "two:deaf")
    up.says("The one is ready")
    children = up.children()
    assert up.stop() == 0
    assert stopped(data)[-1] == "one"
    assert gone(children, 0)


def test_a_child_that_does_not_stop_in_its_time_is_ended(
    data: Path, start: Callable[..., Up]
) -> None:
    up = start("one", "two:stubborn,impatient")
    up.says("Everything is running")
    children = up.children()
    assert up.stop() == 0
    assert "The two did not stop by itself and was ended" in up.text
    assert stopped(data) == ["one"]
    assert gone(children, 0)


def test_a_second_ctrl_c_hurries(data: Path, start: Callable[..., Up]) -> None:
    up = start("one", "two:stubborn")
    up.says("Everything is running")
    up.process.send_signal(signal.SIGINT)
    up.says("Stopping")
    began = time.monotonic()
    assert up.stop() == 0
    assert time.monotonic() - began < 10
    assert "The two did not stop by itself" in up.text


def test_what_a_child_left_behind_is_ended_too(start: Callable[..., Up]) -> None:
    up = start("one:parent")
    up.says("Everything is running")
    left = up.child("left behind")
    assert up.stop() == 0
    assert gone([left], 0)


def test_a_signal_that_was_ignored_stays_ignored(data: Path, start: Callable[..., Up]) -> None:
    up = start("--no-hang-up", "one")
    up.says("Everything is running")
    up.process.send_signal(signal.SIGHUP)
    up.child(" one ").kill()
    up.says("The one is running again")
    assert up.stop() == 0


def test_when_the_terminal_is_gone_it_still_stops_in_order(
    data: Path, start: Callable[..., Up]
) -> None:
    up = start("one", "two", unheard=True)
    assert eventually(lambda: len(up.children()) == 2 and (data / RUNTIME_FILE).exists())
    children = up.children()
    up.process.send_signal(signal.SIGHUP)
    assert up.process.wait(30) == 0
    assert stopped(data) == ["two", "one"]
    assert gone(children, 0)


def test_a_first_set_up_that_fails_stops_everything_in_order(
    data: Path, start: Callable[..., Up]
) -> None:
    up = start("--fail-on-ready", "one", "two")
    assert up.ends() == 1
    assert stopped(data) == ["two", "one"]
    assert "ValueError: the first set-up did not work" in up.text
    assert "Everything is running" not in up.text
