"""Replaying a stream: cut at a version or an hour, and compared with whatever was made of it.

Nothing is sent by it, and nothing decided again: entries are folded, as they always are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from domain.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.case import Case
    from domain.message import Present
    from domain.record import Entry

_COMPARED = ("version", "head", "stage", "open")


@dataclass(frozen=True, slots=True)
class Until:
    """How far a replay goes: a version, an hour by which it was known, one by which it was true."""

    version: int | None = None
    known_at: datetime | None = None
    true_at: datetime | None = None

    @property
    def is_all(self) -> bool:
        """Whether it goes to the end."""
        return self == Until()

    def cut(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries that are replayed."""
        return [
            entry
            for entry in entries
            if (self.version is None or entry.version <= self.version)
            and (self.known_at is None or entry.recorded_at <= self.known_at)
            and (self.true_at is None or entry.effective_at <= self.true_at)
        ]


def known_and_true(entries: Sequence[Entry]) -> Iterator[tuple[Case, Case] | None]:
    """Yield for each entry the case as it was known when that was recorded, with all that was
    recorded together with it, and as is now known to have been true then; None where nothing
    recorded since says anything of that time."""
    now, then = Walk(entries), Walk()
    together = [[*ones] for _, ones in groupby(entries, lambda entry: entry.envelope.command)]
    for ones, earliest in zip(together, _earliest_after(together), strict=True):
        for entry in ones:
            then.take(entry)
        for at in (entry.effective_at for entry in ones):
            yield (then.true_at(at), now.true_at(at)) if earliest and earliest <= at else None


def _earliest_after(together: Sequence[Sequence[Entry]]) -> list[datetime | None]:
    """Return for each append the earliest hour at which anything recorded after it took effect."""
    found: list[datetime | None] = []
    earliest: datetime | None = None
    for ones in reversed(together):
        found.append(earliest)
        first = min(entry.effective_at for entry in ones)
        earliest = min(earliest or first, first)
    return found[::-1]


def not_as_replayed(replayed: Present, found: Present | None) -> list[str]:
    """Return in what a live workflow differs from a replay; `found` is None if there is none.

    When something falls due counts only where something does.
    """
    if found is None:
        return ["no workflow is running, and it waits for something"] if replayed.open else []
    differing = [name for name in _COMPARED if getattr(replayed, name) != getattr(found, name)]
    if replayed.open and replayed.next_due != found.next_due:
        differing.append("next_due")
    return differing
