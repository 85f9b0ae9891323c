"""What people say of the service, and what went wrong in it, as codes."""

from __future__ import annotations

from enum import StrEnum


class ComplaintOutcome(StrEnum):
    """What a complaint was found to be."""

    UPHELD = "UPHELD"
    PARTLY_UPHELD = "PARTLY_UPHELD"
    NOT_UPHELD = "NOT_UPHELD"
    RESOLVED_BY_AGREEMENT = "RESOLVED_BY_AGREEMENT"


class TakenFurther(StrEnum):
    """To whom a complaint is taken further."""

    ANOTHER_SUPERVISOR = "ANOTHER_SUPERVISOR"
    SERVICE_MANAGER = "SERVICE_MANAGER"
    POLICE_AND_CRIME_COMMISSIONER = "POLICE_AND_CRIME_COMMISSIONER"
    """The police and crime commissioner, who has the service done."""
    PROFESSIONAL_BODY = "PROFESSIONAL_BODY"
    OMBUDSMAN = "OMBUDSMAN"


class FeedbackQuestion(StrEnum):
    """What people are asked of how it was for them, if they wish to say. Their answers are words in
    the vault; none of them is a condition of anything."""

    ENOUGH_INFORMATION = "ENOUGH_INFORMATION"
    FREE_TO_SAY_NO = "FREE_TO_SAY_NO"
    WELL_PREPARED = "WELL_PREPARED"
    KEPT_UPDATED = "KEPT_UPDATED"
    FELT_SAFE = "FELT_SAFE"
    LISTENED_TO = "LISTENED_TO"
    FACILITATOR_FAIR = "FACILITATOR_FAIR"
    QUESTIONS_ANSWERED = "QUESTIONS_ANSWERED"
    OTHER_UNDERSTOOD = "OTHER_UNDERSTOOD"
    UNDERSTOOD_THE_EFFECT = "UNDERSTOOD_THE_EFFECT"
    CHANGES_WHAT_THEY_DO = "CHANGES_WHAT_THEY_DO"
    OUTCOME_SATISFACTORY = "OUTCOME_SATISFACTORY"
    AGREEMENT_KEPT = "AGREEMENT_KEPT"
    COPES_BETTER = "COPES_BETTER"
    WOULD_RECOMMEND = "WOULD_RECOMMEND"
    WOULD_DO_AGAIN = "WOULD_DO_AGAIN"
    OVERALL = "OVERALL"
    ANYTHING_HARMFUL = "ANYTHING_HARMFUL"


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
