"""What people choose, accept and agree to, and what it rests on, as codes."""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """What one person chose for one pair. No answer is none of these."""

    NOT_YET_OFFERED = "NOT_YET_OFFERED"
    INFORMATION_GIVEN = "INFORMATION_GIVEN"
    EXPLORING = "EXPLORING"
    CONSIDERING = "CONSIDERING"
    DEFERRED = "DEFERRED"
    CONSENTED = "CONSENTED"
    PAUSED = "PAUSED"
    DECLINED_THIS_OFFER = "DECLINED_THIS_OFFER"
    DECLINED_NO_FURTHER_CONTACT = "DECLINED_NO_FURTHER_CONTACT"
    WITHDRAWN = "WITHDRAWN"


class Scope(StrEnum):
    """What a written consent covers. Each is asked for and given on its own."""

    SHARE_WITH_OTHER_PARTY = "SHARE_WITH_OTHER_PARTY"
    QUESTIONS_IN_WRITING = "QUESTIONS_IN_WRITING"
    INDIRECT_LETTER_SEND = "INDIRECT_LETTER_SEND"
    INDIRECT_LETTER_RECEIVE = "INDIRECT_LETTER_RECEIVE"
    SHUTTLE = "SHUTTLE"
    VIDEO_OR_AUDIO = "VIDEO_OR_AUDIO"
    FACE_TO_FACE = "FACE_TO_FACE"
    SUPPORTERS_PRESENT = "SUPPORTERS_PRESENT"
    COMMUNITY_MEMBERS_PRESENT = "COMMUNITY_MEMBERS_PRESENT"
    OBSERVER_PRESENT = "OBSERVER_PRESENT"
    RECORDING = "RECORDING"
    OUTCOME_AGREEMENT = "OUTCOME_AGREEMENT"
    FOLLOW_UP = "FOLLOW_UP"
    FEEDBACK_SURVEY = "FEEDBACK_SURVEY"
    RESEARCH_OR_CASE_STUDY = "RESEARCH_OR_CASE_STUDY"


OWED_UNLESS_DECLINED = frozenset({Scope.FOLLOW_UP, Scope.FEEDBACK_SURVEY})
"""What the service owes or offers everybody once, and each may decline: earlier consents may name
it, and none is asked for it any more."""


class Preference(StrEnum):
    """What somebody may have a wish about, in how it is done."""

    FORM = "FORM"
    PLACE = "PLACE"
    TIME = "TIME"
    ORDER = "ORDER"
    COMPANY = "COMPANY"


class Form(StrEnum):
    """A lasting form that the person can check, with a copy that is theirs."""

    SIGNED_PAPER = "SIGNED_PAPER"
    ELECTRONIC_SIGNATURE = "ELECTRONIC_SIGNATURE"
    RECORDED_VOICE = "RECORDED_VOICE"
    MARK_BEFORE_WITNESS = "MARK_BEFORE_WITNESS"


class Withdrew(StrEnum):
    """How far things had come when somebody took their consent back."""

    BEFORE_START = "BEFORE_START"
    IN_PREPARATION = "IN_PREPARATION"
    DURING = "DURING"
    AFTER = "AFTER"


class WithdrawalCause(StrEnum):
    """Why somebody took their consent back, where they said so of themselves; nobody is asked."""

    NO_LONGER_WANTED = "NO_LONGER_WANTED"
    CIRCUMSTANCES_CHANGED = "CIRCUMSTANCES_CHANGED"
    WORRIED_FOR_SAFETY = "WORRIED_FOR_SAFETY"
    ABOUT_THE_OTHER_PERSON = "ABOUT_THE_OTHER_PERSON"
    ABOUT_THE_SERVICE = "ABOUT_THE_SERVICE"
    """How the service went about it, or how long that took."""
    ANOTHER_REASON = "ANOTHER_REASON"
    NO_REASON_GIVEN = "NO_REASON_GIVEN"
    """As good an answer as any, and what is recorded where nothing was said."""


class AdultView(StrEnum):
    """What a child's parent, guardian or other suitable adult says, kept apart from the child's."""

    YES = "YES"
    NO = "NO"
    NOT_WANTED_BY_CHILD = "NOT_WANTED_BY_CHILD"
    NOT_SUITABLE = "NOT_SUITABLE"


class ForChild(StrEnum):
    """What a supervisor may decide where a child says yes and their adult no: never to go ahead."""

    NOT_GOING_AHEAD = "NOT_GOING_AHEAD"
    ASK_LATER = "ASK_LATER"


class Explained(StrEnum):
    """What was gone through at a facilitator's meeting."""

    WHAT_IT_IS = "WHAT_IT_IS"
    ALL_OPTIONS = "ALL_OPTIONS"
    CAN_STOP_ANY_TIME = "CAN_STOP_ANY_TIME"
    CONFIDENTIALITY_AND_LIMITS = "CONFIDENTIALITY_AND_LIMITS"
    HOW_AGREEMENTS_ARE_MONITORED = "HOW_AGREEMENTS_ARE_MONITORED"
    LIKELY_OUTCOME = "LIKELY_OUTCOME"
    MEETS_A_STAND_IN = "MEETS_A_STAND_IN"


INFORMED = frozenset(
    {
        Explained.WHAT_IT_IS,
        Explained.ALL_OPTIONS,
        Explained.CAN_STOP_ANY_TIME,
        Explained.CONFIDENTIALITY_AND_LIMITS,
        Explained.HOW_AGREEMENTS_ARE_MONITORED,
    }
)
"""What an informed choice needs at least (Service Provider Code of Practice, A)."""


class Responsibility(StrEnum):
    """What the person responsible says of what was done. Only one of these opens the gate."""

    NOT_EXPLORED = "NOT_EXPLORED"
    DENIES = "DENIES"
    DISPUTES_MATERIAL_FACTS = "DISPUTES_MATERIAL_FACTS"
    ACCEPTS_BASIC_FACTS_PARTIAL = "ACCEPTS_BASIC_FACTS_PARTIAL"
    ACCEPTS_RESPONSIBILITY = "ACCEPTS_RESPONSIBILITY"
    WITHDREW_ACCEPTANCE = "WITHDREW_ACCEPTANCE"
    UNCLEAR_NEEDS_WORK = "UNCLEAR_NEEDS_WORK"
    UNABLE_TO_ASSESS = "UNABLE_TO_ASSESS"


class Evidence(StrEnum):
    """Where a finding on responsibility comes from."""

    POLICE_INTERVIEW = "POLICE_INTERVIEW"
    GUILTY_PLEA = "GUILTY_PLEA"
    CONVICTION_ONLY = "CONVICTION_ONLY"
    FACILITATOR_ASSESSMENT = "FACILITATOR_ASSESSMENT"
    WRITTEN_STATEMENT = "WRITTEN_STATEMENT"


class RiskDecision(StrEnum):
    """What the assessment of the process (not of reoffending) allows."""

    PROCEED_DIRECT = "PROCEED_DIRECT"
    PROCEED_INDIRECT_ONLY = "PROCEED_INDIRECT_ONLY"
    PROCEED_WITH_CONDITIONS = "PROCEED_WITH_CONDITIONS"
    DEFER_AND_REVIEW = "DEFER_AND_REVIEW"
    DO_NOT_PROCEED = "DO_NOT_PROCEED"
