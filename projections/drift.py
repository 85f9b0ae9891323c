"""The proof of the read models: the log replayed in full and compared with the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

import sqlalchemy as sa

from projections.loop import catch_up, show
from projections.place import HEADS
from projections.tables import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from projections.place import Shown
    from projections.projection import Projection, Row
    from projections.views import Views
    from store import Log

PAGE = 200
"""Streams between two calls of `between`."""
_LOOKS = 3
"""A stream that moves on while it is looked at is looked at again, so often."""


class Differs(StrEnum):
    """In what a read model differs."""

    OTHER_VALUES = "other_values"
    ROWS_MISSING = "rows_missing"
    ROWS_TOO_MANY = "rows_too_many"
    CANNOT_BE_SHOWN = "cannot_be_shown"
    """A replay by this release cannot show the stream there; `rj doctor` names why."""
    NOT_IN_THE_LOG = "not_in_the_log"


@dataclass(frozen=True, slots=True)
class Difference:
    """One stream that one read model shows otherwise than a full replay; no value is in it."""

    model: str
    """The name of the read model, or of the table of how far each stream is shown."""
    stream: str
    """The reference of the case, or of whatever else the stream is of."""
    what: Differs
    columns: tuple[str, ...] = ()
    """In which columns, where only values differ."""


def differences(
    log: Log, views: Views, between: Callable[[], None] = lambda: None
) -> list[Difference]:
    """Return where the tables differ from a full replay of the log; there must be nothing.

    One is told for each stream in each read model; one that cannot be shown there counts too. The
    read models are brought up to date first. `between` is called after every couple of hundred
    streams; what it raises breaks the proof off. Raises `Unavailable` of the log or of the views.
    """
    catch_up(log, views)
    known: set[str] = set()
    found: list[Difference] = []
    for streams in _pages(log.streams()):
        known.update(streams)
        for one in _differing(log, views, streams):
            found += differing(log, views, one)
        between()
    return [*found, *_strangers(views, known)]


def differing(log: Log, views: Views, stream: str) -> list[Difference]:
    """Return where this stream is not what a replay makes of it.

    The read models are brought up to date first, and again for a stream that moves on meanwhile.
    Raises `Unavailable` of the log or of the views.
    """
    found: list[Difference] = []
    for _ in range(_LOOKS):
        catch_up(log, views)
        stored = {p.name: _stored(views, p, [stream]) for p in views.projections}
        found = _found(views, show(log, views, stream, 0, afresh=True), stored)
        if not found:
            break
    return found


def _pages(streams: Iterator[str]) -> Iterator[list[str]]:
    while page := list(islice(streams, PAGE)):
        yield page


def _differing(log: Log, views: Views, streams: Iterable[str]) -> list[str]:
    shown = [show(log, views, stream, 0, afresh=True) for stream in streams]
    stored = {p.name: _stored(views, p, [one.stream for one in shown]) for p in views.projections}
    return [one.stream for one in shown if _found(views, one, stored)]


def _found(
    views: Views, shown: Shown, stored: Mapping[str, Mapping[str, list[Row]]]
) -> list[Difference]:
    """Return where the read models show a stream otherwise than a replay does, or not at all."""
    alarmed = {alarm.projection for alarm in shown.alarms}
    found = []
    for p in views.projections:
        replayed, there = shown.rows.get(p.name, ()), stored[p.name].get(shown.stream, [])
        if p.name in alarmed:
            found.append(Difference(p.name, shown.stream, Differs.CANNOT_BE_SHOWN))
        elif _canonical(replayed) != _canonical(there):
            found.append(_difference(p.name, shown.stream, replayed, there))
    return found


def _difference(
    model: str, stream: str, replayed: Sequence[Row], there: Sequence[Row]
) -> Difference:
    if len(there) != len(replayed):
        missing = len(there) < len(replayed)
        return Difference(model, stream, Differs.ROWS_MISSING if missing else Differs.ROWS_TOO_MANY)
    names = {name: None for row in (*replayed, *there) for name in row}
    columns = tuple(name for name in names if _column(replayed, name) != _column(there, name))
    return Difference(model, stream, Differs.OTHER_VALUES, columns)


def _column(rows: Sequence[Row], name: str) -> list[str]:
    return _canonical({name: row.get(name)} for row in rows)


def _stored(views: Views, projection: Projection, streams: list[str]) -> dict[str, list[Row]]:
    chosen = sa.select(projection.table).where(projection.table.c.stream.in_(streams))
    found: dict[str, list[Row]] = {}
    for row in views.select(chosen):
        found.setdefault(row["stream"], []).append(row)
    return found


def _canonical(rows: Iterable[Row]) -> list[str]:
    return sorted(json.dumps(dict(row), sort_keys=True, default=written) for row in rows)


def _strangers(views: Views, known: set[str]) -> Iterator[Difference]:
    """Yield the streams that stand in a table and not in the log."""
    for table in (HEADS, *(projection.table for projection in views.projections)):
        there = {row["stream"] for row in views.select(sa.select(table.c.stream))}
        for stream in sorted(there - known):
            yield Difference(table.name, stream, Differs.NOT_IN_THE_LOG)
