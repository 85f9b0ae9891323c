"""Working days of England, and the moments at which what is owed falls due.

Counting starts with the next working day after the event, whatever the hour; what is done by
midnight, Europe/London, at the end of the last day is in time. Bank holidays come from the
maintained `holidays` package.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from holidays import country_holidays
from pydantic import AfterValidator, AwareDatetime

LONDON = ZoneInfo("Europe/London")
YEARS = range(1900, 2200)
"""Years that may be spoken of. What falls due is reckoned from dates each time that a case is
looked at: beyond the calendar, or beyond a timer, it could never be looked at again."""


def _within_reach(day: AnyDate) -> AnyDate:
    if day.year not in YEARS:
        raise ValueError(f"a date lies before {YEARS.start} or after {YEARS.stop - 1}")
    return day


AnyDate = TypeVar("AnyDate", bound=date)
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
"""A moment that people type in, with its offset from UTC, and that can be reckoned with."""
Day = Annotated[date, AfterValidator(_within_reach)]
"""A day that people type in, and that can be reckoned with."""

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
    return _end_of_working_day(local_day(moment), days)


@lru_cache(maxsize=4096)
def _end_of_working_day(day: date, days: int) -> datetime:
    # Every wait of every case asks this with each command, mostly of the same few days.
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return end_of(day)


def days_after(moment: datetime, days: int) -> datetime:
    """Return the end of the day so many calendar days after the moment; 0 is the same day."""
    return end_of(local_day(moment) + timedelta(days=days))


def years_after(moment: datetime, years: int) -> datetime:
    """Return the end of the same day so many years later, or of the 28th after a leap day."""
    day = local_day(moment)
    try:
        later = day.replace(year=day.year + years)
    except ValueError:
        later = day.replace(year=day.year + years, day=28)
    return end_of(later)


def working_days_between(first: datetime, second: datetime) -> int:
    """Return how many working days lie after the first moment's day, up to the second's."""
    day, end, count = local_day(first), local_day(second), 0
    while day < end:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count


def months_after(moment: datetime, months: int, more_days: int = 0) -> datetime:
    """Return the end of the day by which a period of calendar months is over, in UTC.

    That is the corresponding date, or the last day of a month that has none; days that do not count
    come on top; a day on which nobody works becomes the next working day (the Information
    Commissioner's reckoning of "one month beginning with").
    """
    start = local_day(moment)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(start.day, last)) + timedelta(days=more_days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return end_of(day)
