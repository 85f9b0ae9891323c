"""What a number is: who or what is counted, out of whom, and what to beware of.

Populations are named, and a narrower one says within which it lies: so a rate is always a part of
its whole, and the same people published in two tables are known to be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from reports.told import Told


@dataclass(frozen=True, slots=True)
class Member:
    """One that is counted."""

    who: str
    """What tells it from any other in its stream: V1, V1-O1, I1, an entry's number."""
    at: datetime
    """By which it belongs to a month."""
    kind: str = ""
    """Which of the parts of its own table it belongs to, as a code."""
    party: str | None = None
    """Which person of the case it is about, if it is about one."""
    days: int | None = None
    """Working days, where time is measured."""
    cause: str = ""
    """Why, as a code, where a cause is recorded."""


Members = Callable[["Told"], Iterable[Member]]


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody or everything that one sentence holds of."""

    name: str
    """A code with its version, such as `contacted_1`: another sentence is another name."""
    sentence: str
    members: Members
    within: Population | None = None
    """Of which population each of these is one, too."""
    either: tuple[Population, ...] = ()
    """The two populations that it is put together of: each of these is in one of them, or both."""
    parted_anew: bool = False
    """Whether its own parts are other ones than those of the population that it lies within."""

    @property
    def idea(self) -> str:
        """What its versions have in common: the name without the version."""
        return self.name.rpartition("_")[0]

    @property
    def around(self) -> tuple[Population, ...]:
        """Every population that it lies within, the nearest first."""
        return () if self.within is None else (self.within, *self.within.around)

    def lies_within(self, other: Population) -> bool:
        """Say whether each of these is one of the others."""
        return other.name in {p.name for p in self.around} or self.name in {
            p.name for p in other.either
        }


@dataclass(frozen=True, slots=True)
class Definition:
    """One number, in one version. What it meant once, it means for ever: a change is a new one."""

    id: str
    version: int
    family: str
    title: str
    counted: Population
    met: Population | None = None
    """Of those counted, whom the rate is about; None for what is only counted."""
    cohort: str = ""
    """By which date something belongs to a period."""
    beware: str = ""
    """What it does not say."""
    reads: str = ""
    """What of the vault it reads, if anything: only counts leave it."""
    by: str = "kind"
    """By what it is broken down unless something else is asked for."""

    @property
    def name(self) -> str:
        """Return how it is asked for, such as `contact@1`."""
        return f"{self.id}@{self.version}"


def narrower(
    of: Population, name: str, sentence: str, holds: Callable[[Told, Member], bool]
) -> Population:
    """Return those of a population for whom this holds."""

    def members(told: Told) -> Iterable[Member]:
        return (one for one in of.members(told) if holds(told, one))

    return Population(name, sentence, members, of)
