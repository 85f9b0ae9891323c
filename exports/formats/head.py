"""What an export says of itself, and how it writes moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from exports.course import Value


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says of itself."""

    source: str
    """The name of the log, as the export has it: a pseudonym like any other."""
    purpose: str
    folder: Path
    """Where it is written, and where a format may keep what it cannot write yet."""


def moment(at: datetime) -> str:
    """Return a moment as all these formats have it: RFC 3339, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def shown(value: Value) -> str:
    """Return a fact as text, where a format has no types of its own."""
    if isinstance(value, bool):
        return str(value).lower()
    return moment(value) if isinstance(value, datetime) else str(value)
