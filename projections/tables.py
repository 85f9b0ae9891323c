"""What all read models share in their tables: one set of them, and how a moment is written."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

TABLES = sa.MetaData()
"""Every table of the database of read models."""
CODE = 60
"""No code, id or reference is longer."""


class Moment(sa.TypeDecorator[datetime]):
    """A time with its offset, written as UTC text that sorts in order of time."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Return the text to write."""
        return None if value is None else written(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time that was written."""
        return None if value is None else datetime.fromisoformat(value)


def written(moment: datetime) -> str:
    """Return the text for a moment: always UTC, always of the same length."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def code(name: str, *, optional: bool = False, key: bool = False) -> sa.Column[str]:
    """Return a column for a code, an id or a reference."""
    return sa.Column(name, sa.String(CODE), nullable=optional, primary_key=key)


def shape() -> str:
    """Return a digest of the tables' columns: other columns, another digest."""
    made = "".join(str(CreateTable(table)) for table in TABLES.sorted_tables)
    return hashlib.sha256(made.encode()).hexdigest()
