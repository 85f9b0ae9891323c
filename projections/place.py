"""How far the log was followed: read on its own, moved on together with the rows it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from projections.tables import TABLES, Moment, code

if TYPE_CHECKING:
    from projections.projection import Row
    from projections.views import Views

PLACE = sa.Table(
    "place",
    TABLES,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("shape", sa.String(64), nullable=False),
    sa.Column("form", sa.String(64), nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("turn", sa.BigInteger, nullable=False),
)
"""One row. It keeps these columns for ever, since `shape` says whether the other tables fit."""
HEADS = sa.Table(
    "heads", TABLES, code("stream", key=True), sa.Column("version", sa.Integer, nullable=False)
)
"""The version of each stream that its rows were made from, which may be ahead of the place."""
ALARMS = sa.Table(
    "alarms",
    TABLES,
    code("projection", key=True),
    code("stream", key=True),
    sa.Column("version", sa.Integer, nullable=False),
    code("code"),
    code("kind"),
    sa.Column("at", Moment, nullable=False),
)
"""What could not be shown, until it can be."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far the log was followed. `turn` rises with every change to the rows."""

    form: str
    position: int
    turn: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """A stream that one read model could not show: it has no rows there until it can."""

    projection: str
    stream: str
    version: int
    code: str
    """`altered`, `unknown_seal`, `unreadable`, `not_coded` or `unforeseen`."""
    kind: str
    """The type of the error; its text is not kept, since it might quote what people wrote."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """What one stream looks like in the read models, at one version."""

    stream: str
    version: int
    rows: Mapping[str, Sequence[Row]]
    """By the name of the read model; those with an alarm are left out."""
    alarms: tuple[Alarm, ...] = ()


def heads(views: Views, streams: Iterable[str]) -> dict[str, int]:
    """Return the versions that the rows of these streams were made from."""
    chosen = sa.select(HEADS).where(HEADS.c.stream.in_(list(streams)))
    return {row["stream"]: row["version"] for row in views.select(chosen)}


def alarms(views: Views) -> list[Alarm]:
    """Return what cannot be shown, by stream."""
    chosen = sa.select(ALARMS).order_by(ALARMS.c.stream, ALARMS.c.projection)
    return [Alarm(**row) for row in views.select(chosen)]


def move_on(views: Views, seen: Place, position: int, shown: Sequence[Shown]) -> bool:
    """Replace the rows of these streams and move on to this position, all or nothing.

    Says whether it did: not if another process has changed anything since `seen`.
    """
    with views.database.together() as connection:
        if not _turned(connection, seen, position):
            return False
        streams = [one.stream for one in shown]
        _put(
            connection, HEADS, streams, [{"stream": s.stream, "version": s.version} for s in shown]
        )
        raised = [_row(alarm) for one in shown for alarm in one.alarms]
        _put(connection, ALARMS, streams, raised)
        for projection in views.projections:
            rows = [row for one in shown for row in one.rows.get(projection.name, ())]
            _put(connection, projection.table, streams, rows)
    return True


def go_back(views: Views, *, without_rows: bool) -> None:
    """Begin again at the start of the log, with this process's form.

    Rows are deleted at once, or else stay as they are until each stream is shown anew.
    """
    with views.database.together() as connection:
        turned = sa.update(PLACE).values(position=0, form=views.form, turn=PLACE.c.turn + 1)
        connection.execute(turned)
        connection.execute(sa.delete(HEADS))
        if without_rows:
            for table in [ALARMS, *(p.table for p in views.projections)]:
                connection.execute(sa.delete(table))


def _turned(connection: sa.Connection, seen: Place, position: int) -> bool:
    unchanged = PLACE.c.turn == seen.turn
    moved = sa.update(PLACE).where(unchanged).values(position=position, turn=seen.turn + 1)
    return connection.execute(moved).rowcount == 1


def _put(
    connection: sa.Connection, table: sa.Table, streams: Sequence[str], rows: Sequence[Row]
) -> None:
    if streams:
        connection.execute(sa.delete(table).where(table.c.stream.in_(streams)))
    if rows:
        connection.execute(sa.insert(table), [dict(row) for row in rows])


def _row(alarm: Alarm) -> Row:
    return {column.name: getattr(alarm, column.name) for column in ALARMS.columns}
