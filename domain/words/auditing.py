"""What an auditor looks at in a case, what they find, and what the service answers, as codes."""

from __future__ import annotations

from enum import StrEnum


class AuditedPoint(StrEnum):
    """What is looked at in a case that was drawn."""

    CHOICE_WAS_FREE = "CHOICE_WAS_FREE"
    CONSENT_IN_WRITING = "CONSENT_IN_WRITING"
    RESPONSIBILITY_WAS_FOUND = "RESPONSIBILITY_WAS_FOUND"
    RISK_WAS_ASSESSED = "RISK_WAS_ASSESSED"
    PREPARATION = "PREPARATION"
    CONTACT_AS_WISHED = "CONTACT_AS_WISHED"
    TOLD_IN_TIME = "TOLD_IN_TIME"
    SIDES_KEPT_APART = "SIDES_KEPT_APART"
    SAFETY = "SAFETY"
    FOLLOWED_UP = "FOLLOWED_UP"
    DOOR_LEFT_OPEN = "DOOR_LEFT_OPEN"
    RECORD_IS_CLEAR = "RECORD_IS_CLEAR"
    OTHER = "OTHER"


class AuditFound(StrEnum):
    """What an auditor found of one point: of the service, and of nobody who takes part."""

    AS_IT_SHOULD_BE = "AS_IT_SHOULD_BE"
    PARTLY_AS_IT_SHOULD_BE = "PARTLY_AS_IT_SHOULD_BE"
    NOT_AS_IT_SHOULD_BE = "NOT_AS_IT_SHOULD_BE"
    DOES_NOT_APPLY = "DOES_NOT_APPLY"


class AuditAnswer(StrEnum):
    """What the service answers to a recommendation."""

    WILL_BE_DONE = "WILL_BE_DONE"
    DONE_IN_PART = "DONE_IN_PART"
    WILL_NOT_BE_DONE = "WILL_NOT_BE_DONE"
