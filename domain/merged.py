"""That a case turned out to be the same matter as another, and what each knows of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from domain.case import Case


@dataclass(frozen=True, slots=True)
class Merged:
    """Where a case goes on, and by what names its people are known there."""

    into: str
    by: str
    people: Mapping[str, str]
    """From their name here to their name there, as far as they are there already."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken over from another case."""

    by: str
    version: int
    """Of the other case, when it was last looked at."""
    people: Mapping[str, str]
    """From their name there to their name here."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the other case still has to record of what was recorded here."""

    case: str
    since: datetime
    version: int
    """Of this case: what the other must have looked at."""


def merged_with(case: Case, party: str) -> Iterator[tuple[str, str]]:
    """Yield who somebody is in the case in which this one goes on, and in those that do so here:
    the case, and their name there."""
    if case.merged is not None and party in case.merged.people:
        yield case.merged.into, case.merged.people[party]
    for other, received in case.received.items():
        for there, here in received.people.items():
            if here == party:
                yield other, there
