"""Whether published tables give away, added to and subtracted from each other, what is too few.

Every cell is a sum of unknown pieces: how many of a population, in a part, in a stretch of months.
What an outsider can reckon from published cells is exactly what is a linear combination of them;
what must not be reckoned is any stretch, part, remainder of a rate, or difference of two
definitions that tells of fewer than five.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from reports.hiding import FEWEST, TOTAL
from reports.months import Months
from reports.parts import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.archive import Published
    from reports.counting import Asked, Tally
    from reports.definition import Population
    from reports.hiding import Hidden

    _Way = tuple[Population, str]

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
        return not self.left_of(wanted)

    def with_more(self, told: Iterable[Sum]) -> Known:
        """Return what is known once these are, too."""
        more = Known(dict(self.rows))
        for one in told:
            more.add(one)
        return more

    def left_of(self, wanted: Sum) -> Sum:
        """Return what is left of it once all that is known is taken out; nothing if it is known."""
        left = {piece: n % _FIELD for piece, n in wanted.items() if n % _FIELD}
        done: Sum = {}
        while left:
            first = min(left)
            if first not in self.rows:
                done[first] = left.pop(first)
                continue
            times = left[first]
            for piece, n in self.rows[first].items():
                rest = (left.get(piece, 0) - times * n) % _FIELD
                if rest:
                    left[piece] = rest
                else:
                    left.pop(piece, None)
        return done


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
        self._numbers: dict[tuple[str, str, str, int], int] = {}
        self._new, self._months = new, months
        self._known = Known()
        for told in (*self._sums_to_totals(), *self._out_already(published)):
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

    def _sums_to_totals(self) -> Iterator[Sum]:
        for name, by in {(p.name, a.by) for a in self.asked for p in a.populations}:
            for begin, end in zip(self._edges, self._edges[1:], strict=False):
                months = Months(begin, end)
                whole = self._cell(name, by, None, months)
                for part in self._parts(name, by):
                    whole = _less(whole, self._cell(name, by, part, months))
                if self._parts(name, by):
                    yield whole

    def _too_few(self) -> Iterator[Sum]:
        ways = dict.fromkeys((p, asked.by) for asked in self.asked for p in asked.populations)
        for begin, end in combinations(self._edges, 2):
            months = Months(begin, end)
            for population, by in ways:
                for part in (None, *self._parts(population.name, by)):
                    if self._number(population.name, by, part, months) < FEWEST:
                        yield self._cell(population.name, by, part, months)
            for one, other in permutations(ways, 2):
                yield from self._few_between(one, other, months)

    def _few_between(self, one: _Way, other: _Way, months: Months) -> Iterator[Sum]:
        """Yield by how many a population is larger than one within it, or than another version of
        it, where that is too few."""
        (whole, by), (part_of, its) = one, other
        within = whole.name in {p.name for p in part_of.around}
        versions = whole.idea == part_of.idea and whole.name < part_of.name
        if not within and not versions:
            return
        for part in (None, *(self._parts(whole.name, by) if by == its else ())):
            less = self._number(part_of.name, by, part, months)
            difference = self._number(whole.name, by, part, months) - less
            if difference < FEWEST if within else 0 < abs(difference) < FEWEST:
                yield _less(
                    self._cell(whole.name, by, part, months),
                    self._cell(part_of.name, by, part, months),
                )

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
        way, line = (NOTHING, "") if part is None else (by, part)
        within = (edge for edge in self._edges if months.begin <= edge < months.end)
        pieces = ((name, way, line, edge) for edge in within)
        return {self._numbers.setdefault(one, len(self._numbers)): 1 for one in pieces}


def _less(one: Sum, other: Sum, times: int = 1) -> Sum:
    left = dict(one)
    for piece, n in other.items():
        left[piece] = left.get(piece, 0) - times * n
    return {piece: n for piece, n in left.items() if n}
