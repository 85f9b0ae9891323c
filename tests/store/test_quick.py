"""The quick way of reading a stream takes nothing that the strict way does not, and makes the same.

Bytes are altered here and sealed anew with the true key, so that it is the fields that are asked,
and not the seal that finds it out.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.record import Envelope
from store import Altered, Unreadable
from store.chain import check
from store.mapper import Head, Stored, mean, read, write
from store.quick import entries_of
from store.seal import Seals, leaf
from tests.golden import lines as golden
from tests.golden.examples import registered
from tests.store.sample import CASE, MORNING, asked, step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.record import Entry

LINES = golden.lines()
SEALS = Seals(golden.SIGNER, golden.VERIFIER)


def strictly(stored: Sequence[Stored]) -> list[Entry] | None:
    try:
        rows = [read(one) for one in stored]
        check(CASE if not stored else str(stored[0].originator_id), rows, Head(), SEALS)
        return [mean(row) for row in rows]
    except (Altered, Unreadable):
        return None


def recorded(appends: Sequence[int] = (1, 3, 2)) -> list[Stored]:
    head, rows = Head(), []
    for number, size in enumerate(appends):
        drafts = [step(part, MORNING + timedelta(hours=number)) for part in range(size)]
        stored, entries = write(CASE, head, asked(f"command-{number}"), drafts, SEALS)
        head = Head(entries[-1].version, entries[-1].hash, entries[-1].recorded_at)
        rows += [Stored(CASE, one.originator_version, one.topic, one.state) for one in stored]
    return rows


def in_full(entries: Sequence[Entry]) -> list[Any]:
    return [
        (
            one,
            type(one.envelope),
            one.envelope.model_dump_json(),
            one.envelope.model_fields_set,
            list(one.envelope.__dict__),
            type(one.event),
            one.event.model_dump_json(),
            one.recorded_at.utcoffset(),
        )
        for one in entries
    ]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.name}-{line.version}")
def test_each_golden_line_is_read_alike_both_ways(line: golden.Line) -> None:
    registered()
    quick = entries_of(line.stream, [line.stored], Head(), SEALS)
    strict = strictly([line.stored])
    assert quick is not None
    assert strict is not None
    assert in_full(quick) == in_full(strict)


def test_whole_streams_and_what_follows_on_from_a_version_are_read_alike() -> None:
    rows = recorded()
    whole = strictly(rows)
    assert whole is not None
    assert in_full(entries_of(CASE, rows, Head(), SEALS) or []) == in_full(whole)
    at = Head(whole[0].version, whole[0].hash, whole[0].recorded_at)
    assert in_full(entries_of(CASE, rows[1:], at, SEALS) or []) == in_full(whole[1:])
    assert entries_of(CASE, [], at, SEALS) == []


def test_a_changed_envelope_is_a_copy_and_leaves_the_next_one_as_it_was() -> None:
    line = LINES[0]
    (first,) = entries_of(line.stream, [line.stored], Head(), SEALS) or []
    first.envelope.model_copy(update={"controller": "SOMEBODY"})
    (again,) = entries_of(line.stream, [line.stored], Head(), SEALS) or []
    assert in_full([again]) == in_full(strictly([line.stored]) or [])


def test_what_somebody_does_with_the_recorded_data_of_an_entry_is_not_seen_in_the_next() -> None:
    rows = recorded((1,))
    (first,) = entries_of(CASE, rows, Head(), SEALS) or []
    first.envelope.data["number"] = 7
    (again,) = entries_of(CASE, rows, Head(), SEALS) or []
    assert in_full([again]) == in_full(strictly(rows) or [])


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 5),
    st.floats(allow_nan=False),
    st.sampled_from(["", "V1", "PR-7K3M9QXA-5", "service:clock", "FACT", "UK_GDPR", "rj1", "cli"]),
    st.sampled_from(["2026-03-02T09:30:00Z", "2026-03-02T09:30:00", "2026-03-02T09:30:00+01:00"]),
    st.sampled_from(["rj2", "0" * 64, "F" * 64, "0" * 63, "command-0", "no words", "ünï", "Mr A"]),
    st.text(max_size=6),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["id", "kind", "whose", "code", "PR-1"]), st.integers(-1, 2)),
)
FIELDS = [*Envelope.model_fields, "seal", "more"]


def resealed(body: dict[str, Any]) -> Stored:
    state = json.dumps(body, separators=(",", ":")).encode()
    return Stored(CASE, 1, "tested_step", SEALS.seal(CASE, 1, "tested_step", state))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JUNK, min_size=1, max_size=2), st.booleans())
def test_whatever_a_field_is_the_quick_way_takes_no_more_than_the_strict_way(
    junk: dict[str, Any], inside: bool
) -> None:
    (row,) = recorded((1,))
    body = json.loads(row.state)
    del body["seal"]
    parts = [name for name in junk if inside and isinstance(body.get(name), dict)]
    for name, value in junk.items():
        if name in parts:
            body[name] = {**body[name], "id": value, "code": value, "number": value}
        else:
            body[name] = value
    agrees([resealed(body)])


@pytest.mark.parametrize("name", FIELDS)
def test_without_a_field_the_quick_way_takes_no_more_than_the_strict_way(name: str) -> None:
    (row,) = recorded((1,))
    body = json.loads(row.state)
    body.pop(name, None)
    body.pop("seal", None)
    agrees([resealed(body)])


def test_what_nobody_would_record_is_left_to_the_strict_way_however_deep_it_is() -> None:
    state = b'{"form":"rj1","data":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}"
    rows = [Stored(CASE, 1, "tested_step", SEALS.seal(CASE, 1, "tested_step", state))]
    assert entries_of(CASE, rows, Head(), SEALS) is None
    assert strictly(rows) is None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_rows_altered_left_out_doubled_or_moved_are_taken_by_neither(data: st.DataObject) -> None:
    rows = recorded()
    at = data.draw(st.integers(0, len(rows) - 1))
    row = rows[at]
    kind = data.draw(st.sampled_from(["byte", "out", "twice", "moved", "version", "name", "cut"]))
    if kind == "byte":
        spot = data.draw(st.integers(0, len(row.state) - 1))
        other = bytes([row.state[spot] ^ data.draw(st.integers(1, 255))])
        state = row.state[:spot] + other + row.state[spot + 1 :]
        rows[at] = Stored(CASE, row.originator_version, row.topic, state)
    elif kind == "out":
        del rows[at]
    elif kind == "twice":
        rows.insert(at, row)
    elif kind == "moved":
        rows.append(rows.pop(at))
    elif kind == "version":
        rows[at] = Stored(CASE, row.originator_version + 1, row.topic, row.state)
    elif kind == "name":
        rows[at] = Stored(CASE, row.originator_version, "other_step", row.state)
    else:
        rows = rows[:at]
    agrees(rows)


def chained(appends: Sequence[tuple[int, int, bool]]) -> list[Stored]:
    """Rows that link as they should, each of them part `a` of `b`, sealed or not."""
    (like,) = recorded((1,))
    rows, previous = [], "0" * 64
    for version, (part, parts, sealed) in enumerate(appends, 1):
        body = json.loads(like.state) | {"part": part, "parts": parts, "previous": previous}
        del body["seal"]
        state = json.dumps(body, separators=(",", ":")).encode()
        if sealed:
            state = SEALS.seal(CASE, version, "tested_step", state)
        previous = leaf(CASE, version, "tested_step", state).hex()
        rows.append(Stored(CASE, version, "tested_step", state))
    return rows


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=1, max_size=3)
)
def test_appends_that_are_not_whole_or_not_sealed_where_they_end_are_taken_by_neither(
    appends: list[tuple[int, int, bool]],
) -> None:
    agrees(chained(appends))


def agrees(rows: Sequence[Stored]) -> None:
    quick = entries_of(CASE, rows, Head(), SEALS)
    if quick is not None:
        assert in_full(quick) == in_full(strictly(rows) or [])
