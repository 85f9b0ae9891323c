"""What one person may let the other of a pair know, and what anybody may be told, as codes.

There is no code for where somebody is or how they are reached: that never passes.
"""

from __future__ import annotations

from enum import StrEnum


class Passable(StrEnum):
    """One thing that passes to the other person only on its owner's own wish."""

    WANTS_TO_TAKE_PART = "WANTS_TO_TAKE_PART"
    ACCEPTS_RESPONSIBILITY = "ACCEPTS_RESPONSIBILITY"
    OWN_ACCOUNT = "OWN_ACCOUNT"
    REASONS = "REASONS"
    HEALTH = "HEALTH"
    CIRCUMSTANCES = "CIRCUMSTANCES"


class WhereItStands(StrEnum):
    """The least that is true of what was booked, for everybody who was to be there."""

    TOLD_POSTPONED = "TOLD_POSTPONED"
    TOLD_NOT_GOING_AHEAD = "TOLD_NOT_GOING_AHEAD"


class TowardsThem(StrEnum):
    """A step towards the offender that the victim agrees to, or not, where it is theirs to set."""

    ASK_AN_AGENCY = "ASK_AN_AGENCY"
    APPROACH_THEM = "APPROACH_THEM"
    SAY_WHO_ASKS = "SAY_WHO_ASKS"
