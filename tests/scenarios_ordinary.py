"""The ordinary paths by their numbers, and what belongs to each besides."""

from __future__ import annotations

from domain.limits import Limits
from domain.waits import waits
from tests.paths_choosing import DECLINED, NO_ANSWER, OFFENDER_ASKS
from tests.paths_coming import ON_THE_STREET, RETURNED
from tests.paths_passing import FACE_TO_FACE, LETTER, SHUTTLE, WRITTEN
from tests.steps import DAY, Path, Scenario, ended, offender, referred, step, then, victim
from tests.steps_sensitive import specialist_class

OF_DATA = {"retention_review"}
"""What waits about somebody whom nobody may turn to: whether their data are still needed."""
ATTEMPT = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}

HELD_AND_DEBRIEFED = next(
    n for n, one in enumerate(FACE_TO_FACE.steps) if one.name == "tell_item_progress"
)

STRAIGHT = Scenario(
    1,
    then(FACE_TO_FACE, lambda case: {i.told for i in case.items.values()} == {True}),
    "Straight face-to-face",
)
NOT_ENDED_BY_MEETING = Scenario(
    1,
    Path(
        "Straight face-to-face: once it was held the case waits for follow-up, and has not ended",
        FACE_TO_FACE.steps[:HELD_AND_DEBRIEFED],
        stage="FOLLOW_UP",
        waits=frozenset({"follow_up", "agreed_item", "telling"}),
        then=(lambda case: len(case.held("V1-O1")) == 1,),
    ),
)
IN_WRITING = Scenario(
    2,
    then(
        WRITTEN,
        lambda case: (
            {n: str(q.state) for n, q in case.questions.items()}
            == {
                "Q1": "ANSWER_GIVEN",
                "Q2": "ANSWER_GIVEN",
                "Q3": "NOT_ANSWERED",
                "Q4": "WITHDRAWN",
            }
        ),
    ),
    "Questions answered in writing",
)
FULL_CUSTODY = Scenario(
    3,
    then(LETTER, lambda case: case.letter("L1").state == "HELD_FOR_RECIPIENT"),
    "Letter, full custody chain",
)
OF_QUESTIONS = Scenario(
    4,
    then(
        SHUTTLE,
        lambda case: [str(case.message(m).state) for m in ("M1", "M2")] == ["CARRIED"] * 2,
        lambda case: case.message("M3").state != "CARRIED",
    ),
    "Shuttle of questions",
)
DOOR_OPEN = Scenario(
    5,
    then(
        DECLINED,
        lambda case: case.party("V1").later_offers == "WANTED",
        lambda case: not case.party("V1").no_contact,
    ),
    "Victim declines, door open",
)

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
            step("worker", "offer_feedback", party="V1", channel="LETTER",
                 refused="nobody_who_asked_not_to_be_contacted_is_contacted"),
            step("worker", "record_contact_attempt", after=400 * DAY, **ATTEMPT,
                 refused="nobody_who_asked_not_to_be_contacted_is_contacted"),
        ),
        stage="ENDED",
        ended={"V1-O1": "VICTIM_NO_FURTHER_CONTACT", "V1-O2": "VICTIM_NO_FURTHER_CONTACT"},
        then=(
            lambda case: case.party("V1").last_contact is not None,
            lambda case: case.party("V1").no_contact and not case.party("V1").attempts,
            lambda case: not any(t.later_offers for t in case.threads.values()),
            lambda case: not {w.name for w in waits(case, Limits()) if w.subject == "V1"} - OF_DATA,
        ),
    ),
)  # fmt: skip

NOT_REACHED = Scenario(
    7, then(NO_ANSWER, lambda case: len(case.party("V1").attempts) == 3), "No answer"
)
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
        stage="CALL",
    ),
)

PUT_RIGHT = Scenario(
    10,
    then(
        ON_THE_STREET,
        lambda case: case.held("V1-O1") == () and case.resolution_reviewed,
        lambda case: case.item("A2").due is not None,
        lambda case: not case.threads["V1-O1"].current.risk,
        lambda case: case.threads["V1-O1"].current.victim.met_at is None,
        lambda case: [i.checked for i in case.interventions.values()] == [{}],
    ),
    "On the street",
)
HOUSEHOLD = {**ON_THE_STREET.steps[0].given, "sensitivity_ruled_out": False}

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

INFORMATION_AND_REFERRAL = Scenario(
    10,
    Path(
        "On the street, but they live together: it becomes information, and a referral if wished",
        (
            *LIVING_TOGETHER.path.steps,
            *(step("worker", "give_information", party=p, channel="IN_PERSON")
              for p in ("V1", "O1")),
            step("worker", "record_discussion", party="V1", interested=True),
            step("worker", "refer", source="PCSO", initiator="VICTIM_INITIATED"),
        ),
        stage="REFERRED",
        waits=frozenset({"acknowledge", "task", "facilitators_meeting"}),
        then=(
            lambda case: case.resolution_at is None and not case.interventions,
            lambda case: all(case.party(p).informed_at for p in ("V1", "O1")),
        ),
    ),
)  # fmt: skip

CAME_BACK = Scenario(
    39,
    then(
        RETURNED,
        lambda case: [str(e.kind) for e in case.thread("V1-O1").episodes] == ["FIRST", "RETURN"],
        lambda case: (
            (ended := case.thread("V1-O1").episodes[0].ended) is not None
            and ended.reason == "VICTIM_DECLINED_DOOR_OPEN"
        ),
        lambda case: case.thread("V1-O1").current.responsibility == "NOT_EXPLORED",
        lambda case: case.thread("V1-O1").current.risk is None,
    ),
    "Declined; returns after 3 years",
)
