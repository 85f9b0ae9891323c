"""Who is trained for which act, and in date for it, by the matrix in force.

Asked at each regulated act, for the day it is done; acts done in date stay valid.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.matrix import DEFAULT, RANK, Matrix
from domain.practitioner import Practitioner
from domain.words import Act, Credential, Level, PractitionerKind

YEAR = timedelta(days=365)


def rank(practitioner: Practitioner) -> int:
    """Return 0 for somebody not trained to facilitate, 1 to 3 by level."""
    return RANK[practitioner.level] if practitioner.level else 0


def reaches(practitioner: Practitioner, level: Level) -> bool:
    """Say whether somebody is a facilitator of this level at least."""
    return rank(practitioner) >= RANK[level]


def trained_for(practitioner: Practitioner, act: Act, matrix: Matrix = DEFAULT) -> bool:
    """Say whether somebody is trained for this kind of act."""
    if practitioner.kind is PractitionerKind.SYSTEM:
        # What a system may do is said by permissions; it is not trained.
        return True
    held = practitioner.credentials
    match act:
        case Act.INFORM:
            return any(one in held for one in matrix.inform.any_of)
        case Act.LOCAL_RESOLUTION:
            meant = practitioner.kind in matrix.local_resolution.kinds
            return meant and Credential.LOCAL_RESOLUTION in held
        case Act.FACILITATE:
            return reaches(practitioner, matrix.standard.anybody)
        case Act.SUPERVISE | Act.FINISH_FOLLOW_UP:
            return any(one in held for one in matrix.supervise.any_of)
        case _:
            return True


def in_date_for(
    practitioner: Practitioner, act: Act, on: datetime, matrix: Matrix = DEFAULT
) -> bool:
    """Say whether somebody, as they were at this moment, is in date for this kind of act.

    Facilitating has clocks: supervision, observed practice, a process or a training, and the
    year's hours of development for their level. Local resolution has one where a setting says so.
    """
    if act is Act.LOCAL_RESOLUTION:
        return refreshed(practitioner, on, matrix)
    if act is not Act.FACILITATE:
        return True
    asked = matrix.in_date
    return (
        _within(practitioner.supervised_at, on, timedelta(weeks=asked.supervision_weeks))
        and _within(practitioner.observed_at, on, timedelta(days=asked.observed_days))
        and _within(practitioner.practised_at, on, timedelta(days=asked.practised_days))
        and developed(practitioner, on, matrix)
    )


def refreshed(practitioner: Practitioner, on: datetime, matrix: Matrix) -> bool:
    """Say whether the training for local resolution, or its refresher, is recent enough."""
    days = matrix.local_resolution.refresher_days
    last = practitioner.trained_at.get(Credential.LOCAL_RESOLUTION)
    return days is None or _within(last, on, timedelta(days=days))


def developed(practitioner: Practitioner, on: datetime, matrix: Matrix = DEFAULT) -> bool:
    """Say whether the hours of the last year are enough, and enough of them approved."""
    needed = matrix.in_date.hours(practitioner.level)
    hours = _hours(practitioner.development, on)
    approved = hours - _hours(practitioner.unapproved, on)
    return hours >= needed and approved >= needed * matrix.in_date.approved_share


def _within(last: datetime | None, on: datetime, span: timedelta) -> bool:
    """What came after the act does not make it in date."""
    return last is not None and timedelta(0) <= on - last <= span


def _hours(development: tuple[tuple[datetime, float], ...], on: datetime) -> float:
    return sum(hours for at, hours in development if on - YEAR <= at <= on)
