"""The data-protection register: one row a request or breach, and what each waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.answering import ANSWERING, ERASE_WORDS, FOLLOW_ORDER, answer_due, waits_of
from domain.case import Case
from domain.command import StreamKind
from domain.permissions import View, may
from domain.waits import Binds
from projections import sight
from projections.projection import Projection, Row, Stream
from projections.tables import TABLES, Moment, code, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.dossier import Dossier
    from domain.practitioner import Practitioner
    from projections.views import Views

_FOLLOWED = frozenset({FOLLOW_ORDER, ERASE_WORDS})
"""What a dossier waits for the service itself to do, in other streams or in the vault."""
_SENTENCES = {row.name: row.sentence for row in ANSWERING}
_DOSSIERS = sa.Table(
    "dossiers",
    TABLES,
    code("stream", key=True),
    code("kind"),
    code("what"),
    code("decision", optional=True),
    sa.Column("received", Moment, nullable=False),
    sa.Column("due", Moment, nullable=True),
    sa.Column("closed", Moment, nullable=True),
    sa.Column("erased", Moment, nullable=True),
    sa.Column("subjects", sa.JSON, nullable=False),
    sa.Column("waiting", sa.Boolean, nullable=False),
    sa.Column("waits", sa.JSON, nullable=False),
    sa.Column("missed", sa.JSON, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


_WAITING = sa.select(_DOSSIERS).where(_DOSSIERS.c.waiting)


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the register, for whoever keeps it. Times are UTC."""

    dossier: str
    kind: str
    what: str
    """Which right, which kind of breach, or who asks for notes."""
    decision: str | None
    received: datetime
    due: datetime | None
    """When the answer, or the notice to the Information Commissioner, is due; of what is closed,
    when it is looked at whether its words are still needed."""
    closed: datetime | None
    erased: datetime | None
    """When its words were."""
    subjects: tuple[str, ...]
    """The cases in which those appear whom it is about."""
    demo: bool

    @property
    def names_nobody(self) -> bool:
        """Whether it has words, and it is not on record whom they are about."""
        return not self.subjects and self.erased is None


def dossiers(views: Views, *, closed: bool = False) -> list[Listed]:
    """Return the register, what is due first in front; what is closed only if asked for.

    Whoever calls it has asked the gate for `View.DOSSIER`.
    """
    chosen = sa.select(_DOSSIERS)
    if not closed:
        chosen = chosen.where(_DOSSIERS.c.closed.is_(None))
    rows = map(_listed, views.select(chosen))
    return sorted(rows, key=lambda one: (one.closed is not None, one.due or one.received))


def of_dossiers(views: Views, reader: Practitioner) -> list[Mapping[str, Any]]:
    """Return what the register waits for, as rows for `waiting(..., also=...)`, for whoever
    keeps it; nothing for everybody else."""
    if not may(reader, View.DOSSIER):
        return []
    return [
        _task(row, reader, name, since, due)
        for row in views.select(_WAITING)
        for name, since, due in row["waits"]
    ]


def orders_left(views: Views, before: datetime) -> list[str]:
    """Return the dossiers that wait, since before this moment, for something to be done in a
    person's cases, or for their words to be erased."""
    return [
        str(row["stream"])
        for row in views.select(_WAITING)
        for name, since, _ in row["waits"]
        if name in _FOLLOWED and datetime.fromisoformat(since) < before
    ]


def _task(
    row: Mapping[str, Any], reader: Practitioner, name: str, since: str, due: str
) -> Mapping[str, Any]:
    # The gate looks at cases: the register is the work of whoever keeps it.
    theirs = Case(
        id=row["stream"],
        version=1,
        organisation=reader.organisation,
        area=reader.area,
        case_worker=reader.id,
    )
    return {
        "stream": row["stream"],
        **sight.values(theirs),
        "name": name,
        "sentence": _SENTENCES[name],
        "subject": row["stream"],
        "about": row["what"],
        "binds": Binds.STAFF.value,
        "whom": reader.id,
        "since": datetime.fromisoformat(since),
        "due": datetime.fromisoformat(due),
        "missed": [name, due] in row["missed"],
        "demo": row["demo"],
    }


def _listed(row: Mapping[str, Any]) -> Listed:
    return Listed(
        dossier=row["stream"],
        kind=row["kind"],
        what=row["what"],
        decision=row["decision"],
        received=row["received"],
        due=row["due"],
        closed=row["closed"],
        erased=row["erased"],
        subjects=tuple(row["subjects"]),
        demo=row["demo"],
    )


def _rows(stream: Stream) -> Iterator[Row]:
    dossier = stream.dossier
    waiting = waits_of(dossier, stream.limits)
    yield {
        "stream": stream.id,
        "kind": str(dossier.kind),
        "what": _what(dossier),
        "decision": _decision(dossier),
        "received": dossier.opened_at,
        "due": _due(dossier, waiting),
        "closed": dossier.closed_at,
        "erased": dossier.erased.at if dossier.erased else None,
        "subjects": sorted({one.case for one in dossier.subjects}),
        "waiting": bool(waiting),
        "waits": [[w.name, written(w.since), written(w.due)] for w in waiting if w.due],
        "missed": [[w.name, written(w.due)] for w in waiting if w.due and w.key in dossier.missed],
        "demo": stream.is_demo,
    }


def _what(dossier: Dossier) -> str:
    part = dossier.request or dossier.breach or dossier.notes
    return str(getattr(part, "right", None) or getattr(part, "kind", None) or part.by)  # type: ignore[union-attr]


def _decision(dossier: Dossier) -> str | None:
    if dossier.breach:
        return dossier.breach.risk
    part = dossier.request or dossier.notes
    return part.decision if part else None


def _due(dossier: Dossier, waiting: Any) -> datetime | None:
    if dossier.request and dossier.open:
        return answer_due(dossier)
    return min((wait.due for wait in waiting if wait.due), default=None)


DOSSIERS = Projection(_DOSSIERS, StreamKind.DOSSIER, _rows)
"""The read model of the register: codes and references only."""
