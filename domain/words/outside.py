"""Who there is besides the service, and what passes to them about a person, as codes."""

from __future__ import annotations

from enum import StrEnum


class PartnerService(StrEnum):
    """Services that work with the people of a case for reasons of their own."""

    MEDIATION_SERVICE = "MEDIATION_SERVICE"
    YOUTH_JUSTICE_SERVICE = "YOUTH_JUSTICE_SERVICE"
    VICTIM_SUPPORT_SERVICE = "VICTIM_SUPPORT_SERVICE"
    IDVA_ISVA = "IDVA_ISVA"
    HOMICIDE_SERVICE = "HOMICIDE_SERVICE"
    PROBATION = "PROBATION"
    PRISON = "PRISON"
    HEALTH = "HEALTH"
    HOUSING = "HOUSING"
    CRIMINAL_JUSTICE_PANEL = "CRIMINAL_JUSTICE_PANEL"
    CONTACT_POINT = "CONTACT_POINT"


class Recipient(StrEnum):
    """To whom something is passed on without the person's agreement, because it has to be."""

    POLICE = "POLICE"
    EMERGENCY_SERVICES = "EMERGENCY_SERVICES"
    CHILDRENS_SOCIAL_CARE = "CHILDRENS_SOCIAL_CARE"
    ADULT_SOCIAL_CARE = "ADULT_SOCIAL_CARE"
    HEALTH = "HEALTH"
    PROBATION = "PROBATION"
    PRISON = "PRISON"
    YOUTH_JUSTICE_SERVICE = "YOUTH_JUSTICE_SERVICE"
    SCHOOL = "SCHOOL"
    COURT_OR_PROSECUTOR = "COURT_OR_PROSECUTOR"
    DEFENCE = "DEFENCE"
    ANOTHER_BODY = "ANOTHER_BODY"
    SOMEBODY_IN_DANGER = "SOMEBODY_IN_DANGER"


class Ground(StrEnum):
    """Why something is passed on although nobody agreed to it: there are no others."""

    SAFEGUARDING = "SAFEGUARDING"
    DANGER = "DANGER"
    SERIOUS_CRIME = "SERIOUS_CRIME"
    REQUIRED_BY_LAW = "REQUIRED_BY_LAW"
    REQUEST_FOR_NOTES = "REQUEST_FOR_NOTES"
    """As the data-protection officer decided on a request: necessary, and proportionate."""


class Passed(StrEnum):
    """What was passed on, by kind: never the words themselves."""

    NAME = "NAME"
    CONTACT_DETAILS = "CONTACT_DETAILS"
    WHEREABOUTS = "WHEREABOUTS"
    OFFENCE = "OFFENCE"
    NEEDS = "NEEDS"
    HEALTH = "HEALTH"
    RISK = "RISK"
    WHAT_WAS_SAID = "WHAT_WAS_SAID"
    CHILD_AT_RISK = "CHILD_AT_RISK"
    ADULT_AT_RISK = "ADULT_AT_RISK"
    THREAT = "THREAT"
    FURTHER_OFFENCE = "FURTHER_OFFENCE"
    TAKES_PART = "TAKES_PART"


class PanelPart(StrEnum):
    """How a victim may wish to be part of the work of a criminal justice panel."""

    ATTEND = "ATTEND"
    STATEMENT = "STATEMENT"
    BE_TOLD = "BE_TOLD"


class OnwardState(StrEnum):
    """How far a referral to a partner service is."""

    ASKED = "ASKED"
    ACCEPTED = "ACCEPTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    TAKEN_BACK = "TAKEN_BACK"
    OVER = "OVER"


class OnwardResult(StrEnum):
    """What became of a referral, as the partner service told it back."""

    COMPLETED = "COMPLETED"
    ENDED_EARLY = "ENDED_EARLY"
    NOT_TAKEN_UP = "NOT_TAKEN_UP"
    NO_PLACE = "NO_PLACE"
