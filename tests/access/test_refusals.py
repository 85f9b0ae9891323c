"""Refusals, and the drafts that are remembered, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from access import NotAccepted, Refusals, Remembered, open_refusals, open_remembered
from domain.texts import TextRef
from vault import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ONE = NotAccepted(
    stream="RJ-00000000-0",
    command="command-1",
    recorded_at=NOON,
    name="record_contact_attempt",
    actor="PR-00000000-0",
    codes=("a_rule", "another_rule"),
    by_signal=False,
)
REFS = [TextRef(id=f"T-{number:016d}", digest=f"{number}" * 64) for number in (1, 2)]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'access.db'}"
    make: Callable[[], str] = request.getfixturevalue("postgres_database")
    return make()


@pytest.fixture
def refusals(url: str) -> Iterator[Refusals]:
    with closing(open_refusals(url)) as opened:
        yield opened


@pytest.fixture
def remembered(url: str) -> Iterator[Remembered]:
    with closing(open_remembered(url)) as opened:
        yield opened


def test_what_was_written_is_read_as_it_was(refusals: Refusals, url: str) -> None:
    refusals.write(ONE)
    with closing(open_refusals(url)) as elsewhere:
        assert elsewhere.of(ONE.stream) == [ONE]
    assert refusals.of("RJ-00000000-1") == []


def test_the_same_turn_tried_again_is_written_once(refusals: Refusals) -> None:
    refusals.write(ONE)
    refusals.write(replace(ONE, recorded_at=NOON + timedelta(seconds=1)))
    assert refusals.of(ONE.stream) == [ONE]


def test_only_signals_are_tasks_the_oldest_first_until_they_are_done(refusals: Refusals) -> None:
    signals = [
        replace(ONE, command=f"signal-{n}", recorded_at=NOON - timedelta(hours=n), by_signal=True)
        for n in range(3)
    ]
    for one in (ONE, *signals):
        refusals.write(one)
    assert [task.command for task in refusals.tasks()] == ["signal-2", "signal-1", "signal-0"]
    assert refusals.done(ONE.stream, "signal-1")
    assert not refusals.done(ONE.stream, "signal-1")
    assert not refusals.done(ONE.stream, ONE.command)
    assert [task.command for task in refusals.tasks()] == ["signal-2", "signal-0"]


def test_a_draft_is_remembered_for_its_command_and_place(remembered: Remembered) -> None:
    assert remembered.find("command-1", "said") is None
    assert remembered.keep("command-1", "said", REFS[0], NOON) == REFS[0]
    assert remembered.find("command-1", "said") == REFS[0]
    assert remembered.find("command-1", "note") is None
    assert remembered.find("command-2", "said") is None


def test_of_two_that_send_the_same_command_at_once_both_get_the_first_draft(
    remembered: Remembered,
) -> None:
    with ThreadPoolExecutor(8) as threads:
        kept = list(
            threads.map(lambda n: remembered.keep("command-1", "said", REFS[n % 2], NOON), range(8))
        )
    assert len({ref.id for ref in kept}) == 1
    assert remembered.find("command-1", "said") == kept[0]


def test_drafts_are_forgotten_when_the_vault_has_swept_them(remembered: Remembered) -> None:
    remembered.keep("command-1", "said", REFS[0], NOON - timedelta(days=31))
    remembered.keep("command-2", "said", REFS[1], NOON)
    assert remembered.forget(NOON - timedelta(days=30)) == 1
    assert remembered.find("command-1", "said") is None
    assert remembered.find("command-2", "said") == REFS[1]


def test_a_database_that_is_not_there_is_said_to_be_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_refusals(f"sqlite:///{tmp_path / 'no' / 'access.db'}", create=False)
