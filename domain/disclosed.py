"""The disclosure ledger of a case: what went to whom, and who is to hear that it was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.changing import lean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.words import Passed, Right


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One line of the ledger."""

    entry: int
    party: str | None
    """Whom it is about; None where nobody in particular was named."""
    recipient: str
    """A code, or the name of a person of the case."""
    items: frozenset[Passed]
    basis: str
    at: datetime
    details: str | None
    """Which version of their details stood then, by its id in the vault."""
    text: str | None = None
    """Which text went, where it was one."""

    def holds(self, party: str, items: frozenset[Passed]) -> bool:
        """Say whether it passed on any of these about this person, or may have."""
        about = self.party in (party, None)
        return about and (not items or not self.items or not items.isdisjoint(self.items))


@dataclass(frozen=True, slots=True)
class ToTell:
    """A recipient who is to hear that what they were given was wrong, or is erased or not used."""

    id: str
    entry: int
    """Of the disclosure."""
    party: str | None
    """Whom it is about; None where it is the case's own data."""
    recipient: str
    why: Right
    """The right of the person that this follows from."""
    since: datetime


@lean
@dataclass(frozen=True)
class Ledger:
    """Everything that was passed on, and what follows from its being wrong."""

    lines: Mapping[int, Disclosed] = field(default_factory=dict)
    """By entry."""
    to_tell: Mapping[str, ToTell] = field(default_factory=dict)
    """Who was given something that is wrong, erased or not used now, and does not know yet."""
    rights_done: Mapping[int, frozenset[Right]] = field(default_factory=dict)
    """By entry: which rights of somebody it carries out."""
