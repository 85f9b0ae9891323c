"""The shape of a row of the table of waits, and whom a wait binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.case import Case
from domain.limits import Limits
from domain.owed.who import Found


class Binds(StrEnum):
    """Whom a wait is on."""

    STAFF = "staff"
    CLOCK = "clock"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a wait, what it means to staff, and how it is found in a case."""

    name: str
    sentence: str
    binds: Binds
    whose: str
    """Whose task it is: `worker`, `facilitator`, `supervisor`, or `second`: a supervisor with no
    part in the case; `as_missed`: whoever was to do what was missed;
    `auditor`: whoever drew the case to be audited; `booked`: whoever is booked first for an
    appointment; `holder`: whoever carries a print pack; `visitor`: whoever is out on a visit;
    `looking_for`: the supervisor who finds out whether they are safe;
    `specialist`: whoever was asked."""
    find: Callable[[Case, Limits], Found]
