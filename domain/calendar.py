"""Working days of England, and the moments at which what is owed falls due.

Counting starts with the next working day after the event, whatever the hour; what is done by
midnight, Europe/London, at the end of the last day is in time. Bank holidays come from the
maintained `holidays` package.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Say whether the day is a working day in England."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def local_day(moment: datetime) -> date:
    """Return the day it is in London at this moment."""
    return moment.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """Return the midnight, Europe/London, that ends the day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


def working_days_after(moment: datetime, days: int) -> datetime:
    """Return the end of the last of so many working days after the moment, in UTC."""
    day = local_day(moment)
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return end_of(day)


def days_after(moment: datetime, days: int) -> datetime:
    """Return the end of the day so many calendar days after the moment; 0 is the same day."""
    return end_of(local_day(moment) + timedelta(days=days))


def working_days_between(first: datetime, second: datetime) -> int:
    """Return how many working days lie after the first moment's day, up to the second's."""
    day, end, count = local_day(first), local_day(second), 0
    while day < end:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count
