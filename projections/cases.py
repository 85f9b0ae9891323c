"""The case list: one row a case, with where it stands and who works on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.command import StreamKind
from domain.stage import NO_CASE, stage_of
from domain.waits import Binds
from domain.words import InterventionState
from projections import sight
from projections.projection import Projection, Row, Stream
from projections.tables import TABLES, Moment, code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from domain.practitioner import Practitioner
    from projections.views import Views

CLOCK = "service:clock"
_CASES = sa.Table(
    "cases",
    TABLES,
    code("stream", key=True),
    *sight.columns(),
    code("stage"),
    sa.Column("opened_at", Moment, nullable=True),
    code("opened_by", optional=True),
    sa.Column("referred_at", Moment, nullable=True),
    code("referrer", optional=True),
    sa.Column("last_activity", Moment, nullable=True),
    sa.Column("pairs_open", sa.Integer, nullable=False),
    sa.Column("pairs_ended", sa.Integer, nullable=False),
    sa.Column("pairs_again", sa.Integer, nullable=False),
    sa.Column("interventions", sa.JSON, nullable=False),
    sa.Column("at_their_pace", sa.Boolean, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One case in the list. Practitioners are given by reference; times are UTC."""

    case: str
    version: int
    stage: str
    """A code of `domain.stage.STAGES`."""
    opened_at: datetime | None
    opened_by: str | None
    referred_at: datetime | None
    referrer: str | None
    last_activity: datetime | None
    """When the latest thing took effect that somebody did; what falls due is not one."""
    pairs_open: int
    pairs_ended: int
    pairs_again: int
    """Pairs that were taken up again, once or more."""
    interventions: Mapping[str, int]
    """How many of each type, planned, held or stopped; cancelled ones are left out."""
    organisation: str
    area: str
    case_worker: str | None
    lead: str | None
    co: str | None
    supervisor: str | None
    conflicted: tuple[str, ...]
    at_their_pace: bool
    """Whether something waits at a person's own pace or wish."""
    demo: bool
    """Made up to show the service."""


def cases(
    views: Views,
    reader: Practitioner,
    *,
    stage: str | None = None,
    organisation: str | None = None,
    area: str | None = None,
    worked_on_by: str | None = None,
    at_their_pace: bool | None = None,
    demo: bool | None = None,
) -> list[ListedCase]:
    """Return the cases that this reader may see, what was done last in front. Calls that left no
    case are no cases: they are listed only if their stage is asked for.

    `worked_on_by` is a practitioner who is its worker, lead, co-facilitator or supervisor.
    """
    wanted = {
        "stage": stage,
        "organisation": organisation,
        "area": area,
        "at_their_pace": at_their_pace,
        "demo": demo,
    }
    chosen = sa.select(_CASES).where(
        *(_CASES.c[n] == v for n, v in wanted.items() if v is not None)
    )
    if stage is None:
        chosen = chosen.where(_CASES.c.stage != NO_CASE)
    if worked_on_by is not None:
        staff = (_CASES.c.case_worker, _CASES.c.lead, _CASES.c.co, _CASES.c.supervisor)
        chosen = chosen.where(sa.or_(*(column == worked_on_by for column in staff)))
    ordered = chosen.order_by(_CASES.c.last_activity.desc(), _CASES.c.stream)
    return [_listed(row) for row in views.select(ordered) if sight.seen_by(reader, row)]


def sights(views: Views, streams: set[str]) -> dict[str, Mapping[str, Any]]:
    """Return by reference, of these cases, what the gate asks for and whether they are made up."""
    chosen = sa.select(_CASES).where(_CASES.c.stream.in_(sorted(streams)))
    return {row["stream"]: row for row in views.select(chosen)}


def _listed(row: Mapping[str, Any]) -> ListedCase:
    given = {**row, "conflicted": tuple(row["conflicted"])}
    return ListedCase(case=given.pop("stream"), **given)


def _rows(stream: Stream) -> Iterator[Row]:
    case = stream.case
    pairs = case.threads.values()
    done = [e.effective_at for e in stream.entries if e.recorded.actor.id != CLOCK]
    kept = [i for i in case.interventions.values() if i.state is not InterventionState.CANCELLED]
    yield {
        "stream": stream.id,
        **sight.values(case),
        "stage": stage_of(case),
        "opened_at": case.opened_at,
        "opened_by": case.opened_by,
        "referred_at": case.referred_at,
        "referrer": case.referrer,
        "last_activity": max(done, default=None),
        "pairs_open": sum(pair.open for pair in pairs),
        "pairs_ended": sum(not pair.open for pair in pairs),
        "pairs_again": sum(len(pair.episodes) > 1 for pair in pairs),
        "interventions": dict(sorted(Counter(str(i.type) for i in kept).items())),
        "at_their_pace": any(wait.binds is Binds.PERSON for wait in stream.waits),
        "demo": stream.is_demo,
    }


CASES = Projection(_CASES, StreamKind.CASE, _rows)
