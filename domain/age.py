"""Whether somebody is an adult, as their details in the vault say: the one place that reads a birth
date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from domain.calendar import is_working_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ADULT = 18


def adult_on(facts: Mapping[str, Any] | None, day: date) -> bool | None:
    """Say whether these details are of an adult on this day; None if they do not say."""
    born = facts.get("born") if facts else None
    if isinstance(born, str) and (birthday := _day(born)):
        years = day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))
        return years >= ADULT
    return True if facts and facts.get("adult") is True else None


def of_age_on(documents: Iterable[Mapping[str, Any]], day: date) -> bool:
    """Say whether all details that say anything agree that this person is an adult on this day."""
    said = [known for one in documents if (known := adult_on(one, day)) is not None]
    return bool(said) and all(said)


def may_be_told_on(documents: Iterable[Mapping[str, Any]], day: date) -> bool:
    """Say whether it may be put on record on this day that they came of age.

    On the first working day of the month after that of the birthday, or later: so the date of the
    record says nothing of the day.
    """
    month = day.replace(day=1)
    first = month
    while not is_working_day(first):
        first += timedelta(days=1)
    return day >= first and of_age_on(documents, month - timedelta(days=1))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
