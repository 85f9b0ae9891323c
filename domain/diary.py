"""The diary of a case: what is booked, and who is out on a visit at this moment.

Where somebody is met is in the vault; a room of the service has a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.errors import Nonsense
from domain.party import BEFOREHAND

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.limits import Limits
    from domain.texts import TextRef
    from domain.words import AppointmentFor, AppointmentOutcome, Channel


@dataclass(frozen=True)
class Appointment:
    """Something that is booked: with one person apart, or for a meeting that is planned."""

    id: str
    purpose: AppointmentFor
    starts: datetime
    ends: datetime
    staff: tuple[str, ...]
    """Practitioners, whoever sees to it first."""
    channel: Channel
    made_at: datetime
    party: str | None = None
    intervention: str | None = None
    """The meeting that it is booked for, if it is not with one person."""
    room: str | None = None
    interpreters: tuple[str, ...] = ()
    """People of the case who interpret, or help somebody to speak and understand."""
    place: TextRef | None = None
    called_off: bool = False
    outcome: AppointmentOutcome | None = None

    @property
    def open(self) -> bool:
        """Whether it was neither called off, nor is it on record what became of it."""
        return not self.called_off and self.outcome is None


@dataclass(frozen=True)
class Out:
    """Somebody of the service who is out on a visit, as far as the service knows."""

    practitioner: str
    since: datetime
    until: datetime
    """When they expect it to be over."""
    party: str | None = None
    appointment: str | None = None
    place: TextRef | None = None


def appointment(case: Case, name: str) -> Appointment:
    """Return this appointment. Raises `Nonsense` if there is none."""
    if name not in case.appointments:
        raise Nonsense(f"there is no appointment {name} in this case")
    return case.appointments[name]


def fell_away(case: Case, one: Appointment) -> datetime | None:
    """Return when what an appointment was made for fell away, though it is booked still: the
    meeting is off or on another day, or the person is not to be contacted, or died."""
    if one.intervention is not None:
        meeting = case.intervention(one.intervention)
        begun = meeting.began_at is not None
        as_booked = meeting.for_when == one.starts and not meeting.over
        return None if begun or as_booked else meeting.since
    person = case.party(one.party or "")
    return person.died_at if person.died else person.no_contact_since if person.no_contact else None


def is_met(case: Case, one: Appointment) -> bool:
    """Say whether the record shows that it took place, whatever was said of it as such."""
    if one.intervention is not None:
        return case.intervention(one.intervention).began_at is not None
    last = case.party(one.party or "").last_contact
    return last is not None and last >= one.starts - BEFOREHAND


def late_at(out: Out, limits: Limits) -> datetime:
    """Return from when on somebody who did not check out is missed."""
    return out.until + timedelta(minutes=limits.check_out_minutes)


def alarm_at(out: Out, limits: Limits) -> datetime:
    """Return by when a supervisor knows that they are safe, or every supervisor is told."""
    return late_at(out, limits) + timedelta(minutes=limits.visitor_safe_minutes)


def help_at(out: Out, limits: Limits) -> datetime:
    """Return by when somebody has gone there, or the police was asked to look."""
    return alarm_at(out, limits) + timedelta(minutes=limits.visitor_alarm_minutes)
