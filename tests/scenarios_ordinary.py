"""The ordinary paths by their numbers, and what belongs to each besides."""

from __future__ import annotations

from tests.paths_choosing import DECLINED, NO_ANSWER, OFFENDER_ASKS
from tests.paths_coming import ON_THE_STREET, RETURNED
from tests.paths_passing import FACE_TO_FACE, LETTER, SHUTTLE, WRITTEN
from tests.steps import Path, Scenario, ended, offender, referred, step, victim
from tests.steps_sensitive import specialist_class

ATTEMPT = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}

STRAIGHT = Scenario(1, FACE_TO_FACE, "Straight face-to-face")
IN_WRITING = Scenario(2, WRITTEN, "Questions answered in writing")
FULL_CUSTODY = Scenario(3, LETTER, "Letter, full custody chain")
OF_QUESTIONS = Scenario(4, SHUTTLE, "Shuttle of questions")
DOOR_OPEN = Scenario(5, DECLINED, "Victim declines, door open")

NO_CONTACT = Scenario(
    6,
    Path(
        "Victim asks not to be contacted",
        (
            *referred(victim(), offender(1), offender(2)),
            step("intake", "stop_contact", party="V1", asked_by="V1"),
            step("worker", "record_contact_attempt", **ATTEMPT,
                 refused="nobody_who_asked_not_to_be_contacted_is_contacted"),
            step("worker", "make_offer", thread="V1-O2", party="V1",
                 refused="nobody_who_asked_not_to_be_contacted_is_contacted"),
            step("supervisor", "record_required_contact", party="V1", ground="SAFETY",
                 channel="TELEPHONE", reasons="A threat was made; plainly invented."),
            step("worker", "allow_contact", party="V1",
                 refused="only_the_person_lifts_their_own_wish"),
            ended("VICTIM_NO_FURTHER_CONTACT", told="NOT_TOLD_BY_WISH", who="worker"),
            ended("VICTIM_NO_FURTHER_CONTACT", thread="V1-O2", told="NOT_TOLD_BY_WISH",
                  who="worker"),
            step("worker", "make_later_offer", thread="V1-O1", party="V1", kind="HISTORIC_OFFER",
                 refused="nobody_who_asked_not_to_be_contacted_is_contacted"),
        ),
        stage="ENDED",
        ended={"V1-O1": "VICTIM_NO_FURTHER_CONTACT", "V1-O2": "VICTIM_NO_FURTHER_CONTACT"},
        then=(lambda case: case.party("V1").last_contact is not None,),
    ),
)  # fmt: skip

NOT_REACHED = Scenario(7, NO_ANSWER, "No answer")
FROM_PRISON = Scenario(8, OFFENDER_ASKS, "Self-referral by offender in prison")

HELD_FOR_HER = Scenario(
    8,
    Path(
        "Self-referral by offender in prison, of domestic abuse: no approach but by two people",
        (
            *referred(victim(), offender(stage="CUSTODY"), source="OFFENDER_SELF",
                      initiator="OFFENDER_INITIATED", inform=False, asked_by="O1"),
            specialist_class("SPECIALIST_DA", held=True),
            step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"),
            step("worker", "make_offer", thread="V1-O1", party="V1",
                 refused="an_offenders_wish_is_held"),
            step("advanced", "propose_approach", thread="V1-O1"),
            step("supervisor", "decide_approach", thread="V1-O1", allowed=True,
                 reasons="Invented.", refused="nobody_decides_their_own_proposal"),
            step("trainer", "decide_approach", thread="V1-O1", allowed=False,
                 reasons="Invented."),
            step("worker", "give_information", party="V1", channel="THROUGH_AGENCY",
                 refused="an_offenders_wish_is_held"),
        ),
        stage="REFERRED",
        choices={"V1-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED")},
    ),
)  # fmt: skip

RINGS = Scenario(
    9,
    Path(
        "A victim rings",
        (
            step("intake", "refer", source="VICTIM_SELF", initiator="VICTIM_INITIATED",
                 asked_by="VICTIM_SELF",
                 parties=[victim(), offender(identified=False, stage="SENTENCE_EXPIRED")]),
            step("intake", "record_call", party="V1", identified="DETAILS_ASKED"),
            step("intake", "give_information", party="V1", channel="TELEPHONE"),
            step("intake", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
        ),
        stage="EXPLORING",
        choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
        waits=frozenset({"facilitators_meeting", "acknowledge"}),
    ),
)  # fmt: skip

NOT_IDENTIFIED = Scenario(
    9,
    Path(
        "A caller who cannot be identified hears only what anybody may",
        (step("intake", "record_unidentified_call"),),
        stage="ENDED",
    ),
)

PUT_RIGHT = Scenario(10, ON_THE_STREET, "On the street")
HOUSEHOLD = {**ON_THE_STREET.steps[0].given, "sensitive": True}

LIVING_TOGETHER = Scenario(
    10,
    Path(
        "On the street, but the two live together: not resolved there, and on record as a breach",
        (
            step("worker", "record_local_resolution", **HOUSEHOLD,
                 refused="a_local_resolution_is_for_crimes_that_are_not_sensitive"),
            step("worker", "record_local_resolution", **HOUSEHOLD, happened=True),
        ),
        stage="EMPTY",
        waits=frozenset({"task"}),
    ),
)  # fmt: skip

CAME_BACK = Scenario(39, RETURNED, "Declined; returns after 3 years")
