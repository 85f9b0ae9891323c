"""The work queue: one row for each thing that a case waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.answering import REVIEW
from domain.calendar import end_of, local_day
from domain.command import StreamKind
from domain.permissions import may
from domain.waits import TABLE, Binds
from domain.words import Act, Concern
from projections import sight
from projections.covering import Staff, seen_by
from projections.projection import Projection, Row, Stream
from projections.sight import AREA, TEAM
from projections.tables import TABLES, Moment, code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from domain.practitioner import Practitioner
    from domain.waits import Wait
    from projections.views import Views

ALLOCATION, TASK = "allocation", "task"
"""The wait for a facilitator, and for somebody to look at something."""
FOLLOWING = ("erasure", "other_case", "person_told")
"""The waits of a case for another stream, or for the vault."""
AT_ONCE = frozenset({Concern.SAFEGUARDING.value, Concern.DANGER.value})
"""What a task is about that nobody waits with until it is due."""
REVIEWS, AHEAD = frozenset({"retention_review", REVIEW}), timedelta(days=28)
"""What is told in the queue only so long before it falls due."""
_SENTENCES = {row.name: row.sentence for row in TABLE}
_WAITING = sa.Table(
    "waiting",
    TABLES,
    code("stream", key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    *sight.columns(),
    code("name"),
    code("subject"),
    code("about", optional=True),
    code("binds"),
    code("whom", optional=True),
    sa.Column("since", Moment, nullable=False),
    sa.Column("due", Moment, nullable=True),
    sa.Column("missed", sa.Boolean, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


class Standing(StrEnum):
    """How something that is waited for stands at a moment, in the order of a work queue."""

    OVERDUE = "OVERDUE"
    DUE = "DUE"
    """It falls due before the day is over (Europe/London)."""
    LATER = "LATER"
    UNDATED = "UNDATED"
    """Staff see to it; no date was set."""
    AT_THEIR_PACE = "AT_THEIR_PACE"
    """It waits for a person, who is never hurried."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that a case waits for. Practitioners are given by reference; times are UTC."""

    case: str
    name: str
    sentence: str
    """What it means to staff."""
    subject: str
    """A person, a pair, an intervention, an item, a task, the case itself."""
    about: str | None
    """For a task, what kind: BREACH, LATE_ENTRY, SAFEGUARDING …"""
    binds: Binds
    whom: str | None
    """Whose task it is; None: a supervisor's of that organisation and area."""
    in_place_of: str | None
    """For whom they cover, who is away; None: it is their own."""
    organisation: str
    area: str
    since: datetime
    due: datetime | None
    missed: bool
    """Whether the log says already that it was not done in time."""
    standing: Standing
    demo: bool
    """Made up to show the service."""


def waiting(
    views: Views,
    reader: Practitioner,
    at: datetime,
    who: str | None = None,
    also: Iterable[Mapping[str, Any]] = (),
) -> list[Waiting]:
    """Return what is waited for in the cases that this reader may see, as it stands at a moment.

    In front what is overdue, then what is due today, then what is due later; at the end what has
    no date and what waits at a person's own pace. `who` is a practitioner's reference, `TEAM`,
    `AREA`, or None for all. What is the task of somebody who is away is that of whoever covers for
    them; what is nobody's, or theirs who left or have a conflict of interest, is a supervisor's.
    `also` are rows from elsewhere (`projections.other_stores`).
    """
    found = [*views.select(sa.select(_WAITING)), *also]
    staff = Staff(views, at)
    reads = staff.standing_in(reader)
    seen = [row for row in found if seen_by(reads, row) and not _far_ahead(row, at)]
    asked = _asked(staff, reader, who)
    placed = map(staff.placed, seen)
    return sorted((_waiting(row, at) for row in placed if asked(row)), key=_in_order)


def owed(views: Views, by: datetime) -> list[Mapping[str, Any]]:
    """Return the rows of what staff owe by a moment, or missed, of what has no facilitator, and of
    safeguarding and danger."""
    waiting = _WAITING.c
    at_once = (waiting.name == TASK) & waiting.about.in_(sorted(AT_ONCE))
    told_now = (waiting.name == ALLOCATION) | at_once
    dated = (waiting.due <= by) | waiting.missed | told_now
    return views.select(sa.select(_WAITING).where((waiting.binds == Binds.STAFF.value) & dated))


def is_danger(row: Mapping[str, Any]) -> bool:
    """Say whether a row is a task about safeguarding or danger."""
    return row["name"] == TASK and row["about"] in AT_ONCE


def task_of(row: Mapping[str, Any]) -> str:
    """Return what a row means to staff."""
    return str(row.get("sentence") or _SENTENCES[row["name"]])


def followed_from(views: Views, before: datetime) -> list[str]:
    """Return the cases that wait, since before this moment, for another stream to record what
    follows from them."""
    chosen = sa.select(_WAITING.c.stream).where(
        _WAITING.c.name.in_(FOLLOWING), _WAITING.c.since < before
    )
    return sorted({str(row["stream"]) for row in views.select(chosen)})


class _Asked:
    """Whose work is asked for."""

    def __init__(self, reader: Practitioner, who: str | None, them: Practitioner | None) -> None:
        self._reader, self._who, self._them = reader, who, them

    def __call__(self, row: Mapping[str, Any]) -> bool:
        """Say whether this is theirs."""
        if self._who is None:
            return True
        if self._who in (TEAM, AREA):
            return sight.near(self._reader, row, area=self._who == AREA)
        if row["whom"] is not None:
            return bool(row["whom"] == self._who)
        return self._them is not None and may(self._them, Act.SUPERVISE, sight.light(row))


def _asked(staff: Staff, reader: Practitioner, who: str | None) -> _Asked:
    named = who is not None and who not in (TEAM, AREA)
    return _Asked(reader, who, staff.named(str(who)) if named else None)


def _far_ahead(row: Mapping[str, Any], at: datetime) -> bool:
    """Say whether this is a review that is years away: it would stand in every queue until then."""
    return row["name"] in REVIEWS and row["due"] is not None and row["due"] - at > AHEAD


def _waiting(row: Mapping[str, Any], at: datetime) -> Waiting:
    return Waiting(
        case=row["stream"],
        name=row["name"],
        sentence=task_of(row),
        subject=row["subject"],
        about=row["about"],
        binds=Binds(row["binds"]),
        whom=row["whom"],
        in_place_of=row["in_place_of"],
        organisation=row["organisation"],
        area=row["area"],
        since=row["since"],
        due=row["due"],
        missed=row["missed"],
        standing=_standing(row, at),
        demo=row["demo"],
    )


def _standing(row: Mapping[str, Any], at: datetime) -> Standing:
    if row["binds"] == Binds.PERSON:
        return Standing.AT_THEIR_PACE
    if row["due"] is None:
        return Standing.UNDATED
    if row["due"] <= at:
        return Standing.OVERDUE
    return Standing.DUE if row["due"] <= end_of(local_day(at)) else Standing.LATER


def _in_order(one: Waiting) -> tuple[int, datetime, str, str, str]:
    place = list(Standing).index(one.standing)
    return place, one.due or one.since, one.case, one.name, one.subject


def _rows(stream: Stream) -> Iterator[Row]:
    case = stream.case
    for number, wait in enumerate(stream.waits):
        yield {
            "stream": stream.id,
            "number": number,
            **sight.values(case),
            "name": wait.name,
            "subject": wait.subject,
            "about": _about(stream, wait),
            "binds": wait.binds.value,
            "whom": wait.whom,
            "since": wait.since,
            "due": wait.due,
            "missed": wait.key in case.missed,
            "demo": stream.is_demo,
        }


def _about(stream: Stream, wait: Wait) -> str | None:
    task = stream.case.tasks.get(wait.subject) if wait.name == "task" else None
    return str(task.concern or task.kind) if task else None


WAITING = Projection(_WAITING, StreamKind.CASE, _rows)
