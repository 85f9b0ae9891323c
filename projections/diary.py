"""The diary over all cases: what is booked when, who comes, in which room; and who is out now.

A practitioner or a room that is booked twice is told, and nothing is forbidden: a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.command import StreamKind
from domain.diary import fell_away
from domain.words import AppointmentFor
from projections import sight
from projections.practitioners import everybody
from projections.projection import Projection, Row, Stream
from projections.sight import AREA, TEAM
from projections.tables import TABLES, Moment, code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.practitioner import Practitioner
    from projections.views import Views

OUT = "OUT"
"""In the place of what it is for: somebody is out on a visit now."""
_DIARY = sa.Table(
    "diary",
    TABLES,
    code("stream", key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    *sight.columns(),
    code("appointment"),
    code("purpose"),
    code("about", optional=True),
    sa.Column("staff", sa.JSON, nullable=False),
    code("room", optional=True),
    sa.Column("interpreters", sa.JSON, nullable=False),
    code("channel", optional=True),
    sa.Column("starts", Moment, nullable=False),
    sa.Column("ends", Moment, nullable=True),
    code("outcome", optional=True),
    sa.Column("fell_away", sa.Boolean, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


@dataclass(frozen=True, slots=True)
class BookedToo:
    """Somebody, or a room, that is booked for something else at the same time."""

    what: str
    """A practitioner's reference, the code of a room, or an interpreter of the case."""
    case: str | None
    """Where; None if the reader may not see that case."""


@dataclass(frozen=True, slots=True)
class Booked:
    """One thing in the diary. Practitioners are given by reference; times are UTC."""

    case: str
    appointment: str
    """Its name in the case; of a planned meeting for which nobody is booked yet, the meeting's."""
    purpose: str
    about: str | None
    """The person, or the meeting."""
    staff: tuple[str, ...]
    room: str | None
    interpreters: tuple[str, ...]
    channel: str | None
    starts: datetime
    ends: datetime | None
    outcome: str | None
    fell_away: bool
    """Whether it is to be called off: what it was made for is off."""
    demo: bool
    booked_too: tuple[BookedToo, ...] = ()
    away: tuple[str, ...] = ()
    """Who of those who come is away at some moment of it."""


def diary(
    views: Views,
    reader: Practitioner,
    first: datetime,
    last: datetime,
    who: str | None = None,
) -> list[Booked]:
    """Return what is booked between two moments in the cases that this reader may see, the earliest
    first. `who` is a practitioner's reference, `TEAM`, `AREA`, or None for all."""
    rows = [*_between(views, first, last)]
    known = {one.id: one for one, _ in everybody(views)}
    return [
        replace(_booked(row, rows, reader), away=_away(row, known))
        for row in rows
        if sight.seen_by(reader, row) and _asked(row, reader, who)
    ]


def out_now(views: Views, reader: Practitioner, who: str | None = None) -> list[Booked]:
    """Return who is out on a visit in the cases that this reader may see, who is expected back
    first in front; `who` as for `diary`."""
    chosen = sa.select(_DIARY).where(_DIARY.c.purpose == OUT).order_by(_DIARY.c.ends)
    rows = [row for row in views.select(chosen) if sight.seen_by(reader, row)]
    return [_booked(row, (), reader) for row in rows if _asked(row, reader, who)]


def _asked(row: Mapping[str, Any], reader: Practitioner, who: str | None) -> bool:
    if who in (TEAM, AREA):
        return sight.near(reader, row, area=who == AREA)
    return who is None or who in row["staff"]


def _away(row: Mapping[str, Any], known: Mapping[str, Practitioner]) -> tuple[str, ...]:
    if not _takes(row):
        return ()
    ends = row["ends"] or row["starts"] + timedelta(microseconds=1)
    here = (known[who] for who in row["staff"] if who in known)
    return tuple(who.id for who in here if who.away_between(row["starts"], ends))


def _between(views: Views, first: datetime, last: datetime) -> Sequence[Mapping[str, Any]]:
    diary = _DIARY.c
    within = (diary.starts < last) & (sa.func.coalesce(diary.ends, diary.starts) >= first)
    ordered = (diary.starts, diary.stream, diary.number)
    return views.select(sa.select(_DIARY).where(within, diary.purpose != OUT).order_by(*ordered))


def _booked(
    row: Mapping[str, Any], others: Iterable[Mapping[str, Any]], reader: Practitioner
) -> Booked:
    return Booked(
        case=row["stream"],
        appointment=row["appointment"],
        purpose=row["purpose"],
        about=row["about"],
        staff=tuple(row["staff"]),
        room=row["room"],
        interpreters=tuple(row["interpreters"]),
        channel=row["channel"],
        starts=row["starts"],
        ends=row["ends"],
        outcome=row["outcome"],
        fell_away=row["fell_away"],
        demo=row["demo"],
        booked_too=tuple(_too(row, others, reader)),
    )


def _too(
    row: Mapping[str, Any], others: Iterable[Mapping[str, Any]], reader: Practitioner
) -> Iterator[BookedToo]:
    for other in others:
        itself = (other["stream"], other["number"]) == (row["stream"], row["number"])
        if itself or not _at_once(row, other):
            continue
        case = other["stream"] if sight.seen_by(reader, other) else None
        for what in sorted(_taken(row) & _taken(other)):
            yield BookedToo(what.removeprefix(f"{row['stream']} "), case)


def _at_once(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if not all(_takes(row) and row["ends"] for row in (one, other)):
        return False
    return bool(one["starts"] < other["ends"] and other["starts"] < one["ends"])


def _takes(row: Mapping[str, Any]) -> bool:
    return not (row["fell_away"] or row["outcome"])


def _taken(row: Mapping[str, Any]) -> set[str]:
    # An interpreter is known by their name in the case, and elsewhere not at all.
    interpreters = (f"{row['stream']} {one}" for one in row["interpreters"])
    return {*row["staff"], *filter(None, [row["room"]]), *interpreters}


def _rows(stream: Stream) -> Iterator[Row]:
    for number, row in enumerate((*_appointments(stream), *_meetings(stream), *_out(stream))):
        yield {
            "stream": stream.id,
            "number": number,
            **sight.values(stream.case),
            **_NOTHING,
            **row,
            "demo": stream.is_demo,
        }


_NOTHING: Row = {
    "room": None,
    "interpreters": [],
    "channel": None,
    "outcome": None,
    "fell_away": False,
}


def _appointments(stream: Stream) -> Iterator[Row]:
    case = stream.case
    for one in case.appointments.values():
        if one.called_off:
            continue
        yield {
            "appointment": one.id,
            "purpose": one.purpose.value,
            "about": one.party or one.intervention,
            "staff": list(one.staff),
            "room": one.room,
            "interpreters": list(one.interpreters),
            "channel": one.channel.value,
            "starts": one.starts,
            "ends": one.ends,
            "outcome": one.outcome.value if one.outcome else None,
            "fell_away": one.open and fell_away(case, one) is not None,
        }


def _meetings(stream: Stream) -> Iterator[Row]:
    """Yield the meetings with a date for which nobody is booked yet: that is those who facilitate
    the case, for as long as nobody said how long."""
    case = stream.case
    arranged = {
        (one.intervention, one.starts) for one in case.appointments.values() if not one.called_off
    }
    for one in case.interventions.values():
        if one.for_when is None or one.over or (one.id, one.for_when) in arranged:
            continue
        yield {
            "appointment": one.id,
            "purpose": AppointmentFor.JOINT_MEETING.value,
            "about": one.id,
            "staff": [*case.facilitators],
            "starts": one.for_when,
            "ends": None,
        }


def _out(stream: Stream) -> Iterator[Row]:
    for one in stream.case.out.values():
        yield {
            "appointment": one.appointment or one.practitioner,
            "purpose": OUT,
            "about": one.party,
            "staff": [one.practitioner],
            "starts": one.since,
            "ends": one.until,
        }


DIARY = Projection(_DIARY, StreamKind.CASE, _rows)
