"""Times as people type and read them: in Europe/London. The record has them in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from domain.absence import Absence

LONDON = ZoneInfo("Europe/London")
FORMS = "2026-11-22 or 2026-11-22T14:30, Europe/London"
"""How times are typed, for help and for sentences."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?")


class NoMoment(ValueError):
    """What was typed is no time; the text says why, without what was typed."""


def day(typed: str) -> date:
    """Return the day that was typed as 2026-11-22. Raises `NoMoment`."""
    if not _DAY.fullmatch(typed):
        raise NoMoment("a day is written as 2026-11-22")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NoMoment("there is no such day") from None


def moment(typed: str, *, end_of_day: bool = False) -> datetime:
    """Return the moment that was typed, in UTC; without an offset it is meant in London.

    A day alone means its beginning, or with `end_of_day` its last moment. Raises `NoMoment`.
    """
    if _DAY.fullmatch(typed):
        return _in_utc(datetime.combine(day(typed), time.max if end_of_day else time.min))
    if not _MOMENT.fullmatch(typed):
        raise NoMoment(f"a time is written as {FORMS}")
    try:
        meant = datetime.fromisoformat(typed)
    except ValueError:
        raise NoMoment("there is no such day or hour") from None
    return _in_utc(meant)


def shown(when: datetime | None) -> str:
    """Return a moment as people read it: day and minute in London; a dash for none."""
    return when.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") if when else "—"


def shown_day(when: datetime | None) -> str:
    """Return the day of a moment as people read it, in London; a dash for none.

    A moment that ends a day (midnight) is told as that day: what is due by then is due on it.
    """
    if when is None:
        return "—"
    return (when - timedelta(seconds=1)).astimezone(LONDON).strftime("%a %Y-%m-%d")


def away(absence: Absence) -> str:
    """Return until when somebody is away and who covers, as people read it."""
    cover = f"{absence.cover} covers" if absence.cover else "nobody covers"
    return f"away, back {shown(absence.back)}; {cover}"


def _in_utc(meant: datetime) -> datetime:
    try:
        if meant.tzinfo is not None:
            return meant.astimezone(UTC)
        here = meant.replace(tzinfo=LONDON)
        if here.utcoffset() != here.replace(fold=1).utcoffset():
            _refuse_twice_or_never(here)
        return here.astimezone(UTC)
    except OverflowError:
        raise NoMoment("this lies outside of the calendar") from None


def _refuse_twice_or_never(here: datetime) -> None:
    """On the days on which the clocks change, one hour comes twice and another not at all."""
    if here.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != here.replace(tzinfo=None):
        raise NoMoment("the clocks went forward past this hour: it was never that time")
    raise NoMoment("this hour came twice: say which with its offset, +01:00 (first) or +00:00")
