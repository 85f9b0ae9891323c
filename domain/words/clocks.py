"""Why the service did not do in time what it owed, as codes."""

from __future__ import annotations

from enum import StrEnum


class MissCause(StrEnum):
    """Why a clock of the service was missed. None of them makes the clock any longer."""

    STAFF_ABSENCE = "STAFF_ABSENCE"
    CAPACITY = "CAPACITY"
    FORGOTTEN = "FORGOTTEN"
    ENTERED_LATE = "ENTERED_LATE"
    """It was done in time, and not recorded in time."""
    OUTAGE = "OUTAGE"
    PARTNER_AGENCY = "PARTNER_AGENCY"
    CJ_AGENCY = "CJ_AGENCY"
    PRISON_MOVE = "PRISON_MOVE"
    PERSON_ASKED_TO_WAIT = "PERSON_ASKED_TO_WAIT"
    """A person's own time: counted apart from the service's."""
    OTHER = "OTHER"
