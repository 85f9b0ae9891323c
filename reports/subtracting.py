"""Whether published tables give away, added to and subtracted from each other, what is too few.

Every cell is a sum of unknown pieces: how many of a population, in a stretch of months, who are in
these parts of every way in which it was broken down. Parts in which nobody ever was at once have no
piece: whoever knows which area an organisation is in knows that. What an outsider can reckon from
published cells is exactly what is a linear combination of them; what must not be reckoned is any
stretch, part, remainder of a rate, difference of two definitions, or how many are in both of two
populations, that tells of fewer than five.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from reports.counting import wanted
from reports.hiding import FEWEST, TOTAL
from reports.months import Months
from reports.parts import NOTHING, OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.archive import Published
    from reports.counting import Asked, Parts, Tally
    from reports.definition import Population
    from reports.hiding import Hidden

Sum = dict[int, int]
"""A linear combination of pieces, by the number of each."""
_FIELD = (1 << 61) - 1
"""A prime. What is no combination modulo it is none at all, and the numbers stay small."""


@dataclass
class Known:
    """All combinations of what is known, as rows of which none is a combination of the others."""

    rows: dict[int, Sum] = field(default_factory=dict)
    """By the lowest piece of each."""

    def add(self, told: Sum) -> None:
        """Take in one more thing that is known."""
        left = self.left_of(told)
        if left:
            first = min(left)
            inverse = pow(left[first], -1, _FIELD)
            self.rows[first] = {piece: n * inverse % _FIELD for piece, n in left.items()}

    def tells(self, wanted: Sum) -> bool:
        """Say whether this comes out of what is known."""
        return next(self._left(wanted), None) is None

    def with_more(self, told: Iterable[Sum]) -> Known:
        """Return what is known once these are, too."""
        more = Known(dict(self.rows))
        for one in told:
            more.add(one)
        return more

    def left_of(self, wanted: Sum) -> Sum:
        """Return what is left of it once all that is known is taken out; nothing if it is known."""
        return dict(self._left(wanted))

    def _left(self, wanted: Sum) -> Iterator[tuple[int, int]]:
        left = {piece: n % _FIELD for piece, n in wanted.items()}
        pieces = [*left]
        heapify(pieces)
        while pieces:
            first = heappop(pieces)
            times = left.pop(first)
            if not times:
                continue
            row = self.rows.get(first)
            if row is None:
                yield first, times
                continue
            for piece, n in row.items():
                if piece == first:
                    continue
                if piece not in left:
                    left[piece] = 0
                    heappush(pieces, piece)
                left[piece] = (left[piece] - times * n) % _FIELD


class Beside:
    """A new table beside those that were published: what would come out that is too few.

    `tally` counts everything that stands in any of them, month by month.
    """

    def __init__(
        self, new: Asked, months: Months, published: Sequence[Published], tally: Tally
    ) -> None:
        self.tally = tally
        self.asked = [new, *(one.asked for one in published)]
        edges = {months.begin, months.end}
        edges |= {edge for one in published for edge in (one.months.begin, one.months.end)}
        self._edges = sorted(edges)
        self._numbers: dict[tuple[str, Parts, int], int] = {}
        self._together = _together(tally, published)
        self._new, self._months = new, months
        self._known = Known()
        for told in self._out_already(published):
            self._known.add(told)
        self._unsafe = [one for one in self._too_few() if not self._known.tells(one)]

    def given_away(self, hidden: Hidden) -> Sum | None:
        """Return something that is too few and would come out; None if nothing would."""
        known = self._known.with_more(self._shown(hidden))
        together = self._hidden_together(hidden)
        return next((one for one in (*self._unsafe, *together) if known.tells(one)), None)

    def _shown(self, hidden: Hidden) -> Iterator[Sum]:
        parts = [*enumerate(row.part for row in hidden.table.rows), (TOTAL, None)]
        for place, part in parts:
            for population, away in zip(
                self._new.populations, (hidden.counted, hidden.met), strict=False
            ):
                if place not in away:
                    yield self._cell(population.name, self._new.by, part, self._months)

    def _out_already(self, published: Sequence[Published]) -> Iterator[Sum]:
        for one in published:
            names = [population.name for population in one.asked.populations]
            for row in (*one.rows, one.total):
                part = None if row is one.total else row.part
                for name, value in zip(names, (row.counted, row.met), strict=False):
                    if value is not None:
                        yield self._cell(name, one.asked.by, part, one.months)
            # What is no row of a table there was none of.
            listed = {row.part for row in one.rows}
            for name in names:
                for part in self._parts(name, one.asked.by):
                    if part not in listed:
                        yield self._cell(name, one.asked.by, part, one.months)

    def _too_few(self) -> Iterator[Sum]:
        whom, ways = wanted(self.asked)
        for begin, end in combinations(self._edges, 2):
            months = Months(begin, end)
            for population in whom:
                for by, part in self._lines(population.name, ways):
                    if self._number(population.name, by, part, months) < FEWEST:
                        yield self._cell(population.name, by, part, months)
            for whole, part_of in permutations(whom, 2):
                yield from self._few_between(whole, part_of, ways, months)
            yield from self._few_in_both(whom, months)

    def _lines(self, name: str, ways: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Yield the total, and every part of each way in which these can be broken down."""
        yield NOTHING, None
        yield from ((by, part) for by in ways for part in self._parts(name, by))

    def _few_between(
        self, whole: Population, part_of: Population, ways: Iterable[str], months: Months
    ) -> Iterator[Sum]:
        """Yield by how many a population is larger than one within it, or than another version of
        it, where that is too few."""
        versions = whole.idea == part_of.idea
        within = not versions and part_of.lies_within(whole)
        if not within and not (versions and whole.name < part_of.name):
            return
        same = [by for by in ways if not (by == OWN and part_of.parted_anew)]
        for by, part in self._lines(whole.name, same):
            less = self._number(part_of.name, by, part, months)
            difference = self._number(whole.name, by, part, months) - less
            if difference < FEWEST if within else 0 < abs(difference) < FEWEST:
                yield _less(
                    self._cell(whole.name, by, part, months),
                    self._cell(part_of.name, by, part, months),
                )

    def _few_in_both(self, whom: Sequence[Population], months: Months) -> Iterator[Sum]:
        """Yield who is in both of the two that a population is put together of, if some are."""
        counted = {one.name for one in whom}
        for whole in whom:
            names = [of.name for of in whole.either]
            if not names or not counted.issuperset(names):
                continue
            both = sum(self._number(name, NOTHING, None, months) for name in names)
            if 0 < both - self._number(whole.name, NOTHING, None, months) < FEWEST:
                cell = self._cell(whole.name, NOTHING, None, months)
                for name in names:
                    cell = _less(cell, self._cell(name, NOTHING, None, months))
                yield cell

    def _hidden_together(self, hidden: Hidden) -> Iterator[Sum]:
        """Yield what is hidden of a column together, for each stretch in which it is too few."""
        columns = zip(self._new.populations, (hidden.counted, hidden.met), strict=False)
        for population, away in columns:
            parts = [hidden.table.rows[n].part for n in sorted(away) if n != TOTAL]
            for begin, end in combinations(self._edges, 2) if len(parts) > 1 else ():
                months = Months(begin, end)
                of = [(population.name, self._new.by, part, months) for part in parts]
                if sum(self._number(*one) for one in of) < FEWEST:
                    whole: Sum = {}
                    for one in of:
                        whole = _less(whole, self._cell(*one), -1)
                    if not self._known.tells(whole):
                        yield whole

    def _parts(self, name: str, by: str) -> list[str]:
        return [] if by == NOTHING else self.tally.parts(name, by)

    def _number(self, name: str, by: str, part: str | None, months: Months) -> int:
        if part is None:
            return self.tally.of(name, NOTHING, "", months)
        return self.tally.of(name, by, part, months)

    def _cell(self, name: str, by: str, part: str | None, months: Months) -> Sum:
        """Return a cell as the sum of its pieces; a total is the same however it is broken down."""
        every = self._together[name]
        theirs = every if part is None else [one for one in every if (by, part) in one]
        within = [edge for edge in self._edges if months.begin <= edge < months.end]
        pieces = ((name, parts, edge) for parts in theirs for edge in within)
        return {self._numbers.setdefault(one, len(self._numbers)): 1 for one in pieces}


def _together(tally: Tally, published: Sequence[Published]) -> dict[str, list[Parts]]:
    """Return by population which parts somebody is in at once; what stood in a table, and in which
    nobody is any more, by itself."""
    found = {name: sorted(every, key=sorted) for name, every in tally.together.items()}
    for one in published:
        for population in one.asked.populations:
            every = found.setdefault(population.name, [])
            for row in one.rows:
                if not any((one.asked.by, row.part) in parts for parts in every):
                    every.append(frozenset({(one.asked.by, row.part)}))
    return defaultdict(list, found)


def _less(one: Sum, other: Sum, times: int = 1) -> Sum:
    left = dict(one)
    for piece, n in other.items():
        left[piece] = left.get(piece, 0) - times * n
    return {piece: n for piece, n in left.items() if n}
