"""Which months a table is of: whole calendar months, Europe/London, so that tables can be compared.

Free dates would make it easy to subtract one table from another that ends a day later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.calendar import YEARS, local_day

if TYPE_CHECKING:
    from datetime import datetime

FORMS = "2026, 2026-Q1, 2026-03 or 2026-01..2026-06"
"""How a period is typed."""
_YEAR = 12
_FORM = re.compile(
    r"(?P<year>\d{4})(-(Q(?P<quarter>[1-4])|(?P<month>\d\d)(\.\.(?P<to>\d{4})-(?P<last>\d\d))?))?"
)


class NoMonths(ValueError):
    """What was typed is no period; the text says why, without what was typed."""


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A stretch of whole months, numbered from the year 0 on: the first, and the one after it."""

    begin: int
    end: int

    @classmethod
    def typed(cls, text: str) -> Months:
        """Return the period that was typed. Raises `NoMonths`."""
        found = _FORM.fullmatch(text.strip().upper())
        if found is None:
            raise NoMonths(f"a period is written as {FORMS}")
        if found["quarter"]:
            begin = _number(found["year"], str(3 * int(found["quarter"]) - 2))
            return cls(begin, begin + 3)
        if found["month"] is None:
            begin = _number(found["year"], "1")
            return cls(begin, begin + _YEAR)
        begin = _number(found["year"], found["month"])
        last = _number(found["to"], found["last"]) if found["to"] else begin
        if last < begin:
            raise NoMonths("a period does not end before it begins")
        return cls(begin, last + 1)

    def __contains__(self, moment: datetime) -> bool:
        """Say whether a moment is within it, by the day it is in London."""
        return self.begin <= month_of(moment) < self.end

    def is_over(self, now: datetime) -> bool:
        """Say whether its last month has ended."""
        return self.end <= month_of(now)

    def overlaps(self, other: Months) -> bool:
        """Say whether they have a month in common."""
        return self.begin < other.end and other.begin < self.end

    def __str__(self) -> str:
        """As it is typed and printed: the year, the quarter, the month, or first and last."""
        length, place = self.end - self.begin, self.begin % _YEAR
        if length == _YEAR and place == 0:
            return f"{self.begin // _YEAR:04}"
        if length == 3 and place % 3 == 0:  # noqa: PLR2004 - a quarter
            return f"{self.begin // _YEAR:04}-Q{place // 3 + 1}"
        first, last = _named(self.begin), _named(self.end - 1)
        return first if length == 1 else f"{first}..{last}"


def month_of(moment: datetime) -> int:
    """Return the number of the month it is in London at this moment."""
    day = local_day(moment)
    return day.year * _YEAR + day.month - 1


def _number(year: str, month: str) -> int:
    if int(year) not in YEARS or not 1 <= int(month) <= _YEAR:
        raise NoMonths(f"there is no such month; a period is written as {FORMS}")
    return int(year) * _YEAR + int(month) - 1


def _named(number: int) -> str:
    return f"{number // _YEAR:04}-{number % _YEAR + 1:02}"
