"""Working days of England, and when what is owed falls due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    LONDON,
    YEARS,
    days_after,
    is_working_day,
    local_day,
    working_days_after,
    working_days_between,
)

BANK_HOLIDAYS = """
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
"""
"""As published for England and Wales (gov.uk): with the May holiday moved to VE Day in 2020, the
jubilee of 2022 (the spring holiday moved to join it), the funeral of 19 September 2022 and the
coronation of 8 May 2023; and with what falls on a weekend moved to the days after it."""
HOLIDAYS = frozenset(map(date.fromisoformat, BANK_HOLIDAYS.split()))
MOMENTS = st.datetimes(
    datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


def london(text: str) -> datetime:
    """Return a moment of the clocks in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("year", range(2019, 2028))
def test_bank_holidays_and_weekends_are_no_working_days_and_all_others_are(year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) is (day.weekday() < 5 and day not in HOLIDAYS), day
        day += timedelta(days=1)


@pytest.mark.parametrize("holiday", ["2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"])
def test_special_holidays_are_known(holiday: str) -> None:
    assert not is_working_day(date.fromisoformat(holiday))


def test_a_holiday_of_scotland_is_a_working_day() -> None:
    assert is_working_day(date(2026, 1, 2))


def test_the_holiday_that_was_moved_from_the_end_of_may_is_a_working_day() -> None:
    assert is_working_day(date(2022, 5, 30))


@pytest.mark.parametrize(
    ("since", "days", "in_time_until"),
    [
        ("2026-03-06 16:59", 1, "2026-03-09 23:59:59"),  # a Friday afternoon
        ("2026-03-06 23:59", 1, "2026-03-09 23:59:59"),
        ("2026-03-07 00:01", 1, "2026-03-09 23:59:59"),  # the Saturday after it
        ("2026-03-08 12:00", 1, "2026-03-09 23:59:59"),
        ("2026-03-09 00:00", 1, "2026-03-10 23:59:59"),
        ("2026-03-02 10:00", 5, "2026-03-09 23:59:59"),
        ("2026-04-02 16:59", 1, "2026-04-07 23:59:59"),  # before Easter
        ("2026-04-02 16:59", 5, "2026-04-13 23:59:59"),
        ("2025-12-23 09:00", 2, "2025-12-29 23:59:59"),  # Christmas on Thursday and Friday
        ("2022-06-01 16:59", 1, "2022-06-06 23:59:59"),  # two holidays and a weekend
        ("2022-09-16 16:59", 1, "2022-09-20 23:59:59"),  # the funeral
        ("2023-05-05 16:59", 1, "2023-05-09 23:59:59"),  # the coronation
        ("2026-12-24 16:59", 1, "2026-12-29 23:59:59"),  # Boxing Day moved to Monday
        ("2026-03-27 16:59", 1, "2026-03-30 23:59:59"),  # clocks forward at the weekend
        ("2026-10-23 16:59", 1, "2026-10-26 23:59:59"),  # clocks back at the weekend
    ],
)
def test_counting_starts_with_the_next_working_day(
    since: str, days: int, in_time_until: str
) -> None:
    due = working_days_after(london(since), days)
    assert due - timedelta(seconds=1) == london(in_time_until)
    assert due.tzinfo is UTC


@pytest.mark.parametrize(
    ("due_on", "midnight"),
    [
        ("2026-03-27 12:00", "2026-03-28T00:00:00+00:00"),
        ("2026-03-28 12:00", "2026-03-29T00:00:00+00:00"),
        ("2026-03-29 12:00", "2026-03-29T23:00:00+00:00"),
        ("2026-10-24 12:00", "2026-10-24T23:00:00+00:00"),
        ("2026-10-25 12:00", "2026-10-26T00:00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_london_whatever_the_clocks_do(
    due_on: str, midnight: str
) -> None:
    assert days_after(london(due_on), 0).isoformat() == midnight


def test_an_hour_before_midnight_in_summer_is_already_tomorrow_in_london() -> None:
    assert local_day(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)


@pytest.mark.parametrize("year", [YEARS.start, 1944, 1968, 1970, 2100, YEARS.stop - 1])
def test_the_first_and_last_years_that_may_be_spoken_of_can_be_reckoned_with(year: int) -> None:
    last = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    assert working_days_after(last, 30) > last
    assert days_after(last, 182) > last


@given(MOMENTS, st.integers(1, 60))
def test_so_many_working_days_lie_between_then_and_when_it_falls_due(
    moment: datetime, days: int
) -> None:
    due = working_days_after(moment, days)
    last_day = due - timedelta(seconds=1)
    assert is_working_day(local_day(last_day))
    assert working_days_between(moment, last_day) == days


@given(st.lists(MOMENTS, min_size=2), st.integers(1, 30))
def test_what_began_later_never_falls_due_earlier(moments: list[datetime], days: int) -> None:
    dues = [working_days_after(moment, days) for moment in sorted(moments)]
    assert all(one <= other for one, other in pairwise(dues))
