"""Who people are in a case, and how they are reached, as codes."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """Data-subject category (Data Protection Act 2018 s.38(3)), derived, never typed."""

    SUSPECT = "SUSPECT"
    CONVICTED = "CONVICTED"
    VICTIM = "VICTIM"
    WITNESS_OR_OTHER = "WITNESS_OR_OTHER"


class Role(StrEnum):
    """What a person is in one case."""

    DIRECT_VICTIM = "DIRECT_VICTIM"
    CHILD_VICTIM = "CHILD_VICTIM"
    BEREAVED_CLOSE_FAMILY = "BEREAVED_CLOSE_FAMILY"
    WITNESSING_VICTIM = "WITNESSING_VICTIM"
    CHILD_IN_DA_HOUSEHOLD = "CHILD_IN_DA_HOUSEHOLD"
    CORPORATE_VICTIM_REP = "CORPORATE_VICTIM_REP"
    INDIRECT_VICTIM = "INDIRECT_VICTIM"
    PROXY_VICTIM = "PROXY_VICTIM"
    OFFENDER = "OFFENDER"
    CO_OFFENDER = "CO_OFFENDER"
    CHILD_OFFENDER = "CHILD_OFFENDER"
    PROXY_OFFENDER = "PROXY_OFFENDER"
    SUPPORTER_OF_VICTIM = "SUPPORTER_OF_VICTIM"
    SUPPORTER_OF_OFFENDER = "SUPPORTER_OF_OFFENDER"
    SUITABLE_ADULT = "SUITABLE_ADULT"
    PARENT_OR_GUARDIAN_OF_VICTIM = "PARENT_OR_GUARDIAN_OF_VICTIM"
    PARENT_OR_GUARDIAN_OF_OFFENDER = "PARENT_OR_GUARDIAN_OF_OFFENDER"
    ADVOCATE = "ADVOCATE"
    IDVA = "IDVA"
    ISVA = "ISVA"
    LEGAL_ADVISER = "LEGAL_ADVISER"
    INTERPRETER = "INTERPRETER"
    INTERMEDIARY = "INTERMEDIARY"
    COMMUNITY_MEMBER = "COMMUNITY_MEMBER"
    OBSERVER = "OBSERVER"
    OFFICER_IN_THE_CASE = "OFFICER_IN_THE_CASE"
    PROBATION_PRACTITIONER = "PROBATION_PRACTITIONER"
    PRISON_OFFENDER_MANAGER = "PRISON_OFFENDER_MANAGER"
    PRISON_RJ_LEAD = "PRISON_RJ_LEAD"
    VLO = "VLO"
    YOUTH_JUSTICE_CASE_MANAGER = "YOUTH_JUSTICE_CASE_MANAGER"
    SOCIAL_WORKER = "SOCIAL_WORKER"
    HOUSING_OFFICER = "HOUSING_OFFICER"
    WITNESS_CARE_UNIT = "WITNESS_CARE_UNIT"


VICTIM_ROLES = frozenset(
    {
        Role.DIRECT_VICTIM,
        Role.CHILD_VICTIM,
        Role.BEREAVED_CLOSE_FAMILY,
        Role.WITNESSING_VICTIM,
        Role.CHILD_IN_DA_HOUSEHOLD,
        Role.CORPORATE_VICTIM_REP,
        Role.INDIRECT_VICTIM,
    }
)
OFFENDER_ROLES = frozenset({Role.OFFENDER, Role.CO_OFFENDER, Role.CHILD_OFFENDER})
CHILD_ROLES = frozenset({Role.CHILD_VICTIM, Role.CHILD_OFFENDER, Role.CHILD_IN_DA_HOUSEHOLD})

STAND_INS = frozenset({Role.PROXY_VICTIM, Role.PROXY_OFFENDER})
"""Stand-ins: one of a pair of their own, and no victim or offender of this matter."""

SAYS_TOO_MUCH = {
    Role.IDVA: Role.ADVOCATE,
    Role.ISVA: Role.ADVOCATE,
    Role.CHILD_IN_DA_HOUSEHOLD: Role.CHILD_VICTIM,
}
"""Roles that would say in the log what is behind the class of a case, and what stands there
instead: only earlier records have them. Which it is stands in the person's details."""
FOR_A_CHILD = frozenset(
    {
        Role.SUITABLE_ADULT,
        Role.PARENT_OR_GUARDIAN_OF_VICTIM,
        Role.PARENT_OR_GUARDIAN_OF_OFFENDER,
    }
)

THEIR_OWN_RIGHT = frozenset({Role.INTERPRETER, Role.INTERMEDIARY})
"""Who comes because somebody could not understand or speak without them: the other side is told,
and has no say in it."""


class ContactOutcome(StrEnum):
    """What became of an attempt to reach somebody. Never a choice."""

    SPOKE = "SPOKE"
    NO_RESPONSE = "NO_RESPONSE"
    WRONG_DETAILS = "WRONG_DETAILS"
    REACHED_NOT_DISCUSSED = "REACHED_NOT_DISCUSSED"
    MESSAGE_LEFT = "MESSAGE_LEFT"
    RETURNED_MAIL = "RETURNED_MAIL"
    THIRD_PARTY_ANSWERED = "THIRD_PARTY_ANSWERED"
    CONTACT_UNSAFE = "CONTACT_UNSAFE"


class Channel(StrEnum):
    """How people were in touch."""

    IN_PERSON = "IN_PERSON"
    TELEPHONE = "TELEPHONE"
    VIDEO = "VIDEO"
    LETTER = "LETTER"
    EMAIL = "EMAIL"
    TEXT_MESSAGE = "TEXT_MESSAGE"
    THROUGH_AGENCY = "THROUGH_AGENCY"


class Identified(StrEnum):
    """How it was made sure that somebody is who they say."""

    DETAILS_ASKED = "DETAILS_ASKED"
    RUNG_BACK = "RUNG_BACK"
    AGREED_WORD = "AGREED_WORD"
    DOCUMENT_SEEN = "DOCUMENT_SEEN"
    KNOWN_TO_STAFF = "KNOWN_TO_STAFF"


class ContactBy(StrEnum):
    """Who may be in touch with somebody, as they said when their details were asked for."""

    NOT_SAID = "NOT_SAID"
    SERVICE = "SERVICE"
    REFERRER_ONLY = "REFERRER_ONLY"


class FutureOffers(StrEnum):
    """A wish about contact, not a consent to anything."""

    WANTED = "WANTED"
    REFUSED = "REFUSED"
    NOT_SAID = "NOT_SAID"


class Wish(StrEnum):
    """Wishes, which are not consents."""

    BE_TOLD_OUTCOME = "BE_TOLD_OUTCOME"
    NOT_BE_TOLD = "NOT_BE_TOLD"
    AGREEMENT_PROGRESS = "AGREEMENT_PROGRESS"
    WHY_MAY_BE_TOLD = "WHY_MAY_BE_TOLD"


class Told(StrEnum):
    """What a person was told at the end, in the words of the file of sentences."""

    TOLD_IT_ENDED = "TOLD_IT_ENDED"
    TOLD_NOT_GOING_AHEAD = "TOLD_NOT_GOING_AHEAD"
    TOLD_WHY = "TOLD_WHY"
    NOT_TOLD_BY_WISH = "NOT_TOLD_BY_WISH"
    NOT_REACHED = "NOT_REACHED"


class EnhancedGround(StrEnum):
    """Why a victim has enhanced rights under the Victims' Code.

    That somebody is vulnerable or intimidated, and how, is in the vault: here it says only so.
    """

    MOST_SERIOUS_CRIME = "MOST_SERIOUS_CRIME"
    PERSISTENTLY_TARGETED = "PERSISTENTLY_TARGETED"
    UNDER_18 = "UNDER_18"
    IN_THE_VAULT = "IN_THE_VAULT"
