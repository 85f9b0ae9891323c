"""What passes between people, and how far it has come, as codes."""

from __future__ import annotations

from enum import StrEnum


class InterventionType(StrEnum):
    """The restorative interventions of this service; `domain/interventions.py` describes each."""

    FACE_TO_FACE = "FACE_TO_FACE"
    WRITTEN_COMMUNICATION = "WRITTEN_COMMUNICATION"
    SHUTTLE = "SHUTTLE"
    LOCAL_RESOLUTION = "LOCAL_RESOLUTION"
    PROXY_MEETING = "PROXY_MEETING"
    FAMILY_GROUP_CONFERENCE = "FAMILY_GROUP_CONFERENCE"
    CIRCLE = "CIRCLE"
    COMMUNITY_CONFERENCE = "COMMUNITY_CONFERENCE"
    YOUTH_PANEL_ATTENDANCE = "YOUTH_PANEL_ATTENDANCE"
    OTHER_INDIRECT = "OTHER_INDIRECT"


class Family(StrEnum):
    """What kind of thing is done. The first two are restorative justice between the two people of
    the matter themselves; everything else is counted apart."""

    DIRECT = "DIRECT"
    INDIRECT = "INDIRECT"
    WITH_STAND_IN = "WITH_STAND_IN"
    ON_THE_SPOT = "ON_THE_SPOT"
    WITH_ONE_ALONE = "WITH_ONE_ALONE"
    REPARATIVE = "REPARATIVE"


class InterventionState(StrEnum):
    """How far an intervention has come. Only completed ones count as held."""

    PLANNED = "PLANNED"
    READY = "READY"
    STARTED = "STARTED"
    ON_BREAK = "ON_BREAK"
    STOPPED_BY_PARTICIPANT = "STOPPED_BY_PARTICIPANT"
    STOPPED_BY_FACILITATOR = "STOPPED_BY_FACILITATOR"
    POSTPONED = "POSTPONED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class QuestionState(StrEnum):
    """What became of a question."""

    GATHERED = "GATHERED"
    PUT = "PUT"
    ANSWER_IN_REVIEW = "ANSWER_IN_REVIEW"
    BACK_WITH_AUTHOR = "BACK_WITH_AUTHOR"
    ANSWER_HELD = "ANSWER_HELD"
    ANSWER_GIVEN = "ANSWER_GIVEN"
    NOT_ANSWERED = "NOT_ANSWERED"
    NOT_PUT = "NOT_PUT"
    WITHDRAWN = "WITHDRAWN"


class NotPut(StrEnum):
    """Why a question was not put, as its asker was told."""

    WOULD_HARM = "WOULD_HARM"
    OUTSIDE_WHAT_IS_AGREED = "OUTSIDE_WHAT_IS_AGREED"
    ANSWERED_OTHERWISE = "ANSWERED_OTHERWISE"
    NO_EXCHANGE = "NO_EXCHANGE"


class LetterState(StrEnum):
    """Where a letter is in its custody."""

    DRAFTED = "DRAFTED"
    BACK_WITH_AUTHOR = "BACK_WITH_AUTHOR"
    HELD = "HELD"
    DELIVERED = "DELIVERED"
    HELD_FOR_RECIPIENT = "HELD_FOR_RECIPIENT"
    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"


class LetterWish(StrEnum):
    """What the one it now belongs to wants done with a letter."""

    KEEP = "KEEP"
    HOLD_FOR_ME = "HOLD_FOR_ME"
    HAND_BACK = "HAND_BACK"
    DESTROY = "DESTROY"


class LetterOnDeath(StrEnum):
    """What the one a letter belongs to wishes to be done with it, should they die."""

    GIVE = "GIVE"
    HAND_BACK = "HAND_BACK"
    DESTROY = "DESTROY"


class MessageState(StrEnum):
    """Where a message of a shuttle exchange is."""

    AGREED = "AGREED"
    CARRIED = "CARRIED"
    TAKEN_BACK = "TAKEN_BACK"


class ItemState(StrEnum):
    """What became of one thing that was proposed or agreed. What is proposed binds nobody."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    PARTLY_COMPLETED = "PARTLY_COMPLETED"
    NOT_COMPLETED = "NOT_COMPLETED"
    VARIED = "VARIED"
    RELEASED_BY_VICTIM = "RELEASED_BY_VICTIM"
    LAPSED = "LAPSED"


class ItemKind(StrEnum):
    """What was agreed."""

    APOLOGY = "APOLOGY"
    EXPLANATION = "EXPLANATION"
    LETTER_TO_FOLLOW = "LETTER_TO_FOLLOW"
    MONEY = "MONEY"
    REPAIR_OR_RETURN = "REPAIR_OR_RETURN"
    WORK_FOR_VICTIM = "WORK_FOR_VICTIM"
    WORK_FOR_COMMUNITY = "WORK_FOR_COMMUNITY"
    CHARITABLE_ACT = "CHARITABLE_ACT"
    UNDERTAKING = "UNDERTAKING"
    CONTACT_ARRANGEMENT = "CONTACT_ARRANGEMENT"
    EXCLUSION_OR_NO_CONTACT = "EXCLUSION_OR_NO_CONTACT"
    PROGRAMME = "PROGRAMME"
    PROGRESS_UPDATES = "PROGRESS_UPDATES"
    SUPPORTERS_UNDERTAKING = "SUPPORTERS_UNDERTAKING"


class CommunityRemedy(StrEnum):
    """The options of the county's community remedy, from which a local resolution may take what
    puts it right. Two of its thirteen, treatment and counselling, are one code here, which says
    nothing of anybody's health: which of them it is stands in the words."""

    APOLOGY_IN_PERSON = "APOLOGY_IN_PERSON"
    WRITTEN_APOLOGY = "WRITTEN_APOLOGY"
    PAY_FOR_DAMAGE = "PAY_FOR_DAMAGE"
    REPAIR_DAMAGE = "REPAIR_DAMAGE"
    WRITTEN_ASSIGNMENT = "WRITTEN_ASSIGNMENT"
    TENANCY_ENFORCEMENT = "TENANCY_ENFORCEMENT"
    ACCEPTABLE_BEHAVIOUR_CONTRACT = "ACCEPTABLE_BEHAVIOUR_CONTRACT"
    PARENTING_CONTRACT = "PARENTING_CONTRACT"
    STRUCTURED_ACTIVITY = "STRUCTURED_ACTIVITY"
    HELP_FOR_THEMSELVES = "HELP_FOR_THEMSELVES"
    MEDIATION = "MEDIATION"
    SHUTTLE_CONFERENCE = "SHUTTLE_CONFERENCE"


class NotDone(StrEnum):
    """Why something that was agreed was not done, as far as it is known. It has no consequence by
    itself."""

    CHOSE_NOT_TO = "CHOSE_NOT_TO"
    WAS_NOT_ABLE_TO = "WAS_NOT_ABLE_TO"
    CIRCUMSTANCES_CHANGED = "CIRCUMSTANCES_CHANGED"
    NOT_KNOWN = "NOT_KNOWN"
