"""Who was named to work on a case by somebody else, or is asked about it, and when: what they are
told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.command import StreamKind
from domain.events.consulting import SpecialistAsked
from domain.events.staff import CaseAllocated
from domain.fold import in_error
from projections.projection import Projection, Row, Stream
from projections.tables import TABLES, Moment, code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.event import Event
    from projections.views import Views

_ASSIGNED = sa.Table(
    "assigned",
    TABLES,
    code("stream", key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    code("whom", key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("asked", sa.Boolean, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


def assigned(views: Views) -> list[Mapping[str, Any]]:
    """Return every naming, and every question to a specialist that is open: stream, version of the
    entry, whom, when it was recorded, and whether they are asked only."""
    return views.select(sa.select(_ASSIGNED))


_NAMING = frozenset[type]((CaseAllocated, SpecialistAsked))
"""What names somebody to work on a case, or to answer a question of it."""


def _rows(stream: Stream) -> Iterator[Row]:
    void = in_error(stream.entries)
    for entry in stream.entries:
        if type(entry.event) not in _NAMING or entry.version in void:
            continue
        told = _named(stream, entry.event) - {entry.recorded.actor.id} - stream.case.conflicted
        for whom in sorted(told):
            yield {
                "stream": stream.id,
                "version": entry.version,
                "whom": whom,
                "at": entry.recorded_at,
                "asked": isinstance(entry.event, SpecialistAsked),
                "demo": stream.is_demo,
            }


def _named(stream: Stream, event: Event) -> set[str]:
    if isinstance(event, SpecialistAsked):
        return set() if stream.case.consultations[event.consultation].over else {event.specialist}
    if isinstance(event, CaseAllocated):
        named = (event.case_worker, event.lead, event.co, event.supervisor)
        return {one for one in named if one is not None}
    return set()


ASSIGNED = Projection(_ASSIGNED, StreamKind.CASE, _rows)
