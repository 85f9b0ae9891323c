"""The refusals: commands that were not accepted, kept apart from the log and the access log.

A refused signal has no caller, so it stands here as a task until staff have seen to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from vault.opening import open_database

if TYPE_CHECKING:
    from vault.database import Database

TABLES = sa.MetaData()
_REFUSALS = sa.Table(
    "refusals",
    TABLES,
    sa.Column("stream", sa.String(40), primary_key=True),
    sa.Column("command", sa.String(100), primary_key=True),
    sa.Column("recorded_at", sa.String(40), nullable=False, index=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("actor", sa.String(80), nullable=False),
    sa.Column("codes", sa.JSON, nullable=False),
    sa.Column("by_signal", sa.Boolean, nullable=False),
    sa.Column("task", sa.String(10), nullable=True),
)


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """One command that was not accepted: ids and codes only, never what it said."""

    stream: str
    command: str
    recorded_at: datetime
    name: str
    actor: str
    codes: tuple[str, ...]
    """The rules that spoke against it; or `denied`, `nonsense`, `error`."""
    by_signal: bool
    task: Literal["open", "done"] | None = None
    """For a signal, whether staff have yet to see to it: the allocated facilitator, or else the
    supervisor."""


class Refusals:
    """The table of refusals. Every method raises the vault's `Unavailable` if it cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, refusal: NotAccepted) -> None:
        """Write one down. The same command of the same stream is written once."""
        row = {
            "stream": refusal.stream,
            "command": refusal.command,
            "recorded_at": refusal.recorded_at.astimezone(UTC).isoformat(),
            "name": refusal.name,
            "actor": refusal.actor,
            "codes": list(refusal.codes),
            "by_signal": refusal.by_signal,
            "task": "open" if refusal.by_signal else None,
        }
        try:
            self._database.run(sa.insert(_REFUSALS), row)
        except IntegrityError:
            # It stands there already: this turn was tried before, or somebody who waited for the
            # answer then has queued it now.
            if refusal.by_signal:
                here = (_REFUSALS.c.stream == refusal.stream) & (
                    _REFUSALS.c.command == refusal.command
                )
                told = sa.update(_REFUSALS).where(here & _REFUSALS.c.task.is_(None))
                self._database.run(told.values(by_signal=True, task="open"))

    def tasks(self) -> list[NotAccepted]:
        """Return the refused signals that staff have yet to see to, oldest first."""
        return self._read(_REFUSALS.c.task == "open")

    def of(self, stream: str) -> list[NotAccepted]:
        """Return what was not accepted on this stream, oldest first."""
        return self._read(_REFUSALS.c.stream == stream)

    def done(self, stream: str, command: str) -> bool:
        """Mark a refused signal as seen to; say whether it was open until now."""
        here = (_REFUSALS.c.stream == stream) & (_REFUSALS.c.command == command)
        statement = sa.update(_REFUSALS).where(here & (_REFUSALS.c.task == "open"))
        return self._database.run(statement.values(task="done")) == 1

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _read(self, which: sa.ColumnElement[bool]) -> list[NotAccepted]:
        statement = sa.select(_REFUSALS).where(which)
        ordered = statement.order_by(_REFUSALS.c.recorded_at, _REFUSALS.c.command)
        return [_refusal(row._mapping) for row in self._database.rows(ordered)]


def open_refusals(url: str, *, create: bool = True) -> Refusals:
    """Return the refusals in this database (`sqlite:///path` or `postgresql://…`).

    `create` makes the table if it is missing. Raises the vault's `Unavailable`.
    """
    return Refusals(open_database(url, "the database of refusals", TABLES, create=create))


def _refusal(row: sa.RowMapping) -> NotAccepted:
    values: dict[str, Any] = dict(row)
    values["recorded_at"] = datetime.fromisoformat(values["recorded_at"])
    values["codes"] = tuple(values["codes"])
    return NotAccepted(**values)
