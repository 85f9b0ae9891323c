"""A case's history step by step: each entry, and which coded facts it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.state import changes, facts
from domain.fold import fold
from domain.ids import CASE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.record import Entry


@dataclass(frozen=True, slots=True)
class Step:
    """One entry, and what it changed: what, from, to."""

    entry: Entry
    changes: list[tuple[str, Any, Any]]


def steps(entries: Sequence[Entry]) -> Iterator[Step]:
    """Yield each entry in the order of recording, with what was known to change by it.

    What was recorded late changes the state in its place in time, so each state is folded anew. Of
    a person's stream each entry says itself what it changed.
    """
    before: dict[str, Any] = {}
    if entries and not entries[0].stream.startswith(CASE_PREFIX):
        yield from (Step(entry, []) for entry in entries)
        return
    for number, entry in enumerate(entries, 1):
        after = facts(fold(entries[:number]))
        yield Step(entry, changes(before, after))
        before = after
