"""What is owed for what is booked, and to whoever is out on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import working_days_after
from domain.case import wait_key
from domain.diary import alarm_at, fell_away, help_at, is_met, late_at

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found

AT_ONCE = frozenset({"check_out", "visitor_safe", "visitor_alarm"})
"""Told the moment that they fall due, whatever was entered late: somebody may be in danger."""


def appointment(case: Case, limits: Limits) -> Found:
    """Yield each appointment that stands, until the record shows what became of it."""
    for one in case.appointments.values():
        if one.open and not is_met(case, one) and fell_away(case, one) is None:
            yield one.id, one.made_at, working_days_after(one.ends, limits.appointment)


def call_off(case: Case, limits: Limits) -> Found:
    """Yield what is booked still though what it was made for fell away before it began."""
    for one in case.appointments.values():
        since = fell_away(case, one) if one.open and not is_met(case, one) else None
        if since is not None and since < one.starts:
            yield one.id, since, min(one.starts, working_days_after(since, limits.task))


def print_pack(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield each print pack that is out, until it is back, destroyed or known to be lost."""
    for one in case.packs.values():
        if one.became is None:
            yield one.id, one.printed_at, one.back_by


def check_out(case: Case, limits: Limits) -> Found:
    """Yield everybody who is out on a visit, until they are known to be safe."""
    for out in case.out.values():
        yield out.practitioner, out.since, late_at(out, limits)


def visitor_safe(case: Case, limits: Limits) -> Found:
    """Yield everybody who was not checked out of a visit in time: it is for a supervisor to find
    out whether they are safe."""
    for out in case.out.values():
        late = late_at(out, limits)
        if wait_key("check_out", out.practitioner, late) in case.missed:
            yield out.practitioner, late, alarm_at(out, limits)


def visitor_alarm(case: Case, limits: Limits) -> Found:
    """Yield everybody of whom no supervisor found out: it is for all of them, and to get help."""
    for out in case.out.values():
        alarm = alarm_at(out, limits)
        if wait_key("visitor_safe", out.practitioner, alarm) in case.missed:
            yield out.practitioner, alarm, help_at(out, limits)
