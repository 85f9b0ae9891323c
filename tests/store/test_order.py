"""Everything recorded can be read in one order, and no position is ever given out twice."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import store.log
from domain.events.staff import ConflictDeclared
from domain.record import Draft
from store import Altered, Conflict, Unavailable
from tests.store.sample import CASE, MORNING, OTHER_CASE, TestedStep, asked, fill, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Asked, Log
    from tests.store.attack import Attacker


def test_all_streams_are_read_in_the_order_of_recording(log: Log) -> None:
    log.append(CASE, 0, asked("command-1"), [step(1), step(2)])
    log.append(OTHER_CASE, 0, asked("command-2"), [step(3)])
    log.append(CASE, 2, asked("command-3"), [step(4)])
    found = log.since(0)
    assert [one.entry.event.number for one in found] == [1, 2, 3, 4]
    assert [one.entry.stream for one in found] == [CASE, CASE, OTHER_CASE, CASE]
    assert [one.entry for one in found if one.entry.stream == CASE] == log.load(CASE)
    assert log.last() == found[-1].position


def test_reading_goes_on_where_it_stopped(log: Log) -> None:
    fill(log, appends=(1, 2, 3, 4))
    whole, seen, position = log.since(0), [], 0
    while page := log.since(position, limit=3):
        assert len(page) <= 3
        seen += page
        position = page[-1].position
    assert seen == whole
    assert log.since(log.last()) == []


def test_a_position_is_not_given_out_again_after_the_tail_was_deleted(
    log: Log, attacker: Attacker, reopened: Callable[[], Log]
) -> None:
    fill(log, appends=(1, 1, 1))
    last = log.last()
    attacker.delete(3)
    anew = reopened()
    anew.append(CASE, 2, asked("command-other"), [step(9)])
    assert anew.last() > last


def test_an_append_lost_to_a_conflict_leaves_the_order_whole(log: Log) -> None:
    fill(log, appends=(1,))
    with pytest.raises(Conflict):
        log.append(CASE, 0, asked("command-late"), [step(9)])
    log.append(CASE, 1, asked("command-next"), [step(2)])
    assert [one.entry.event.number for one in log.since(0)] == [1, 2]


def test_a_malformed_event_is_found_when_reading_in_order(
    log: Log, attacker: Attacker, reopened: Callable[[], Log]
) -> None:
    fill(log)
    attacker.put(2, b"{}")
    with pytest.raises(Altered, match="version 2 is not an envelope"):
        reopened().since(0)


def test_streams_are_listed_once_each_however_many(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.log, "_PAGE", 4)
    names = [f"RJ-{number:08}-0" for number in range(13)]
    for name in reversed(names):
        log.append(name, 0, asked(f"command-of-{name}"), [step(), step()])
    assert list(log.streams()) == names


def test_the_streams_with_an_event_of_a_name_are_found_whatever_else_they_have(log: Log) -> None:
    names = [f"RJ-{number:08}-0" for number in range(3)]
    other = Draft(ConflictDeclared(practitioner="PR-7K3M9QXA-5"), MORNING)
    log.append(names[0], 0, asked("command-of-0"), [step()])
    log.append(names[2], 0, asked("command-of-2"), [step(), step(), other])
    log.append(names[1], 0, asked("command-of-1"), [other, other])
    conflict, own = ConflictDeclared.name(), TestedStep.name()
    assert log.with_events([conflict]) == [names[1], names[2]]
    assert log.with_events([conflict, own]) == names
    assert log.with_events(["never_recorded"]) == []


def persist(log: Log, stream: str, version: int, asking: Asked) -> None:
    """Append two events, again if others kept the log busy for too long, as a worker does."""
    for _ in range(5):
        with suppress(Unavailable):
            log.append(stream, version, asking, [step(version), step(version)])
            return
    raise TimeoutError("the log stayed busy")


def test_a_reader_at_the_tail_misses_nothing_while_others_write(
    log: Log, reopened: Callable[[], Log]
) -> None:
    """Positions appear in the order of commits: on PostgreSQL that is what the lock is for."""
    writers = [reopened() for _ in range(3)]
    errors: list[Exception] = []

    def write(number: int) -> None:
        stream = f"RJ-0000000{number}-0"
        try:
            for version in range(0, 120, 2):
                asking = asked(f"command-{number}-{version}")
                persist(writers[number], stream, version, asking)
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    seen: list[tuple[str, int]] = []
    position, ended = 0, False
    while not ended:
        ended = not any(thread.is_alive() for thread in threads)
        while page := log.since(position, limit=7):
            seen += [(one.entry.stream, one.entry.version) for one in page]
            position = page[-1].position
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(seen) == len(set(seen)) == 360
    for name in log.streams():
        assert [version for stream, version in seen if stream == name] == list(range(1, 121))
