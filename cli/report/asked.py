"""What was typed after `rj report`: which numbers, of which months, broken down by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cli.ending import nonsense
from domain.calendar import local_day
from reports import DEFINITIONS, FAMILIES, Asked, Months, NoMonths, definition
from reports.families.workforce import NOW
from reports.months import month_of
from reports.parts import WAYS

if TYPE_CHECKING:
    from reports import Definition

ALL = "all"


@dataclass(frozen=True, slots=True)
class Table:
    """One table that was asked for."""

    asked: Asked
    months: Months


def tables(
    number: str, period: str | None, by: str | None, *, now: datetime | None = None
) -> list[Table]:
    """Return the tables that were asked for. Raises `Ended` for what there is not."""
    at = now or datetime.now(UTC)
    months = _months(period, at)
    if by is not None and by.lower() not in WAYS:
        raise nonsense(f"--by: one of {', '.join(WAYS)}")
    this = Months(month_of(at), month_of(at) + 1)
    return [
        Table(Asked(one, by.lower() if by else one.by), this if one.cohort == NOW else months)
        for one in _definitions(number)
    ]


def check_over(several: list[Table], now: datetime) -> None:
    """See that what is to be published is over. Raises `Ended`."""
    for one in several:
        if not one.months.is_over(now) and one.asked.definition.cohort != NOW:
            raise nonsense(f"--publish: {one.months} is not over yet, and would be published half")


def _definitions(number: str) -> list[Definition]:
    typed = number.lower()
    if typed == ALL:
        return [one for one in DEFINITIONS.values() if one.version == 1]
    if typed in DEFINITIONS or f"{typed}@1" in DEFINITIONS:
        found = definition(typed)
        return [found] if found else []
    if typed in FAMILIES:
        return [one for one in DEFINITIONS.values() if one.family == typed and one.version == 1]
    near = get_close_matches(typed, [*FAMILIES, *(one.id for one in DEFINITIONS.values())], 1)
    meant = f"; did you mean {near[0]}?" if near else ""
    raise nonsense(f"there is no such number or family: `rj report` lists them{meant}")


def _months(typed: str | None, at: datetime) -> Months:
    if typed is None:
        year = Months.typed(f"{local_day(at).year:04}")
        return Months(year.begin, month_of(at) + 1)
    try:
        return Months.typed(typed)
    except NoMonths as error:
        raise nonsense(f"--period: {error}") from None
