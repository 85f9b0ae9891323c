"""Counting: how many of each population, part and month; and a table of it for a period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.families.timeliness import IN_ORDER
from reports.months import month_of
from reports.parts import NOTHING, WAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.definition import Definition, Population
    from reports.months import Months
    from reports.told import Told

Parts = frozenset[tuple[str, str]]
"""Parts that somebody is in, each with the way of breaking down that it is a part of."""
MANY = 10
"""Of how many times of waiting the middle one is told: of fewer it would be somebody's own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table that is asked for: of which number, broken down by what."""

    definition: Definition
    by: str

    @property
    def populations(self) -> tuple[Population, ...]:
        """Those that are counted in it."""
        of = self.definition
        return (of.counted,) if of.met is None else (of.counted, of.met)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: how many were counted, and of how many of them it holds; None where it is hidden,
    or where nothing is asked of them."""

    part: str
    counted: int | None
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A table as it was counted: nothing in it is hidden yet."""

    asked: Asked
    months: Months
    rows: tuple[Row, ...]
    total: Row
    middle: int | None = None
    """The middle of the days, where time is measured and of enough."""


class Overtaken(Exception):
    """Something was published meanwhile that this was not counted with: count it again."""


@dataclass
class Tally:
    """How many, by population, way of breaking down, part and month; and the days of each."""

    counts: dict[tuple[str, str, str], dict[int, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    counted: set[tuple[str, str]] = field(default_factory=set)
    """Which populations were counted, broken down by what."""
    together: dict[str, set[Parts]] = field(default_factory=lambda: defaultdict(set))
    """By population, which parts somebody was in at once, one of each way that it was counted."""
    days: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, told: Told, whom: Iterable[Population], ways: Iterable[str]) -> None:
        """Count what one stream has of these populations, each broken down in these ways."""
        broken_down = [by for by in ways if by != NOTHING]
        for population in whom:
            for one in population.members(told):
                month = month_of(one.at)
                parts = frozenset((by, WAYS[by](told, one)) for by in broken_down)
                self.put(population.name, parts, month)
                if one.days is not None:
                    self.days[population.name].append((month, one.days))

    def put(self, population: str, parts: Parts, month: int, number: int = 1) -> None:
        """Count so many who are in all of these parts at once, one of each way."""
        for by, part in (*parts, (NOTHING, "")):
            self.counts[population, by, part][month] += number
        self.together[population].add(parts)

    def require(self, several: Iterable[Asked]) -> None:
        """Raise `Overtaken` unless everybody in these tables was counted."""
        whom, ways = wanted(several)
        if not {(population.name, by) for population in whom for by in ways} <= self.counted:
            raise Overtaken

    def of(self, population: str, by: str, part: str, months: Months) -> int:
        """Return how many there were in these months."""
        found = self.counts.get((population, by, part), {})
        return sum(n for month, n in found.items() if months.begin <= month < months.end)

    def parts(self, population: str, by: str) -> list[str]:
        """Return every part that anything was ever counted in, in the order of a table."""
        found = {part for name, way, part in self.counts if (name, way) == (population, by)}
        return [] if found == {""} else sorted(found, key=lambda part: (_place(part), part))

    def table(self, asked: Asked, months: Months) -> Counted:
        """Return the table of these months, its parts those that anything was ever counted in."""
        names = [population.name for population in asked.populations]
        parts = [] if asked.by == NOTHING else self.parts(names[0], asked.by)
        rows = tuple(self._row(names, asked.by, part, months) for part in parts)
        total = self._row(names, NOTHING, "", months)
        return Counted(asked, months, rows, total, self._middle(names[0], months))

    def _row(self, names: list[str], by: str, part: str, months: Months) -> Row:
        return Row(part, *(self.of(name, by, part, months) for name in names))

    def _middle(self, population: str, months: Months) -> int | None:
        found = sorted(d for m, d in self.days[population] if months.begin <= m < months.end)
        return found[(len(found) - 1) // 2] if len(found) >= MANY else None


def wanted(several: Iterable[Asked]) -> tuple[list[Population], list[str]]:
    """Return whom these tables count, and every way in which any of them is broken down.

    All are counted in all of the ways: what one table hides may come out by the ways of another.
    """
    asked = [*several]
    whom = dict.fromkeys(population for one in asked for population in one.populations)
    return [*whom], [*dict.fromkeys((NOTHING, *(one.by for one in asked)))]


def count(told: Iterable[Told], asked: Iterable[Asked]) -> Tally:
    """Return how many there are of everybody in these tables, in each month, in one reading."""
    whom, ways = wanted(asked)
    tally = Tally(counted={(population.name, by) for population in whom for by in ways})
    for stream in told:
        tally.add(stream, whom, ways)
    return tally


def _place(part: str) -> int:
    return IN_ORDER.index(part) if part in IN_ORDER else -1
