"""A case's history step by step: each entry, and which coded facts it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.state import changes
from domain.ids import CASE_PREFIX
from domain.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.case import Case
    from domain.record import Entry


@dataclass(frozen=True, slots=True)
class Step:
    """One entry, and what it changed: what, from, to."""

    entry: Entry
    changes: list[tuple[str, Any, Any]]


def steps(entries: Sequence[Entry]) -> Iterator[Step]:
    """Yield each entry in the order of recording, with what was known to change by it.

    What was recorded late changes the state in its place in time. Of a person's stream each entry
    says itself what it changed.
    """
    if entries and not entries[0].stream.startswith(CASE_PREFIX):
        yield from (Step(entry, []) for entry in entries)
        return
    walk = Walk()
    before: Case | None = None
    for entry in entries:
        after = walk.take(entry)
        yield Step(entry, changes(before, after))
        before = after
