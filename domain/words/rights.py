"""What people may ask about what is kept of them, breaches of it, and others who ask for it."""

from __future__ import annotations

from enum import StrEnum


class DossierKind(StrEnum):
    """What an entry of the data-protection register is about."""

    RIGHTS_REQUEST_MADE = "RIGHTS_REQUEST_MADE"
    DATA_BREACH = "DATA_BREACH"
    NOTES_REQUEST = "NOTES_REQUEST"


class Right(StrEnum):
    """Which right is used (Data Protection Act 2018 ss.45-47; UK GDPR Articles 15-18 and 21)."""

    ACCESS = "ACCESS"
    RECTIFICATION = "RECTIFICATION"
    ERASURE_OF_DATA = "ERASURE_OF_DATA"
    RESTRICTION_OF_USE = "RESTRICTION_OF_USE"
    OBJECTION = "OBJECTION"
    LIFTING_OF_RESTRICTION = "LIFTING_OF_RESTRICTION"
    """That data that are kept and not used are used again (UK GDPR Article 18(3))."""


class Capacity(StrEnum):
    """In which capacity somebody asks."""

    FOR_THEMSELVES = "FOR_THEMSELVES"
    PARENT_FOR_CHILD = "PARENT_FOR_CHILD"
    WITH_AUTHORITY = "WITH_AUTHORITY"
    POWER_OF_ATTORNEY = "POWER_OF_ATTORNEY"
    SERVICE_ITSELF = "SERVICE_ITSELF"
    """Nobody asks: what their data were kept from use for is over."""


class AskedBack(StrEnum):
    """What the service needs of whoever asked, before it can answer."""

    WHO_THEY_ARE = "WHO_THEY_ARE"
    WHICH_DATA = "WHICH_DATA"


class RightsDecision(StrEnum):
    """What the data-protection officer decides on a request."""

    WHOLLY_GRANTED = "WHOLLY_GRANTED"
    PARTLY_GRANTED = "PARTLY_GRANTED"
    NOT_GRANTED = "NOT_GRANTED"
    RESTRICTED_INSTEAD = "RESTRICTED_INSTEAD"
    NOTHING_HELD = "NOTHING_HELD"


class RightsGround(StrEnum):
    """On which ground something is not granted, or not in full."""

    UNFOUNDED_OR_EXCESSIVE = "UNFOUNDED_OR_EXCESSIVE"
    NOT_IDENTIFIED = "NOT_IDENTIFIED"
    RIGHTS_OF_OTHERS = "RIGHTS_OF_OTHERS"
    SERIOUS_HARM = "SERIOUS_HARM"
    INVESTIGATION = "INVESTIGATION"
    LEGAL_PRIVILEGE = "LEGAL_PRIVILEGE"
    KEPT_AS_EVIDENCE = "KEPT_AS_EVIDENCE"
    NEEDED_FOR_A_CLAIM = "NEEDED_FOR_A_CLAIM"
    LEGAL_DUTY_TO_KEEP = "LEGAL_DUTY_TO_KEEP"
    TASK_IN_PUBLIC_INTEREST = "TASK_IN_PUBLIC_INTEREST"
    ACCURATE_AS_IT_IS = "ACCURATE_AS_IT_IS"
    ACCURACY_NOT_PROVABLE = "ACCURACY_NOT_PROVABLE"
    NOT_NECESSARY = "NOT_NECESSARY"
    NOT_PROPORTIONATE = "NOT_PROPORTIONATE"


class Handed(StrEnum):
    """What is done with an item in which others are, too."""

    GIVE = "GIVE"
    REDACT = "REDACT"
    WITHHOLD = "WITHHOLD"


class ItemGround(StrEnum):
    """Why an item in which others are, too, is given, redacted or withheld (Schedule 2 paragraph 16
    of the Data Protection Act 2018, and its s.45(4))."""

    OTHERS_CONSENT = "OTHERS_CONSENT"
    REASONABLE_WITHOUT = "REASONABLE_WITHOUT"
    KNOWN_TO_THEM = "KNOWN_TO_THEM"
    NOBODY_ELSE_IN_IT = "NOBODY_ELSE_IN_IT"
    OTHERS_RIGHTS = "OTHERS_RIGHTS"
    WOULD_HARM_SOMEBODY = "WOULD_HARM_SOMEBODY"
    WOULD_PREJUDICE = "WOULD_PREJUDICE"
    PRIVILEGED = "PRIVILEGED"
    ABOUT_OTHERS_ONLY = "ABOUT_OTHERS_ONLY"


FOR_GIVING = frozenset(
    {
        ItemGround.OTHERS_CONSENT,
        ItemGround.REASONABLE_WITHOUT,
        ItemGround.KNOWN_TO_THEM,
        ItemGround.NOBODY_ELSE_IN_IT,
    }
)
"""The grounds on which a mixed item may be given as it is; the others keep it, or some of it."""


class BreachKind(StrEnum):
    """What happened to personal data."""

    SEEN_OR_SENT = "SEEN_OR_SENT"
    CHANGED = "CHANGED"
    LOST = "LOST"


class BreachRisk(StrEnum):
    """What a breach means for the people whose data they are."""

    RISK_UNLIKELY = "RISK_UNLIKELY"
    RISK_LIKELY = "RISK_LIKELY"
    HIGH_RISK = "HIGH_RISK"


class NotTold(StrEnum):
    """Why people at high risk are not told of a breach one by one (UK GDPR Article 34(3); Data
    Protection Act 2018 s.68(3) and (7))."""

    DATA_UNREADABLE = "DATA_UNREADABLE"
    RISK_AVERTED = "RISK_AVERTED"
    TOLD_PUBLICLY = "TOLD_PUBLICLY"
    WOULD_PREJUDICE_TELLING = "WOULD_PREJUDICE_TELLING"


class PrivacyForm(StrEnum):
    """How somebody was given the information on what is kept of them, and why."""

    IN_WRITING = "IN_WRITING"
    READ_OUT = "READ_OUT"
    EASY_READ = "EASY_READ"
    TRANSLATED = "TRANSLATED"
    THROUGH_THEIR_ADULT = "THROUGH_THEIR_ADULT"


class ToldOfCorrection(StrEnum):
    """What became of telling somebody who had been given a wrong fact."""

    TOLD_CORRECTED = "TOLD_CORRECTED"
    CANNOT_BE_TOLD = "CANNOT_BE_TOLD"
