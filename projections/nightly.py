"""The nightly proof: once a day somebody replays the log and writes down how many places differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError

from domain.calendar import LONDON
from projections.drift import differences
from projections.tables import TABLES, Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from projections.views import Views
    from store import Log

FROM_HOUR = 2
"""The proof of a day is not begun before this hour, Europe/London."""
_PROOFS = sa.Table(
    "proofs",
    TABLES,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("begun_at", Moment, nullable=False),
    sa.Column("differences", sa.Integer, nullable=True),
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """One day's proof of the read models."""

    day: str
    """The day in London, as YYYY-MM-DD."""
    begun_at: datetime
    differences: int | None
    """In how many places the tables differed from the log: it must be 0. None: not finished."""


def prove(
    log: Log, views: Views, now: datetime, between: Callable[[], None] = lambda: None
) -> int | None:
    """Do the day's proof, unless it is too early or somebody has begun it; return what it found.

    `between` is called now and then; what it raises breaks the proof off, for anybody to begin
    again. Raises `Unavailable` of the log or of the views.
    """
    local = now.astimezone(LONDON)
    if local.hour < FROM_HOUR or not _begin(views, local.date().isoformat(), now):
        return None
    this = _PROOFS.c.day == local.date().isoformat()
    try:
        found = len(differences(log, views, between))
    except BaseException:
        views.database.run(sa.delete(_PROOFS).where(this))
        raise
    views.database.run(sa.update(_PROOFS).where(this).values(differences=found))
    tell = _log.error if found else _log.info
    tell("read_models_proved", differences=found)
    return found


def last_proof(views: Views) -> Proof | None:
    """Return the newest proof; None if there was none since the tables were made."""
    chosen = sa.select(_PROOFS).order_by(_PROOFS.c.day.desc()).limit(1)
    return next((Proof(**row) for row in views.select(chosen)), None)


def _begin(views: Views, day: str, now: datetime) -> bool:
    try:
        views.database.run(sa.insert(_PROOFS).values(day=day, begun_at=now))
    except IntegrityError:
        return False
    return True
