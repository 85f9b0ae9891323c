"""Who works in the service, what they are trained for and what they do, as codes."""

from __future__ import annotations

from enum import StrEnum


class PractitionerKind(StrEnum):
    """Who a member of staff works as (the user's own list first)."""

    POLICE_OFFICER = "POLICE_OFFICER"
    PCSO = "PCSO"
    COMMUNITY_WARDEN = "COMMUNITY_WARDEN"
    PARTNER_AGENCY_STAFF = "PARTNER_AGENCY_STAFF"
    PROBATION_PRACTITIONER = "PROBATION_PRACTITIONER"
    PRISON_STAFF = "PRISON_STAFF"
    YOUTH_JUSTICE_WORKER = "YOUTH_JUSTICE_WORKER"
    VLO = "VLO"
    SOCIAL_WORKER = "SOCIAL_WORKER"
    HOUSING_OFFICER = "HOUSING_OFFICER"
    WITNESS_CARE_UNIT = "WITNESS_CARE_UNIT"
    FACILITATOR = "FACILITATOR"
    SERVICE_STAFF = "SERVICE_STAFF"
    SYSTEM = "SYSTEM"


class StaffRole(StrEnum):
    """What a practitioner may do in the service; `domain/permissions.py` has the table."""

    INTAKE = "INTAKE"
    CASE_WORKER = "CASE_WORKER"
    FACILITATOR = "FACILITATOR"
    SPECIALIST = "SPECIALIST"
    SUPERVISOR = "SUPERVISOR"
    SERVICE_MANAGER = "SERVICE_MANAGER"
    AUDITOR = "AUDITOR"
    DATA_PROTECTION_OFFICER = "DATA_PROTECTION_OFFICER"
    ADMINISTRATOR = "ADMINISTRATOR"


class Level(StrEnum):
    """Facilitator levels of the practitioner register."""

    FOUNDATION = "FOUNDATION"
    INTERMEDIATE = "INTERMEDIATE"
    ADVANCED = "ADVANCED"


class Credential(StrEnum):
    """What somebody is trained or endorsed for."""

    AWARENESS = "AWARENESS"
    LOCAL_RESOLUTION = "LOCAL_RESOLUTION"
    FACILITATION_FOUNDATION = "FACILITATION_FOUNDATION"
    FACILITATION_INTERMEDIATE = "FACILITATION_INTERMEDIATE"
    FACILITATION_ADVANCED = "FACILITATION_ADVANCED"
    ACCREDITED_PRACTITIONER = "ACCREDITED_PRACTITIONER"
    POLICE_LEVEL_1 = "POLICE_LEVEL_1"
    POLICE_LEVEL_2 = "POLICE_LEVEL_2"
    SUPERVISION = "SUPERVISION"
    SPECIALIST_DA = "SPECIALIST_DA"
    SPECIALIST_SEXUAL_HARM = "SPECIALIST_SEXUAL_HARM"
    YOUTH_RJ = "YOUTH_RJ"
    HOMICIDE = "HOMICIDE"


ENDORSEMENTS = frozenset(
    {
        Credential.SPECIALIST_DA,
        Credential.SPECIALIST_SEXUAL_HARM,
        Credential.YOUTH_RJ,
        Credential.HOMICIDE,
    }
)


class Act(StrEnum):
    """The kinds of act that training and permission are asked for, each on its day."""

    INFORM = "INFORM"
    LOCAL_RESOLUTION = "LOCAL_RESOLUTION"
    FACILITATE = "FACILITATE"
    SUPERVISE = "SUPERVISE"
    PROTECT = "PROTECT"
    FINISH_FOLLOW_UP = "FINISH_FOLLOW_UP"
    BY_THE_SERVICE = "BY_THE_SERVICE"
    """What the service does by itself: nobody else may."""
    DECIDE_HANDLING = "DECIDE_HANDLING"
    DECIDE_ON_DATA = "DECIDE_ON_DATA"
    """Whether data are erased, or kept and not used: the data-protection officer's alone."""
    REPORT_DATA = "REPORT_DATA"
    """Putting on record that somebody asks about their data, or that data are in wrong hands."""
    DECIDE_DATA = "DECIDE_DATA"
    """Keeping the register of such requests: the data-protection officer's alone."""
    AUDIT = "AUDIT"
    """To look at a case that was drawn, and say what was found."""
    KEEP_REGISTER = "KEEP_REGISTER"
    ASK_SPECIALIST = "ASK_SPECIALIST"
    ANSWER_AS_SPECIALIST = "ANSWER_AS_SPECIALIST"
    ARRANGE_ABSENCE = "ARRANGE_ABSENCE"
    """To say when somebody is away and who covers: themselves, or a supervisor of theirs."""
    CLOCK = "CLOCK"
