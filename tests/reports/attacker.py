"""Numbers about nobody, and somebody who adds and subtracts whatever was published of them.

The attacker knows nothing of how cells are hidden: they hold a few published numbers against each
other, and know what each is a number of.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, product
from typing import TYPE_CHECKING

from reports.counting import Asked, Tally
from reports.definition import Definition, Population
from reports.months import Months
from reports.parts import NOTHING, OWN
from reports.publishing import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reports.archive import Published
    from reports.given import Protected

PARTS = ("A", "B", "C")
AREA = "area"
AREAS = {"A": "X", "B": "X", "C": "Y"}
"""Which area each part is in, as an organisation is: everybody knows that."""
MONTHS = 4
NAMES = ("all_1", "met_1", "all_2", "met_2")
FEWEST = 5
Pieces = Counter[tuple[str, str, int]]
"""How often each piece (population, part, month) is in a combination of numbers."""


def _population(name: str, within: Population | None = None) -> Population:
    return Population(name, f"those of {name}", lambda _told: (), within)


def _definition(version: int) -> Definition:
    counted = _population(f"all_{version}")
    return Definition("x", version, "x", "X", counted, _population(f"met_{version}", counted))


ONE, TWO = _definition(1), _definition(2)
NEXT = Definition("y", 1, "x", "Y", ONE.met or ONE.counted)
"""Counts those of whom the first says that something holds of them."""


def tally(pieces: Mapping[tuple[str, str, int], int]) -> Tally:
    """Return these numbers as if they had been counted."""
    counted = Tally(counted={(name, by) for name in NAMES for by in (NOTHING, OWN, AREA)})
    for (name, part, month), number in pieces.items():
        counted.put(name, frozenset({(OWN, part), (AREA, AREAS[part])}), month, number)
    return counted


class Kept:
    """An archive in memory: what was published, in order."""

    def __init__(self) -> None:
        self.tables: list[Protected] = []

    def publish(
        self,
        asked: Asked,
        months: Months,
        decided: Callable[[Sequence[Published]], Protected],
        actor: str,  # noqa: ARG002
        at: datetime,  # noqa: ARG002
    ) -> Protected:
        for one in self.tables:
            if (one.asked, one.months) == (asked, months):
                return one
        self.tables.append(decided(self.tables))  # type: ignore[arg-type]
        return self.tables[-1]


def published(numbers: Tally, wanted: Sequence[tuple[Asked, Months]]) -> list[Protected]:
    """Return these tables, published one after the other."""
    kept = Kept()
    for asked, months in wanted:
        publish(asked, months, numbers, kept, actor="x", at=datetime(2026, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
    return kept.tables


@dataclass(frozen=True)
class Told:
    """One published number: what it is the sum of, and how much that is."""

    pieces: Pieces
    number: int


def told(tables: Sequence[Protected], every: Sequence[str]) -> list[Told]:
    """Return every number that stands in these tables; a total is of `every` part."""
    found = []
    for table in tables:
        for row in (*table.rows, table.total):
            parts = every if row is table.total else _within(row.part, every)
            for population, number in zip(
                table.asked.populations, (row.counted, row.met), strict=False
            ):
                if number is not None:
                    of = product(
                        [population.name], parts, range(table.months.begin, table.months.end)
                    )
                    found.append(Told(Counter(of), number))
    return found


def _within(part: str, every: Sequence[str]) -> Sequence[str]:
    """Return the parts that are in this one: itself, or those of an area."""
    return [one for one in every if part in (one, AREAS[one])]


def secrets(
    numbers: Mapping[tuple[str, str, int], int],
) -> dict[frozenset[tuple[object, int]], str]:
    """Return everything that nobody is to find out, as a combination of pieces, with its name."""
    found: dict[frozenset[tuple[object, int]], str] = {}
    every = _parts(numbers)
    alone = [_within(one, every) for one in (*every, *{AREAS[part] for part in every})]
    for name, parts, months in product(NAMES, (*alone, every), _stretches()):
        pieces = Counter(product([name], parts, months))
        _keep(found, numbers, pieces, f"{name} {parts} {months}", lambda n: n < FEWEST)
        for other, differ in ((_less_of(name), False), (_twin(name), True)):
            if other:
                both = Counter(pieces)
                both.subtract(Counter(product([other], parts, months)))
                few = _differs if differ else (lambda n: n < FEWEST)
                _keep(found, numbers, both, f"{name} less {other} {parts} {months}", few)
    return found


def _keep(
    found: dict[frozenset[tuple[object, int]], str],
    numbers: Mapping[tuple[str, str, int], int],
    pieces: Pieces,
    name: str,
    few: Callable[[int], bool],
) -> None:
    if few(sum(numbers.get(piece, 0) * times for piece, times in pieces.items())):
        found[_key(pieces)] = name


def _differs(number: int) -> bool:
    return 0 < abs(number) < FEWEST


def _parts(numbers: Mapping[tuple[str, str, int], int]) -> tuple[str, ...]:
    return tuple(sorted({part for _, part, _ in numbers}))


def _less_of(name: str) -> str | None:
    return name.replace("all", "met") if name.startswith("all") else None


def _twin(name: str) -> str | None:
    return name.replace("1", "2") if name.endswith("1") else None


def _stretches() -> Iterator[tuple[int, ...]]:
    for begin, end in combinations(range(MONTHS + 1), 2):
        yield tuple(range(begin, end))


def _key(pieces: Pieces) -> frozenset[tuple[object, int]]:
    return frozenset((piece, times) for piece, times in pieces.items() if times)


def found_out(
    numbers: Mapping[tuple[str, str, int], int], tables: Sequence[Protected], most: int = 3
) -> list[str]:
    """Return what somebody finds out who adds and subtracts up to so many published numbers."""
    hidden, known = secrets(numbers), told(tables, _parts(numbers))
    names = []
    for many in range(1, most + 1):
        for some in combinations(known, many):
            for signs in product((1, -1), repeat=many - 1):
                pieces: Pieces = Counter(some[0].pieces)
                for sign, one in zip(signs, some[1:], strict=True):
                    for piece, times in one.pieces.items():
                        pieces[piece] += sign * times
                both = (_key(pieces), _key(Counter({p: -n for p, n in pieces.items()})))
                names += [hidden[key] for key in both if key in hidden]
    return names
