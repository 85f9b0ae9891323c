"""Reoffending: only from a matched set that somebody supplied; else it is not available.

The log knows nothing of it. Whoever may match people with later offences hands over a file with a
line for each person of two groups, those who took part and those they are compared with: how many
proven offences in a time before, and how many in the same time after. No names, no references.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.hiding import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS = ("group", "before", "after")
GROUPS = ("took-part", "compared")
LARGEST = 16 * 1024 * 1024
"""Bytes of a file; nearly a million people."""
MOST = 1_000
"""Offences of one person in the time: more is a mistake in the file."""
NOT_AVAILABLE = "not available: nobody supplied a matched set"


class NoMatch(ValueError):
    """The file is no matched set; the text says in which line, without what stands there."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a matched set says of one group; None where it is of too few people."""

    group: str
    people: int | None
    before: float | None
    """Offences a person, in the time before."""
    after: float | None

    @property
    def change(self) -> float | None:
        """By how much of itself it changed, such as -0.14; None where that cannot be said."""
        if self.before is None or self.after is None or self.before == 0:
            return None
        return self.after / self.before - 1


def read_matched(file: Path) -> list[Matched]:
    """Return what the file (CSV: group,before,after) says of each group.

    A group of fewer than five people, or with fewer than five offences before or after, is not
    told of; nor is the other, then, since both are published together. Raises `NoMatch`, and
    `OSError`.
    """
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NoMatch(f"the file is larger than {LARGEST // 1024 // 1024} MiB")
    try:
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        lines = [*_lines(csv.DictReader(text))]
    except (csv.Error, UnicodeDecodeError):
        raise NoMatch("this is no CSV file in UTF-8") from None
    found = [_of_group(group, [line[1:] for line in lines if line[0] == group]) for group in GROUPS]
    if any(one.people is None for one in found):
        return [Matched(one.group, None, None, None) for one in found]
    return found


def _lines(reader: csv.DictReader[str]) -> Iterator[tuple[str, int, int]]:
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise NoMatch(f"the first line is: {','.join(COLUMNS)}")
    for number, line in enumerate(reader, 2):
        numbers = (line["before"], line["after"])
        if line["group"] not in GROUPS or not all(_is_count(n) for n in numbers):
            raise NoMatch(
                f"line {number}: a group ({' or '.join(GROUPS)}) and two whole numbers below {MOST}"
            )
        yield line["group"], int(numbers[0]), int(numbers[1])


def _is_count(typed: str | None) -> bool:
    return typed is not None and typed.isascii() and typed.isdigit() and int(typed[:6]) < MOST


def _of_group(group: str, people: Iterable[tuple[int, int]]) -> Matched:
    counted = [*people]
    before, after = sum(b for b, _ in counted), sum(a for _, a in counted)
    if min(len(counted), before, after) < FEWEST:
        return Matched(group, None, None, None)
    return Matched(group, len(counted), before / len(counted), after / len(counted))
