"""Persons beyond one case: of whom something is still to be told, and what is to be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from domain.command import StreamKind
from projections.dossiers import orders_left
from projections.projection import Projection, Row, Stream
from projections.tables import TABLES, Moment, code
from projections.waiting import followed_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from projections.views import Views

_PERSONS = sa.Table(
    "persons",
    TABLES,
    code("stream", key=True),
    sa.Column("untold", sa.Integer, nullable=False),
    sa.Column("since", Moment, nullable=False),
)


def to_follow(views: Views, before: datetime) -> list[str]:
    """Return the cases, persons and dossiers of which something is still to be recorded in other
    streams, since before this moment."""
    waits = (_PERSONS.c.untold > 0) & (_PERSONS.c.since < before)
    persons = views.select(sa.select(_PERSONS.c.stream).where(waits))
    told = (str(row["stream"]) for row in persons)
    return sorted({*followed_from(views, before), *orders_left(views, before), *told})


def _rows(stream: Stream) -> Iterator[Row]:
    untold = len(stream.person.untold)
    yield {"stream": stream.id, "untold": untold, "since": stream.entries[-1].recorded_at}


PERSONS = Projection(_PERSONS, StreamKind.PERSON, _rows)
"""The read model of persons: references and a count, nothing of who they are."""
