"""A table as it is given out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from reports.counting import Asked, Row
    from reports.months import Months


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it may be given out: what is None in it is hidden."""

    asked: Asked
    months: Months
    rows: tuple[Row, ...]
    total: Row
    middle: int | None
    published_at: datetime | None = None
    """When it was published; None for working figures, which are not to be passed on."""
    demo: bool = False
    """Whether it counts what was made up to show the service."""
