"""What was recorded once is read for ever: real bytes of every event, in every version."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from domain.event import EVENTS, Event
from store.chain import check
from store.log import Log
from store.mapper import Head, mean, read
from store.seal import Seals
from store.sqlite import open_sqlite
from tests.golden import lines as golden
from tests.golden.examples import example, registered
from tests.golden.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES = golden.lines()


def test_every_event_has_a_golden_line_for_the_version_of_today() -> None:
    """If this is missing one: `python -m tests.golden.record` adds it."""
    there = {(one.name, one.version) for one in LINES}
    assert [n for n, cls in registered().items() if (n, cls.version) not in there] == []


def test_no_line_is_of_an_event_that_is_gone() -> None:
    assert {one.name for one in LINES} - set(registered()) == set()


def test_there_is_one_line_for_each_event_and_version() -> None:
    keys = [(one.name, one.version) for one in LINES]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.name}-{line.version}")
def test_a_golden_line_is_read_as_the_event_that_was_recorded(line: golden.Line) -> None:
    registered()
    row = read(line.stored)
    check(line.stream, [row], Head(), Seals(None, golden.VERIFIER))
    assert row.hash == line.hash
    event = mean(row).event
    assert type(event) is EVENTS[line.name]
    if line.version == event.version:
        assert _as_recorded(event.model_dump(mode="json"), row.envelope.data) == row.envelope.data


def _as_recorded(now: Any, recorded: Any) -> Any:
    """Return of what is read today as much as was recorded; later fields are left out."""
    if isinstance(now, dict) and isinstance(recorded, dict):
        return {name: _as_recorded(now.get(name), one) for name, one in recorded.items()}
    return now


def test_all_lines_are_read_from_a_real_log(tmp_path: Path) -> None:
    registered()
    with closing(open_sqlite(tmp_path / "log.db", create=True)) as recorder:
        first = {one.name: one for one in LINES}
        recorder.insert_events([one.stored for one in first.values()])
        log = Log(recorder, Seals(None, golden.VERIFIER))
        for one in first.values():
            assert [entry.hash for entry in log.load(one.stream)] == [one.hash]
        assert len(log.since(0, limit=10_000)) == len(first)


@pytest.fixture
def grown() -> Iterator[type[Event]]:
    """Yield an event whose data changed shape once: `said` was called `word`."""

    class GoldenTrial(Event):
        version: ClassVar[int] = 2
        upcasters = {1: lambda data: {"said": data["word"]}}  # noqa: RUF012 - declared in Event

        said: str
        added: bool = False

    yield GoldenTrial
    del EVENTS["golden_trial"]


def test_an_older_version_is_brought_up_and_its_bytes_stay(grown: type[Event]) -> None:
    now = golden.line(grown(said="yes"))
    was = now.state[:-132].replace(b'"v":2', b'"v":1').replace(b'"data":', b'"data":{"word":"yes"}')
    was = was[: was.index(b'"yes"}') + 6] + b"}"
    sealed = Seals(golden.SIGNER, golden.VERIFIER).seal(now.stream, 1, now.name, was)
    row = read(now._replace(state=sealed).stored)
    assert row.envelope.data == {"word": "yes"}
    assert mean(row).event == grown(said="yes", added=False)


def test_recording_adds_what_is_missing_and_changes_nothing_else(
    tmp_path: Path, grown: type[Event]
) -> None:
    file = tmp_path / "events.tsv"
    older = golden.line(grown(said="old"))._replace(version=1, state=b'{"as":"it was"}')
    file.write_text(f"{older}\n")
    added = record(file)
    assert {one.name for one in added} == set(registered())
    assert str(older) in file.read_text().splitlines()
    before = file.read_bytes()
    assert record(file) == []
    assert file.read_bytes() == before


def test_examples_are_always_the_same_and_fill_every_field() -> None:
    for cls in registered().values():
        assert example(cls) == example(cls)
        assert example(cls).model_fields_set == set(cls.model_fields)
