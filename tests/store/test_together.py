"""Appends that wait for each other are written as one, and each stays whole for itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent

from store.sqlite import SQLiteLogRecorder, open_sqlite
from store.together import MOST, Together

PATIENCE = 5.0


class Held:
    """Writes into a real log, once it is let; keeps count of what it was given at a time."""

    def __init__(self, recorder: SQLiteLogRecorder) -> None:
        self._recorder = recorder
        self._let = threading.Event()
        self.begun = threading.Event()
        self.given: list[list[str]] = []

    def __call__(self, events: Sequence[StoredEvent]) -> range:
        self.given.append([str(event.originator_id) for event in events])
        self.begun.set()
        assert self._let.wait(PATIENCE)
        return self._recorder._write(events)

    def let(self) -> None:
        self._let.set()


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[SQLiteLogRecorder]:
    with closing(open_sqlite(tmp_path / "log.db", create=True)) as recorder:
        yield recorder


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=20) as threads:
        yield threads


def event(stream: str, version: int = 1) -> StoredEvent:
    return StoredEvent(originator_id=stream, originator_version=version, topic="t", state=b"{}")


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.002)


def waiting_behind(
    first: Sequence[StoredEvent],
    others: Sequence[Sequence[StoredEvent]],
    together: Together,
    held: Held,
    threads: ThreadPoolExecutor,
) -> list[Future[range]]:
    """Have one append under way and all the others wait, in this order."""
    asked = [threads.submit(together.append, first)]
    assert held.begun.wait(PATIENCE)
    for number, events in enumerate(others, 1):
        asked.append(threads.submit(together.append, events))
        wait_for(lambda number=number: len(together._waiting) == number)  # type: ignore[misc]
    return asked


def test_those_who_wait_are_written_with_one_commit(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    held = Held(recorder)
    together = Together(held, PATIENCE)
    others = [[event("B")], [event("C", 1), event("C", 2)], [event("D")]]
    asked = waiting_behind([event("A")], others, together, held, threads)
    held.let()
    assert [list(one.result(PATIENCE)) for one in asked] == [[1], [2], [3, 4], [5]]
    assert held.given == [["A"], ["B", "C", "C", "D"]]
    assert [str(n.originator_id) for n in recorder.select_notifications(None, 9)] == list("ABCCD")


def test_who_comes_too_late_keeps_none_of_the_others_from_being_recorded(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    held = Held(recorder)
    together = Together(held, PATIENCE)
    others = [[event("B")], [event("A", 2), event("A", 1)], [event("C")]]
    asked = waiting_behind([event("A")], others, together, held, threads)
    held.let()
    for one in (asked[1], asked[3]):
        assert len(one.result(PATIENCE)) == 1
    with pytest.raises(IntegrityError):
        asked[2].result(PATIENCE)
    found = [str(n.originator_id) for n in recorder.select_notifications(None, 9)]
    assert found == ["A", "B", "C"], "and nothing of what conflicts, not even what would fit"


def test_who_conflicts_by_themselves_is_written_once_and_not_again(
    recorder: SQLiteLogRecorder,
) -> None:
    held = Held(recorder)
    held.let()
    together = Together(held, PATIENCE)
    together.append([event("A")])
    with pytest.raises(IntegrityError):
        together.append([event("A")])
    assert held.given == [["A"], ["A"]]


def test_trouble_with_the_file_is_told_to_everybody_and_nothing_is_recorded(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    held = Held(recorder)
    together = Together(held, PATIENCE)
    asked = waiting_behind([event("A")], [[event("B")], [event("C")]], together, held, threads)
    recorder.close()
    held.let()
    for one in asked:
        with pytest.raises(Exception, match="was closed"):
            one.result(PATIENCE)


def test_who_gives_up_waiting_is_not_recorded_later(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    held = Held(recorder)
    together = Together(held, 0.05)
    first = threads.submit(together.append, [event("A")])
    assert held.begun.wait(PATIENCE)
    with pytest.raises(OperationalError, match="locked"):
        together.append([event("B")])
    held.let()
    assert list(first.result(PATIENCE)) == [1]
    assert list(together.append([event("C")])) == [2]
    assert held.given == [["A"], ["C"]]


def test_who_is_broken_off_while_writing_for_others_keeps_nobody_from_writing_after(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    class BrokenOff(BaseException):
        pass

    def breaks_off(events: Sequence[StoredEvent]) -> range:
        if len(events) > 1:
            raise IntegrityError
        if events[0].originator_id == "B":
            raise BrokenOff
        return held(events)

    held = Held(recorder)
    together = Together(breaks_off, PATIENCE)
    asked = waiting_behind([event("A")], [[event("B")], [event("C")]], together, held, threads)
    held.let()
    assert list(asked[0].result(PATIENCE)) == [1]
    with pytest.raises(BrokenOff):
        asked[1].result(PATIENCE)
    with pytest.raises(OperationalError, match="not finished"):
        asked[2].result(PATIENCE)
    assert list(together.append([event("D")])) == [2]


def test_however_many_wait_so_many_are_written_at_a_time_and_a_long_append_stays_whole(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    held = Held(recorder)
    together = Together(held, PATIENCE)
    long = [event("L", version) for version in range(1, MOST + 11)]
    others = [[event(f"S{n}", v) for v in range(1, MOST // 2 + 1)] for n in range(3)]
    asked = waiting_behind([event("A")], [*others, long], together, held, threads)
    held.let()
    assert [len(one.result(PATIENCE)) for one in asked] == [1, *[MOST // 2] * 3, MOST + 10]
    assert [len(given) for given in held.given] == [1, MOST, MOST // 2, MOST + 10]


def test_many_at_once_get_each_their_own_positions(
    recorder: SQLiteLogRecorder, threads: ThreadPoolExecutor
) -> None:
    def go(number: int) -> list[tuple[int, str]]:
        stream = f"S{number}"
        return [
            (recorder.insert_events([event(stream, version)])[0], f"{stream}:{version}")
            for version in range(1, 26)
        ]

    told = dict(pair for pairs in threads.map(go, range(20)) for pair in pairs)
    found = {
        n.id: f"{n.originator_id}:{n.originator_version}"
        for n in recorder.select_notifications(None, 1000)
    }
    assert told == found
    assert len(found) == 500
