"""What a log keeps in memory: a load reads only what is new, and notices when the ground moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store import Altered
from store.recent import Recent
from tests.store.sample import CASE, asked, fill, step

if TYPE_CHECKING:
    from store import Log
    from tests.store.attack import Attacker


def test_a_second_load_gives_the_same_and_what_another_recorded_since(
    log: Log, reopened: object
) -> None:
    fill(log)
    before = log.load(CASE)
    assert log.load(CASE) == before
    assert callable(reopened)
    assert reopened().load(CASE) == before


def test_a_changed_last_event_is_found_although_it_was_loaded_before(
    log: Log, attacker: Attacker
) -> None:
    fill(log)
    last = log.load(CASE)[-1].version
    attacker.change(last, b'"thread":"V1-O1"', b'"thread":"V1-O2"')
    with pytest.raises(Altered):
        log.load(CASE)


def test_a_change_further_back_is_found_by_verifying_although_it_was_loaded_before(
    log: Log, attacker: Attacker
) -> None:
    fill(log)
    log.load(CASE)
    attacker.change(2, b'"thread":"V1-O1"', b'"thread":"V1-O2"')
    with pytest.raises(Altered):
        log.verify(CASE)


def test_only_so_many_entries_are_kept_and_the_longest_unasked_go_first(log: Log) -> None:
    fill(log)
    entries = tuple(log.load(CASE))
    recent = Recent(room=2 * len(entries))
    for stream in ("first", "second"):
        recent.keep(stream, entries)
    assert recent.of("first") == entries
    recent.keep("third", entries)
    assert recent.of("second") == ()
    assert recent.of("first") == recent.of("third") == entries


def test_what_was_just_recorded_is_kept_and_a_change_of_it_is_found_all_the_same(
    log: Log, attacker: Attacker
) -> None:
    fill(log)
    log.load(CASE)
    recorded = log.append(CASE, len(log.load(CASE)), asked("just-now-1"), [step()]).entries
    assert log.load(CASE)[-1:] == list(recorded)
    attacker.change(recorded[-1].version, b'"thread":"V1-O1"', b'"thread":"V1-O2"')
    with pytest.raises(Altered):
        log.append(CASE, recorded[-1].version, asked("after-it-1"), [step()])
    with pytest.raises(Altered):
        log.load(CASE)


def test_only_what_follows_on_what_is_kept_is_kept_with_it(log: Log) -> None:
    fill(log)
    entries = tuple(log.load(CASE))
    recent = Recent()
    recent.carry_on(CASE, entries[:1])
    assert recent.of(CASE) == ()
    recent.keep(CASE, entries[:1])
    recent.carry_on(CASE, entries[3:])
    assert recent.of(CASE) == entries[:1]
    recent.carry_on(CASE, entries[1:])
    assert recent.of(CASE) == entries
