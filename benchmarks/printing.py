"""One line a measurement: ours, the floor, the ratio, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Line:
    """A measurement and its floor, in the same unit, each a list of rounds taken in turn."""

    name: str
    ours: Sequence[float]
    floor: Sequence[float]
    unit: str
    aim: str = ""

    @property
    def ratio(self) -> float:
        """The median of the ratios, round by round."""
        return median(o / f for o, f in zip(self.ours, self.floor, strict=True))


def heading(text: str) -> None:
    """Print what is measured next."""
    print(f"\n{text}", flush=True)
    print(f"  {'':44} {'ours':>11} {'floor':>11} {'ratio':>7}", flush=True)


def show(line: Line) -> None:
    """Print one line."""
    ours, floor = median(line.ours), median(line.floor)
    aim = f"   aim: {line.aim}" if line.aim else ""
    print(
        f"  {line.name:44} {ours:11.2f} {floor:11.2f} {line.ratio:7.2f} {line.unit}{aim}",
        flush=True,
    )


def fact(name: str, value: str) -> None:
    """Print a number that has no floor."""
    print(f"  {name:44} {value}", flush=True)


def growth(name: str, sizes: Sequence[int], costs: Sequence[float]) -> None:
    """Print how a cost grows: times as much for times as many."""
    parts = [
        f"{big / small:.0f}x as many: {dear / cheap:.2f}x"
        for small, big, cheap, dear in zip(sizes, sizes[1:], costs, costs[1:], strict=False)
    ]
    print(f"  {name:44} {'; '.join(parts)}", flush=True)
