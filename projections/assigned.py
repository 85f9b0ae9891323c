"""Who was named to work on a case by somebody else, and when: what they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.command import StreamKind
from domain.events.staff import CaseAllocated
from projections.projection import Projection, Row, Stream
from projections.tables import TABLES, Moment, code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from projections.views import Views

_ASSIGNED = sa.Table(
    "assigned",
    TABLES,
    code("stream", key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    code("whom", key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


def assigned(views: Views) -> list[Mapping[str, Any]]:
    """Return every naming: stream, version of the entry, whom, when it was recorded."""
    return views.select(sa.select(_ASSIGNED))


def _rows(stream: Stream) -> Iterator[Row]:
    for entry in stream.entries:
        event = entry.event
        if not isinstance(event, CaseAllocated):
            continue
        named = {event.case_worker, event.lead, event.co, event.supervisor}
        for whom in sorted(named - {None, entry.envelope.actor.id}):  # type: ignore[type-var]
            yield {
                "stream": stream.id,
                "version": entry.version,
                "whom": whom,
                "at": entry.recorded_at,
                "demo": stream.is_demo,
            }


ASSIGNED = Projection(_ASSIGNED, StreamKind.CASE, _rows)
