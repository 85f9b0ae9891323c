"""What can change round a case, and make what was decided or agreed before it stale, as codes."""

from __future__ import annotations

from enum import StrEnum


class Change(StrEnum):
    """A material change. What each makes stale is one row of the table in `domain.stale`."""

    MOVED_PRISON = "MOVED_PRISON"
    ORDER_OR_LICENCE = "ORDER_OR_LICENCE"
    BAR = "BAR"
    STAGE_CHANGED = "STAGE_CHANGED"
    CASE_STEP = "CASE_STEP"
    NEW_ALLEGATION = "NEW_ALLEGATION"
    DANGER = "DANGER"
    SAFEGUARDING = "SAFEGUARDING"
    HEALTH = "HEALTH"
    UNDERSTANDING = "UNDERSTANDING"
    SOMEBODY_JOINED = "SOMEBODY_JOINED"
    CLASS_RAISED = "CLASS_RAISED"
    STOPPED = "STOPPED"
    RETRACTED = "RETRACTED"
    WHOSE_CHOICE = "WHOSE_CHOICE"


class Understanding(StrEnum):
    """Whether a person can understand what they would agree to, as far as it was asked."""

    NOT_DOUBTED = "NOT_DOUBTED"
    DOUBTED = "DOUBTED"
    ABLE = "ABLE"
    WITH_HELP = "WITH_HELP"
    NOT_ABLE = "NOT_ABLE"
