"""The proof of the read models: the log replayed in full and compared with the tables."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import sqlalchemy as sa

from projections.loop import catch_up, show
from projections.place import HEADS
from projections.tables import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from projections.place import Shown
    from projections.projection import Projection, Row
    from projections.views import Views
    from store import Log

PAGE = 200
"""Streams between two calls of `between`."""
_LOOKS = 3
"""A stream that moves on while it is looked at is looked at again, so often."""


def differences(log: Log, views: Views, between: Callable[[], None] = lambda: None) -> int:
    """Return in how many places the tables differ from a full replay of the log; it must be 0.

    A place is one stream in one read model; one that cannot be shown there counts too. The read
    models are brought up to date first. `between` is called after every couple of hundred streams;
    what it raises breaks the proof off. Raises `Unavailable` of the log or of the views.
    """
    catch_up(log, views)
    known: set[str] = set()
    count = 0
    for streams in _pages(log.streams()):
        known.update(streams)
        for one in _differing(log, views, streams):
            count += _settled(log, views, one)
        between()
    return count + _strangers(views, known)


def differing(log: Log, views: Views, stream: str) -> list[str]:
    """Return the names of the read models in which this stream is not what a replay makes of it.

    The read models are brought up to date first. Raises `Unavailable` of the log or of the views.
    """
    names: list[str] = []
    for _ in range(_LOOKS):
        catch_up(log, views)
        stored = {p.name: _stored(views, p, [stream]) for p in views.projections}
        names = _models(views, show(log, views, stream, 0, afresh=True), stored)
        if not names:
            break
    return names


def _pages(streams: Iterator[str]) -> Iterator[list[str]]:
    while page := list(islice(streams, PAGE)):
        yield page


def _differing(log: Log, views: Views, streams: Iterable[str]) -> list[str]:
    shown = [show(log, views, stream, 0, afresh=True) for stream in streams]
    stored = {p.name: _stored(views, p, [one.stream for one in shown]) for p in views.projections}
    return [one.stream for one in shown if _count(views, one, stored)]


def _settled(log: Log, views: Views, stream: str) -> int:
    """Look again at what differed: it may only have moved on meanwhile."""
    count = 0
    for _ in range(_LOOKS):
        catch_up(log, views)
        stored = {p.name: _stored(views, p, [stream]) for p in views.projections}
        count = _count(views, show(log, views, stream, 0, afresh=True), stored)
        if count == 0:
            break
    return count


def _count(views: Views, shown: Shown, stored: Mapping[str, Mapping[str, list[str]]]) -> int:
    return len(_models(views, shown, stored))


def _models(views: Views, shown: Shown, stored: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    """Return the read models that show a stream otherwise than a replay does, or not at all."""
    alarmed = {alarm.projection for alarm in shown.alarms}
    return [
        p.name
        for p in views.projections
        if p.name in alarmed
        or _canonical(shown.rows.get(p.name, ())) != stored[p.name].get(shown.stream, [])
    ]


def _stored(views: Views, projection: Projection, streams: list[str]) -> dict[str, list[str]]:
    chosen = sa.select(projection.table).where(projection.table.c.stream.in_(streams))
    found: dict[str, list[Row]] = {}
    for row in views.select(chosen):
        found.setdefault(row["stream"], []).append(row)
    return {stream: _canonical(rows) for stream, rows in found.items()}


def _canonical(rows: Iterable[Row]) -> list[str]:
    return sorted(json.dumps(dict(row), sort_keys=True, default=written) for row in rows)


def _strangers(views: Views, known: set[str]) -> int:
    """Count the streams that stand in a table and not in the log."""
    tables = [HEADS, *(projection.table for projection in views.projections)]
    return sum(
        len({row["stream"] for row in views.select(sa.select(table.c.stream))} - known)
        for table in tables
    )
