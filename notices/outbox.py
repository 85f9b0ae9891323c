"""The outbox: every notice stands in it once, until it is known to be sent and from then on.

It lies in the database of read models and is not made again with them: what was sent is nowhere
else. If it is lost, what began before it was made anew is not told again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from notices.notice import Kind
from projections.tables import CODE, Moment
from vault.opening import open_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notices.notice import Notice
    from vault.database import Database

TABLES = sa.MetaData()
_TASK = 200
_NOTICES = sa.Table(
    "outbox",
    TABLES,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(CODE), nullable=False),
    sa.Column("to", sa.String(CODE), nullable=False),
    sa.Column("case", sa.String(CODE), nullable=False),
    sa.Column("task", sa.String(_TASK), nullable=False),
    sa.Column("due", Moment, nullable=True),
    sa.Column("put_at", Moment, nullable=False),
    sa.Column("state", sa.String(CODE), nullable=False),
    sa.Column("tried", sa.Integer, nullable=False),
    sa.Column("next_at", Moment, nullable=False, index=True),
    sa.Column("trouble", sa.String(CODE), nullable=True),
)
_BORN = sa.Table(
    "outbox_born",
    TABLES,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
)
NOT_TRIED = "not_tried"
BEFORE = timedelta(days=1)
"""Of what began so long before the outbox was made, nobody is told."""
_AT_ONCE = 400
"""Ids named in one statement."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)


class State(StrEnum):
    """How a notice stands."""

    WAITS = "WAITS"
    SENT = "SENT"
    PAST = "PAST"
    """It was so before there was an outbox: it is not sent."""
    WITHDRAWN = "WITHDRAWN"
    """It is so no longer, and was not sent: it is not sent unless it is so again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A notice as it stands in the outbox."""

    id: str
    kind: Kind
    to: str
    case: str
    task: str
    due: datetime | None
    put_at: datetime
    tried: int
    trouble: str | None
    """What was in the way the last time, as a code."""


class Outbox:
    """The outbox. Safe for several processes at once.

    Every method raises the vault's `Unavailable` if the database cannot be used.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = sqlite.insert if database.is_sqlite else postgresql.insert
        put = insert(_NOTICES)
        self._put = put.on_conflict_do_update(
            index_elements=["id"],
            set_={"state": State.WAITS.value, "next_at": put.excluded.next_at},
            where=_NOTICES.c.state == State.WITHDRAWN.value,
        )
        self._bear = insert(_BORN).on_conflict_do_nothing()

    def put(self, notices: Iterable[Notice], now: datetime) -> int:
        """Put in those that are not there, all or none; return how many more are to be sent.

        One that was withdrawn waits again; one that was sent is not sent again.
        """
        self._database.run(self._bear, {"one": 1, "at": now})
        (born,) = self._database.rows(sa.select(_BORN.c.at))
        rows = [_row(one, now, past=one.since < born.at - BEFORE) for one in notices]
        if not rows:
            return 0
        before = self.waiting()
        with self._database.together() as connection:
            connection.execute(self._put, rows)
        return self.waiting() - before

    def withdraw_all_but(self, notices: Iterable[Notice]) -> int:
        """Withdraw what waits and is none of these; return how many. What was sent stays sent."""
        chosen = sa.select(_NOTICES.c.id).where(_waits())
        waiting = {row.id for row in self._database.rows(chosen)}
        moot = sorted(waiting - {one.id for one in notices})
        parts = (moot[start : start + _AT_ONCE] for start in range(0, len(moot), _AT_ONCE))
        return sum(map(self._withdraw, parts))

    def still_waits(self, kept: Kept) -> bool:
        """Say whether it is still to be sent, or was withdrawn or sent since it was read."""
        chosen = sa.select(_NOTICES.c.id).where(_waits() & (_NOTICES.c.id == kept.id))
        return bool(self._database.rows(chosen))

    def to_send(self, now: datetime, limit: int) -> list[Kept]:
        """Return those that are to be sent or tried again by now, oldest first."""
        chosen = sa.select(_NOTICES).where(_waits() & (_NOTICES.c.next_at <= now))
        ordered = chosen.order_by(_NOTICES.c.put_at, _NOTICES.c.id).limit(limit)
        return [_kept(dict(row._mapping)) for row in self._database.rows(ordered)]

    def sent(self, kept: Kept) -> None:
        """Note that it is known to be sent."""
        self._change(kept, {"state": State.SENT.value, "trouble": None})

    def put_off(self, kept: Kept, now: datetime, trouble: str) -> None:
        """Note what was in the way; it is tried again, later each time, and at least once a day."""
        pause = min(_FIRST_PAUSE * 2 ** min(kept.tried, 10), _LONGEST_PAUSE)
        tried = kept.tried + 1
        self._change(kept, {"tried": tried, "next_at": now + pause, "trouble": trouble})

    def waiting(self) -> int:
        """Return how many are still to be sent."""
        chosen = sa.select(sa.func.count()).select_from(_NOTICES).where(_waits())
        (row,) = self._database.rows(chosen)
        return int(row[0])

    def in_the_way(self, before: datetime) -> dict[str, int]:
        """Return what keeps those put before a moment from being sent, as codes, and how many."""
        chosen = sa.select(_NOTICES.c.trouble, sa.func.count().label("many")).where(
            _waits() & (_NOTICES.c.put_at < before)
        )
        rows = self._database.rows(chosen.group_by(_NOTICES.c.trouble))
        return {str(row.trouble or NOT_TRIED): int(row.many) for row in rows}

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _withdraw(self, ids: Iterable[str]) -> int:
        meant = _waits() & _NOTICES.c.id.in_(ids)
        values = {"state": State.WITHDRAWN.value, "trouble": None}
        return self._database.run(sa.update(_NOTICES).where(meant).values(**values))

    def _change(self, kept: Kept, values: dict[str, Any]) -> None:
        self._database.run(sa.update(_NOTICES).where(_NOTICES.c.id == kept.id).values(**values))


def open_outbox(url: str) -> Outbox:
    """Return the outbox in this database (`sqlite:///path` or `postgresql://…`), made if missing.

    Raises the vault's `Unavailable`.
    """
    return Outbox(open_database(url, "the outbox", TABLES, create=True))


def _waits() -> sa.ColumnElement[bool]:
    return _NOTICES.c.state == State.WAITS.value


def _row(one: Notice, now: datetime, *, past: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "to": one.to,
        "case": one.case,
        "task": one.task,
        "due": one.due,
        "put_at": now,
        "state": (State.PAST if past else State.WAITS).value,
        "tried": 0,
        "next_at": now,
        "trouble": None,
    }


def _kept(row: Mapping[str, Any]) -> Kept:
    return Kept(
        id=row["id"],
        kind=Kind(row["kind"]),
        to=row["to"],
        case=row["case"],
        task=row["task"],
        due=row["due"],
        put_at=row["put_at"],
        tried=row["tried"],
        trouble=row["trouble"],
    )
