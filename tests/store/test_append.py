"""What is appended is there once, whole and in order, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from domain.event import Event
from domain.record import START, Basis, BasisKind, Draft, Why
from domain.texts import TextRef
from keys import KeyMissing
from store import Conflict, Log, OtherCommand, open_log
from tests.store.sample import CASE, MORNING, OTHER_CASE, TestedStep, asked, fill, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from keys import Verifier


def test_an_unknown_stream_is_empty(log: Log) -> None:
    assert log.load(CASE) == []
    assert log.last() == 0
    assert list(log.streams()) == []


def test_what_was_appended_is_loaded_as_it_was_answered(log: Log) -> None:
    first, second = fill(log, appends=(1, 2))
    assert not first.replayed
    assert log.load(CASE) == [*first.entries, *second.entries]
    assert [entry.version for entry in log.load(CASE)] == [1, 2, 3]
    assert [entry.event.number for entry in log.load(CASE)] == [1, 2, 3]


def test_it_is_still_there_for_another_process(log: Log, reopened: Callable[[], Log]) -> None:
    fill(log)
    assert reopened().load(CASE) == log.load(CASE)


def test_the_envelope_says_all_that_was_asked(log: Log) -> None:
    why = Why(code="ASKED", words=TextRef(id="T-0123456789ABCDEF", digest="0" * 64))
    given = Draft(
        TestedStep(on=date(2026, 3, 1), names=("é", '"', "\x00\u2028")),
        MORNING,
        Basis(kind=BasisKind.ASSESSMENT, whose="PR-7K3M9QXA-5"),
        why,
    )
    log.append(CASE, 0, asked("command-1"), [given])
    (entry,) = log.load(CASE)
    envelope, question = entry.envelope, asked("command-1")
    assert entry.event == given.event
    assert entry.name == "tested_step"
    assert (envelope.command, envelope.digest) == ("command-1", question.digest)
    assert (envelope.part, envelope.parts, envelope.previous) == (1, 1, START)
    assert (envelope.actor, envelope.asked_by) == (question.actor, "V1")
    assert (envelope.basis, envelope.why) == (given.basis, why)
    assert (envelope.rules, envelope.controller) == ("2026.1", "DERBYSHIRE_RJ")
    assert (envelope.regime, envelope.origin, envelope.read) == ("UK_GDPR", "cli", question.read)


def test_each_event_names_the_hash_of_the_one_before(log: Log) -> None:
    fill(log)
    entries = log.load(CASE)
    assert [e.envelope.previous for e in entries] == [START, *(e.hash for e in entries[:-1])]


def test_times_are_recorded_in_utc(log: Log) -> None:
    there = timezone(timedelta(hours=5))
    at = datetime(2026, 3, 2, 14, 30, tzinfo=there)
    (entry,) = log.append(CASE, 0, asked("command-1", at), [step(at=at)]).entries
    assert entry.recorded_at == entry.effective_at == at
    assert entry.recorded_at.utcoffset() == entry.effective_at.utcoffset() == timedelta(0)


def test_an_event_is_never_recorded_before_the_one_before_it(log: Log) -> None:
    fill(log, appends=(1,))
    earlier = asked("command-9", MORNING - timedelta(hours=1))
    (entry,) = log.append(CASE, 1, earlier, [step(2)]).entries
    assert entry.recorded_at == MORNING
    later = asked("command-10", MORNING + timedelta(hours=1))
    (entry,) = log.append(CASE, 2, later, [step(3)]).entries
    assert entry.recorded_at == MORNING + timedelta(hours=1)


def test_another_command_first_is_a_conflict_and_nothing_is_recorded(log: Log) -> None:
    fill(log, appends=(1, 2))
    for expected in (0, 1):
        with pytest.raises(Conflict, match=f"moved on since version {expected}"):
            log.append(CASE, expected, asked("command-late"), [step(9)])
    assert len(log.load(CASE)) == 3


def test_a_command_sent_again_is_answered_with_what_it_recorded_first(log: Log) -> None:
    first, second, third = fill(log)
    for number, (expected, was) in enumerate([(0, first), (1, second), (3, third)]):
        again = log.append(CASE, expected, asked(f"command-{number}"), [step(99)] * 2)
        assert again.replayed
        assert again.entries == was.entries
    assert len(log.load(CASE)) == 6


def test_the_same_id_with_other_content_is_told_apart(log: Log) -> None:
    fill(log, appends=(2,))
    with pytest.raises(OtherCommand, match="needs a new id"):
        log.append(CASE, 0, replace(asked("command-0"), digest="f" * 64), [step()])


def test_the_loser_of_a_race_between_load_and_append_is_told(
    log: Log, reopened: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other writer comes in after the look at the head, so that only the database can tell."""
    rival, losing = reopened(), reopened()
    insert = losing._recorder.insert_events

    def late(stored: object) -> object:
        rival.append(CASE, 0, asked("command-rival"), [step(1), step(2)])
        return insert(stored)  # type: ignore[arg-type]

    monkeypatch.setattr(losing._recorder, "insert_events", late)
    with pytest.raises(Conflict):
        losing.append(CASE, 0, asked("command-loser"), [step(9)])
    assert losing.append(CASE, 0, asked("command-rival"), [step(9)]).replayed
    assert [entry.envelope.command for entry in log.load(CASE)] == ["command-rival"] * 2


def test_both_of_two_copies_of_a_command_get_the_first_ones_result(
    log: Log, reopened: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    twin, losing = reopened(), reopened()
    insert = losing._recorder.insert_events
    first = []

    def late(stored: object) -> object:
        first.append(twin.append(CASE, 0, asked("command-1"), [step(1), step(2)]))
        return insert(stored)  # type: ignore[arg-type]

    monkeypatch.setattr(losing._recorder, "insert_events", late)
    second = losing.append(CASE, 0, asked("command-1"), [step(3)])
    assert second.replayed
    assert second.entries == first[0].entries == tuple(log.load(CASE))


def test_an_append_is_all_or_nothing(
    log: Log, reopened: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    losing = reopened()
    insert = losing._recorder.insert_events

    def clashing(stored: list[object]) -> object:
        log.append(CASE, 0, asked("command-first"), [step()])
        return insert(list(reversed(stored)))  # type: ignore[arg-type]

    monkeypatch.setattr(losing._recorder, "insert_events", clashing)
    with pytest.raises(Conflict):
        losing.append(CASE, 0, asked("command-2"), [step(1), step(2), step(3)])
    assert [entry.version for entry in log.load(CASE)] == [1]


def test_streams_do_not_disturb_one_another(log: Log) -> None:
    fill(log, CASE, (1, 2))
    fill(log, OTHER_CASE, (2,))
    assert [len(log.load(stream)) for stream in (CASE, OTHER_CASE)] == [3, 2]
    assert log.load(OTHER_CASE)[0].envelope.previous == START


def test_nothing_to_record_is_a_mistake_of_the_caller(log: Log) -> None:
    with pytest.raises(ValueError, match="nothing to append"):
        log.append(CASE, 0, asked("command-1"), [])


def test_an_append_does_not_begin_inside_another(log: Log) -> None:
    fill(log, appends=(2,))
    with pytest.raises(ValueError, match="in the middle of an append"):
        log.append(CASE, 1, asked("command-1"), [step()])


def test_an_event_that_would_not_read_back_as_it_is_is_not_recorded(log: Log) -> None:
    with pytest.raises(ValueError, match="would not be read back"):
        log.append(CASE, 0, asked("command-1"), [step(), Draft(TestedStep(part=1e999), MORNING)])
    assert log.load(CASE) == []


def test_an_event_outside_the_registry_is_not_recorded(log: Log) -> None:
    class TestedStray(Event, abstract=True):
        """Abstract, and so not registered."""

    with pytest.raises(ValueError, match="not a registered event"):
        log.append(CASE, 0, asked("command-1"), [Draft(TestedStray(), MORNING)])
    assert log.load(CASE) == []


def test_a_log_opened_without_a_key_reads_and_does_not_append(
    url: str, log: Log, verifier: Verifier
) -> None:
    fill(log)
    reader = open_log(url, None, verifier, create=False)
    assert reader.load(CASE) == log.load(CASE)
    with pytest.raises(KeyMissing, match="opened for reading"):
        reader.append(CASE, 6, asked("command-1"), [step()])
    reader.close()
    assert len(log.load(CASE)) == 6


def test_the_hour_of_recording_is_given_and_not_taken_from_the_machine(log: Log) -> None:
    long_ago = datetime(1994, 5, 1, tzinfo=UTC)
    (entry,) = log.append(CASE, 0, asked("command-1", long_ago), [step()]).entries
    assert entry.recorded_at == long_ago


@pytest.mark.parametrize("symbol", "*~$=U0A")
def test_a_practitioner_may_have_asked_whatever_their_check_character(
    log: Log, symbol: str
) -> None:
    of = replace(asked("asked-for-1"), asked_by=f"PR-7K3M9QXA-{symbol}")
    log.append(CASE, 0, of, [step()])
    assert log.load(CASE)[0].envelope.asked_by == of.asked_by
