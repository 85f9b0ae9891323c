"""What is decided about somebody's personal data, and on what ground, as codes."""

from __future__ import annotations

from enum import StrEnum


class DataStep(StrEnum):
    """What may be proposed to be done with somebody's data; somebody else decides on it."""

    ERASE = "ERASE"
    """Everything of theirs, that by which they are found again included."""
    REMOVE_STORY = "REMOVE_STORY"
    """What was said and written; they are found again, unless they refused later offers."""
    LIFT_RESTRICTION = "LIFT_RESTRICTION"


class ErasureGround(StrEnum):
    """Why data are erased (UK GDPR art. 17(1); Data Protection Act 2018 ss.39, 47(1))."""

    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    OBJECTION_UPHELD = "OBJECTION_UPHELD"
    NOT_LAWFUL = "NOT_LAWFUL"
    LEGAL_DUTY = "LEGAL_DUTY"
    RETENTION_ENDED = "RETENTION_ENDED"


class KeepingGround(StrEnum):
    """Why erasure is refused, or something is kept longer (UK GDPR art. 17(3); DPA 2018 s.47)."""

    LEGAL_DUTY = "LEGAL_DUTY"
    PUBLIC_TASK = "PUBLIC_TASK"
    LEGAL_CLAIM = "LEGAL_CLAIM"
    OTHERS_RECORD = "OTHERS_RECORD"
    """It is somebody else's record, who is entitled to it."""
    SAFEGUARDING = "SAFEGUARDING"
    STILL_NEEDED = "STILL_NEEDED"
    THEY_WISH_IT = "THEY_WISH_IT"
    NOT_ABOUT_THEM = "NOT_ABOUT_THEM"


class RestrictionGround(StrEnum):
    """Why data are kept and not used (UK GDPR art. 18(1); DPA 2018 ss.46(4), 47(2), 47(3))."""

    EVIDENCE = "EVIDENCE"
    ACCURACY_CONTESTED = "ACCURACY_CONTESTED"
    LEGAL_CLAIM = "LEGAL_CLAIM"
    NOT_LAWFUL_BUT_WANTED = "NOT_LAWFUL_BUT_WANTED"
    """It should be erased, and they would rather have it kept and not used."""
    OBJECTION_PENDING = "OBJECTION_PENDING"


class Authority(StrEnum):
    """At whose word data are kept and not used."""

    POLICE = "POLICE"
    PROSECUTION = "PROSECUTION"
    COURT = "COURT"
    CORONER = "CORONER"
    COMMISSIONER = "COMMISSIONER"
    """The Information Commissioner."""
    THEMSELVES = "THEMSELVES"
    CONTROLLER = "CONTROLLER"


class Extent(StrEnum):
    """How much of somebody's data is destroyed."""

    ALL = "ALL"
    STORY = "STORY"


class WordsStay(StrEnum):
    """Why the words of an entry of the data-protection register stay when somebody whom it is about
    is erased in all their cases."""

    STILL_OPEN = "STILL_OPEN"
    """Something of it is still to be done or answered."""
    WITHIN_ITS_TIME = "WITHIN_ITS_TIME"
    """They prove what was done, until their time is over."""
    TIME_IS_OVER = "TIME_IS_OVER"
    """It is to be looked at whether they are needed: that is decided of the entry by itself."""


class Stays(StrEnum):
    """Why somebody's data stay in one of their cases, when all of theirs are decided on at once."""

    KEPT_FROM_USE = "KEPT_FROM_USE"
    """They are kept and not used at somebody's word, as evidence: that is lifted first."""
    NOT_KEPT_FROM_USE = "NOT_KEPT_FROM_USE"
    """There is no restriction to lift."""
    ANOTHER_RESTRICTION = "ANOTHER_RESTRICTION"
    """They are kept on another ground, or at another's word, than the one that is lifted."""
    OFFICER_HAD_A_PART = "OFFICER_HAD_A_PART"
    """Whoever decides worked on that case: somebody else decides there."""
    GONE = "GONE"
    """They are being erased, or were, and nothing came since."""
    LEFT_OUT = "LEFT_OUT"
    """Whoever decides leaves this case out: it is decided there by itself."""
