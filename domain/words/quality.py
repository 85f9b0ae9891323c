"""What people say of the service, and what went wrong in it, as codes."""

from __future__ import annotations

from enum import StrEnum


class ComplaintOutcome(StrEnum):
    """What a complaint was found to be."""

    UPHELD = "UPHELD"
    PARTLY_UPHELD = "PARTLY_UPHELD"
    NOT_UPHELD = "NOT_UPHELD"
    RESOLVED_BY_AGREEMENT = "RESOLVED_BY_AGREEMENT"


class AdverseStep(StrEnum):
    """What is done after an adverse event."""

    EVERYBODY_SAFE = "EVERYBODY_SAFE"
    EVERYBODY_DEBRIEFED = "EVERYBODY_DEBRIEFED"
    CAUSE_LOOKED_INTO = "CAUSE_LOOKED_INTO"
    PRACTICE_CHANGED = "PRACTICE_CHANGED"


class OwnSide(StrEnum):
    """Work with one person alone. None of it is an intervention, and none counts as one."""

    NO_SEND_LETTER = "NO_SEND_LETTER"
    SUPPORT_ONLY = "SUPPORT_ONLY"
    RESTORATIVE_WORK = "RESTORATIVE_WORK"
    KEPT_INFORMED = "KEPT_INFORMED"
    DIRECT_REPARATION = "DIRECT_REPARATION"
    INDIRECT_REPARATION = "INDIRECT_REPARATION"
