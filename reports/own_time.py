"""The time that people asked for, which is theirs and counts against nobody.

From when somebody asked for time, deferred, paused or set a day for the next contact, until they
took it up again, or the day came that they had set.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.calendar import is_working_day, local_day
from domain.events.choice import (
    ChoiceDeferred,
    ConsentConfirmed,
    ConsentRecorded,
    FacilitatorMeetingHeld,
    InterestRecorded,
    OfferDeclined,
    ParticipationPaused,
    TimeAskedFor,
)
from domain.events.contacting import CallTaken
from domain.events.people import ContactDateCame, NextContactAgreed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from domain.event import Event
    from reports.told import Told

BEGINS = (TimeAskedFor, ChoiceDeferred, ParticipationPaused, NextContactAgreed)
ENDS = (
    CallTaken,
    ConsentConfirmed,
    ConsentRecorded,
    ContactDateCame,
    FacilitatorMeetingHeld,
    InterestRecorded,
    OfferDeclined,
)
"""What says that they took it up again, or decided."""


def working_days(
    told: Told, people: Iterable[str], begin: datetime, end: datetime
) -> tuple[int, int]:
    """Return the working days after `begin`'s day up to `end`'s: the service's, and the people's.

    A day on which any of these people had asked to wait is theirs.
    """
    theirs = [stretch for one in people for stretch in _stretches(told, one)]
    day, last, ours, asked = local_day(begin), local_day(end), 0, 0
    while day < last:
        day += timedelta(days=1)
        if is_working_day(day):
            waits = any(first < day <= until for first, until in theirs)
            ours, asked = ours + (not waits), asked + waits
    return ours, asked


def _stretches(told: Told, party: str) -> Iterator[tuple[date, date]]:
    """Yield the days within which somebody had asked to wait: after the first, up to the last."""
    since: date | None = None
    for at, event in told.happened(*BEGINS, *ENDS):
        if getattr(event, "party", None) != party:
            continue
        if since is None and _is_a_beginning(event):
            since = local_day(at)
        elif since is not None and isinstance(event, ENDS):
            yield since, local_day(at)
            since = None
    if since is not None:
        yield since, local_day(told.sources.at)


def _is_a_beginning(event: Event) -> bool:
    return isinstance(event, BEGINS)
