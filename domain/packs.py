"""Print packs: paper taken to where no device may go, each numbered, and due back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import Nonsense

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.words import PackEnd


@dataclass(frozen=True)
class Pack:
    """One print pack: what staff need of one person, on paper."""

    id: str
    party: str
    holder: str
    """The practitioner who carries it."""
    printed_at: datetime
    back_by: datetime
    became: PackEnd | None = None


def pack(case: Case, name: str) -> Pack:
    """Return this print pack. Raises `Nonsense` if there is none."""
    if name not in case.packs:
        raise Nonsense(f"there is no print pack {name} in this case")
    return case.packs[name]
