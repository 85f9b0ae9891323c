"""Whom something can be owed to, and in which pairs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.case import Case, Episode, Party, Thread

Found = Iterator[tuple[str, datetime, datetime | None]]
"""Subject, since when, and when it falls due (None: no date is set)."""


def referred_anew(case: Case) -> bool:
    """Say whether the matter was referred after all its pairs had ended, as after a resolution on
    the spot, and nobody accepted that yet."""
    referred = case.referred_at
    endings = [thread.current.ended for thread in case.threads.values()]
    if referred is None or case.accepted_at is not None or not endings:
        return False
    return all(ended is not None and ended.at < referred for ended in endings)


def any_open(case: Case) -> bool:
    """Say whether a pair is under way."""
    return any(t.open for t in case.threads.values())


def under_way(case: Case) -> Iterator[tuple[Thread, Episode]]:
    """Yield the pairs that are under way, with their present episodes."""
    return ((t, t.current) for t in case.threads.values() if t.open)


def has_a_pair(case: Case, party: Party) -> bool:
    """Say whether a pair of this person is under way."""
    return bool(case.open_threads_of(party.id))
