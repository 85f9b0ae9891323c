"""Every case there is, as one thing: it is taken out whole, since no case can be left out."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.staff import ConflictDecided, ConflictDeclared


@dataclass(frozen=True, slots=True)
class Everything:
    """The whole record, every case with every entry as it stands."""

    barred: frozenset[str]
    """Everybody who has a conflict of interest in a case."""


SAYS_WHO = (ConflictDeclared.name(), ConflictDecided.name())
"""The events by which somebody has a conflict of interest, or has none."""
