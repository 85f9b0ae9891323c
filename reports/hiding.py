"""Small cells: fewer than five are hidden, and the next smallest with them (domain D10).

What is not shown must not come out by adding up the rest, either: whatever is hidden in a column
under a shown total is at least two cells and five people, on both sides of a rate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.counting import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.counting import Counted

FEWEST = 5
"""People or things that a cell tells of at least."""
TOTAL = -1
"""The place of the total among the rows."""


@dataclass
class Hidden:
    """Which cells of a table are hidden: the places of rows, and of the total (-1).

    Whoever's count is hidden has no rate either. Hiding only ever adds.
    """

    table: Counted
    counted: set[int] = field(default_factory=set)
    met: set[int] = field(default_factory=set)

    @property
    def is_rate(self) -> bool:
        """Whether the table says of how many something holds."""
        return self.table.asked.definition.met is not None

    def row(self, place: int) -> tuple[int, int]:
        """Return how many are counted there, and of how many of them it holds."""
        row = self.table.total if place == TOTAL else self.table.rows[place]
        return row.counted or 0, row.met or 0

    def hide(self, place: int, *, counted: bool) -> None:
        """Hide a rate, and the count that it is a part of as well if asked for."""
        self.met.add(place)
        if counted:
            self.counted.add(place)

    def shown(self, *, met: bool = False) -> list[int]:
        """Return the places of rows whose count (or rate) is shown, the smallest first."""
        away = self.met if met else self.counted
        places = [n for n in range(len(self.table.rows)) if n not in away]
        return sorted(places, key=lambda n: (self.row(n)[met], n))

    def rows(self) -> tuple[tuple[Row, ...], Row]:
        """Return the rows and the total with what is hidden left out."""
        return tuple(self._row(n) for n in range(len(self.table.rows))), self._row(TOTAL)

    def _row(self, place: int) -> Row:
        part = "" if place == TOTAL else self.table.rows[place].part
        counted, met = self.row(place)
        shows_rate = self.is_rate and place not in self.met
        return Row(part, None if place in self.counted else counted, met if shows_rate else None)


def small(table: Counted) -> Hidden:
    """Return the table with its small cells hidden, and what would give them away."""
    hidden = Hidden(table)
    for place in (TOTAL, *range(len(table.rows))):
        counted, met = hidden.row(place)
        few = counted < FEWEST
        if few or (hidden.is_rate and min(met, counted - met) < FEWEST):
            hidden.hide(place, counted=few)
    settle(hidden)
    return hidden


def settle(hidden: Hidden) -> None:
    """Hide the next smallest until no hidden cell comes out as what is left of a total."""
    while _gives_away_counts(hidden):
        smallest = hidden.shown()
        hidden.hide(smallest[0] if smallest else TOTAL, counted=True)
    while _gives_away_rates(hidden):
        smallest = hidden.shown(met=True)
        hidden.hide(smallest[0] if smallest else TOTAL, counted=False)


def _gives_away_counts(hidden: Hidden) -> bool:
    if TOTAL in hidden.counted or not hidden.table.rows:
        return False
    away = [hidden.row(n)[0] for n in _rows(hidden.counted)]
    return bool(away) and not (len(away) > 1 and sum(away) >= FEWEST)


def _gives_away_rates(hidden: Hidden) -> bool:
    """Whatever is hidden together is enough on both sides; and besides each whose count is shown,
    which bounds its rate, there are enough others."""
    if TOTAL in hidden.met or not hidden.is_rate or not hidden.table.rows:
        return False
    away = [hidden.row(n) for n in _rows(hidden.met)]
    counted, met = sum(c for c, _ in away), sum(m for _, m in away)
    largest = max((hidden.row(n)[0] for n in _rows(hidden.met - hidden.counted)), default=0)
    return bool(away) and min(met, counted - met, counted - largest) < FEWEST


def _rows(places: set[int]) -> Iterator[int]:
    return (n for n in sorted(places) if n != TOTAL)
