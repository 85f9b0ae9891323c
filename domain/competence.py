"""Who is trained for which act, and what keeps them in date (practitioner codes, 12 weeks, a year).

Asked at each regulated act, for the day it is done; acts done in date stay valid.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.practitioner import Practitioner
from domain.words import Act, Credential, Level, PractitionerKind

SUPERVISION_LASTS = timedelta(weeks=12)
YEAR = timedelta(days=365)
DEVELOPMENT_HOURS = {Level.FOUNDATION: 6.0, Level.INTERMEDIATE: 12.0, Level.ADVANCED: 16.0}
"""Hours of professional development a year, by level (Practitioner Code of Practice)."""

ON_THE_STREET = frozenset(
    {
        PractitionerKind.POLICE_OFFICER,
        PractitionerKind.PCSO,
        PractitionerKind.COMMUNITY_WARDEN,
        PractitionerKind.PARTNER_AGENCY_STAFF,
    }
)
RANK = {Level.FOUNDATION: 1, Level.INTERMEDIATE: 2, Level.ADVANCED: 3}


def rank(practitioner: Practitioner) -> int:
    """Return 0 for somebody not trained to facilitate, 1 to 3 by level."""
    return RANK[practitioner.level] if practitioner.level else 0


def trained_for(practitioner: Practitioner, act: Act) -> bool:
    """Say whether somebody is trained for this kind of act."""
    held = practitioner.credentials
    match act:
        case Act.INFORM:
            return bool(held)
        case Act.LOCAL_RESOLUTION:
            return Credential.LOCAL_RESOLUTION in held and practitioner.kind in ON_THE_STREET
        case Act.FACILITATE:
            return practitioner.level is not None
        case Act.SUPERVISE:
            return Credential.SUPERVISION in held
        case _:
            return True


def in_date_for(practitioner: Practitioner, act: Act, on: datetime) -> bool:
    """Say whether somebody, as they were at this moment, is in date for this kind of act.

    Only facilitating has clocks: supervision within 12 weeks, observed practice, a process or a
    training within a year, and the year's hours of development for their level.
    """
    if act is not Act.FACILITATE:
        return True
    return (
        _within(practitioner.supervised_at, on, SUPERVISION_LASTS)
        and _within(practitioner.observed_at, on, YEAR)
        and _within(practitioner.practised_at, on, YEAR)
        and developed(practitioner, on)
    )


def _within(last: datetime | None, on: datetime, span: timedelta) -> bool:
    """What came after the act does not make it in date."""
    return last is not None and timedelta(0) <= on - last <= span


def developed(practitioner: Practitioner, on: datetime) -> bool:
    """Of what a year asks for, half at least has to be approved by the professional body."""
    needed = DEVELOPMENT_HOURS[practitioner.level or Level.FOUNDATION]
    hours = _hours(practitioner.development, on)
    approved = hours - _hours(practitioner.unapproved, on)
    return hours >= needed and approved >= needed / 2


def _hours(development: tuple[tuple[datetime, float], ...], on: datetime) -> float:
    return sum(hours for at, hours in development if on - YEAR <= at <= on)
