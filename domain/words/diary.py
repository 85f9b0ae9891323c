"""What staff have in their diary, as codes."""

from __future__ import annotations

from enum import StrEnum


class AppointmentFor(StrEnum):
    """What somebody is met for, each apart from the other side."""

    FIRST_TALK = "FIRST_TALK"
    FACILITATORS_MEETING = "FACILITATORS_MEETING"
    PREPARATION = "PREPARATION"
    DEBRIEF_TALK = "DEBRIEF_TALK"
    FOLLOW_UP_TALK = "FOLLOW_UP_TALK"
    OTHER_TALK = "OTHER_TALK"
    JOINT_MEETING = "JOINT_MEETING"
    """What is planned as an intervention: staff, room and interpreters for it."""


class PackEnd(StrEnum):
    """What became of a print pack."""

    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"
    GONE_MISSING = "GONE_MISSING"


class AppointmentOutcome(StrEnum):
    """What became of an appointment. Never a choice: whoever did not come said nothing by it."""

    KEPT = "KEPT"
    THEY_DID_NOT_COME = "THEY_DID_NOT_COME"
    WE_DID_NOT_COME = "WE_DID_NOT_COME"
