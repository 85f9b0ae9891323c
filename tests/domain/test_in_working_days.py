"""What a case waits for, over years of bank holidays, both changes of the clocks, and outages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.calendar import LONDON, working_days_after
from domain.decide import present, tick
from domain.events.clock import WaitMissed
from domain.waits import waits
from tests.domain.situations import go_on
from tests.domain.test_calendar import HOLIDAYS, london
from tests.steps import referred
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = {"acknowledge": 2, "information": 5}
"""What a new referral waits for, and the working days that it has."""
OUTAGE = timedelta(days=3, hours=7)


def counted(day: date, days: int) -> date:
    """Return the last of so many working days after this one, by the published list alone."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def days_of(year: int) -> Iterator[date]:
    # The list ends with 2027: what is counted from its last weeks would need the next year's.
    last = date(year, 11, 15) if year == 2027 else date(year, 12, 31)
    day = date(year, 1, 1)
    while day <= last:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("hour", ["00:00", "16:59", "23:59"])
@pytest.mark.parametrize("year", range(2019, 2028))
def test_from_every_day_of_nine_years_each_limit_ends_on_the_day_that_is_counted_by_hand(
    year: int, hour: str
) -> None:
    for day in days_of(year):
        since = london(f"{day} {hour}")
        for days in (1, 2, 5, 10, 20):
            due = working_days_after(since, days)
            midnight = datetime.combine(counted(day, days) + timedelta(days=1), time(), LONDON)
            assert due == midnight.astimezone(UTC), (since, days)


def referred_at(moment: str) -> Story:
    """Return a case that was referred at this moment of the clocks in London."""
    return go_on(Story(now=london(moment).astimezone(UTC)), referred()[0])


def due(story: Story) -> dict[str, str]:
    """Return the last day, in London, of what the case waits for."""
    return {
        w.name: str((w.due - timedelta(seconds=1)).astimezone(LONDON).date())
        for w in waits(story.case, LIMITS)
        if w.due is not None and w.name in LIMIT
    }


@pytest.mark.parametrize(
    ("referred", "in_two", "in_five"),
    [
        ("2020-05-01 16:59", "2020-05-05", "2020-05-11"),  # the May holiday moved to the Friday
        ("2021-12-24 16:59", "2021-12-30", "2022-01-05"),  # Christmas and New Year at weekends
        ("2022-05-27 16:59", "2022-05-31", "2022-06-07"),  # spring holiday moved to the jubilee
        ("2022-06-01 16:59", "2022-06-07", "2022-06-10"),  # the jubilee: two days together
        ("2022-09-16 16:59", "2022-09-21", "2022-09-26"),  # a holiday proclaimed that week
        ("2023-04-28 16:59", "2023-05-03", "2023-05-09"),  # May holiday, then the coronation
        ("2024-03-28 16:59", "2024-04-03", "2024-04-08"),  # Easter, and the clocks go forward
        ("2024-10-25 16:59", "2024-10-29", "2024-11-01"),  # the clocks go back
        ("2025-12-23 16:59", "2025-12-29", "2026-01-02"),  # Christmas and New Year's Day
        ("2026-12-24 16:59", "2026-12-30", "2027-01-05"),  # Boxing Day moved to the Monday
    ],
)
def test_a_referral_on_a_friday_at_16_59_is_answered_over_moved_holidays_and_changed_clocks(
    referred: str, in_two: str, in_five: str
) -> None:
    story = referred_at(referred)
    assert due(story) == {"acknowledge": in_two, "information": in_five}


@pytest.mark.parametrize(
    "referred",
    ["2026-03-26 16:59", "2026-10-22 16:59", "2022-09-15 16:59", "2025-12-22 16:59"],
    ids=["clocks forward", "clocks back", "a proclaimed holiday", "Christmas"],
)
def test_an_outage_across_a_due_time_extends_nothing_and_is_told_when_it_is_over(
    referred: str,
) -> None:
    story = referred_at(referred)
    planned = due(story)
    first = present(story.history, LIMITS).next_due
    assert first is not None
    story.now = first + OUTAGE
    story.fall_due()
    told = [e for e in story.history if isinstance(e.event, WaitMissed)]
    assert told
    for entry in told:
        event = entry.event
        assert isinstance(event, WaitMissed)
        assert entry.recorded_at == first + OUTAGE
        assert event.due <= first + OUTAGE
    assert {e.event.due for e in told if isinstance(e.event, WaitMissed)} >= {first}
    assert due(story) == planned


def test_what_was_done_in_time_and_entered_when_the_outage_was_over_is_not_missed() -> None:
    story = referred_at("2026-03-26 16:59")
    first = present(story.history, LIMITS).next_due
    assert first == datetime(2026, 3, 30, 23, tzinfo=UTC)
    in_time = first - timedelta(minutes=1)
    story.now = first + OUTAGE
    story.do("supervisor", "accept_referral", effective_at=in_time.isoformat())
    told = [d.event for d in tick(story.history, story.now, LIMITS)]
    assert "acknowledge" not in {e.wait for e in told if isinstance(e, WaitMissed)}


def test_what_was_done_a_minute_after_midnight_during_an_outage_was_late_all_the_same() -> None:
    story = referred_at("2026-03-26 16:59")
    first = present(story.history, LIMITS).next_due
    assert first is not None
    story.now = first + OUTAGE
    story.fall_due()
    late = first + timedelta(minutes=1)
    story.do("supervisor", "accept_referral", effective_at=late.isoformat())
    missed = [e.event for e in story.history if isinstance(e.event, WaitMissed)]
    assert ("acknowledge", first) in {(e.wait, e.due) for e in missed}
