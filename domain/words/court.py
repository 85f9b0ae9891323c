"""Courts and the youth justice service: what they are owed, and what they decide, as codes."""

from __future__ import annotations

from enum import StrEnum


class HearingKind(StrEnum):
    """What somebody's case is before a court, or before a panel, for."""

    FIRST_HEARING = "FIRST_HEARING"
    TRIAL = "TRIAL"
    SENTENCE = "SENTENCE"
    DEFERRED_SENTENCE = "DEFERRED_SENTENCE"
    APPEAL = "APPEAL"
    YOUTH_OFFENDER_PANEL = "YOUTH_OFFENDER_PANEL"
    CRIMINAL_JUSTICE_PANEL = "CRIMINAL_JUSTICE_PANEL"
    DISPOSAL_REVIEW = "DISPOSAL_REVIEW"


class CourtOutcome(StrEnum):
    """All that a court or a disposal is ever told: not who, and not why."""

    TOOK_PLACE = "TOOK_PLACE"
    NOT_COMPLETED = "NOT_COMPLETED"
    DID_NOT_TAKE_PLACE = "DID_NOT_TAKE_PLACE"


class AdultOffered(StrEnum):
    """What came of offering a child a parent, guardian or other suitable adult."""

    WANTED = "WANTED"
    NOT_WANTED_BY_CHILD = "NOT_WANTED_BY_CHILD"
    NONE_SUITABLE = "NONE_SUITABLE"
