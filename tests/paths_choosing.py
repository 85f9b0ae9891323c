"""Paths that turn on what people choose: no, silence, later, each their own way."""

from __future__ import annotations

from tests.steps import (
    DAY,
    WEEK,
    Path,
    chosen,
    ended,
    explored,
    met,
    offender,
    referred,
    step,
    victim,
)

DECLINED = Path(
    "The victim declines, the door stays open, and only that ends it",
    (
        *referred(),
        step("worker", "record_interest", thread="V1-O1", party="V1"),
        step(
            "worker",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_DECLINED_DOOR_OPEN",
            told={"V1": "TOLD_IT_ENDED", "O1": "TOLD_NOT_GOING_AHEAD"},
            refused="the_reason_must_be_what_happened",
        ),
        step("worker", "decline_offer", party="V1"),
        step("worker", "record_later_offers_wish", party="V1", later_offers="WANTED"),
        ended("VICTIM_DECLINED_DOOR_OPEN", who="worker"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_DECLINED_DOOR_OPEN"},
    choices={"V1-O1": ("DECLINED_THIS_OFFER", "NOT_YET_OFFERED")},
)

NO_CONTACT = Path(
    "A victim asks not to be contacted; nobody does, and only they can lift it",
    (
        *referred(),
        step("worker", "stop_contact", party="V1", asked_by="V1"),
        step(
            "worker",
            "record_contact_attempt",
            party="V1",
            channel="TELEPHONE",
            outcome="NO_RESPONSE",
            refused="nobody_who_asked_not_to_be_contacted_is_contacted",
        ),
        step(
            "worker",
            "allow_contact",
            party="V1",
            refused="only_the_person_lifts_their_own_wish",
        ),
        ended("VICTIM_NO_FURTHER_CONTACT", told="NOT_TOLD_BY_WISH", who="worker"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_NO_FURTHER_CONTACT"},
    choices={"V1-O1": ("DECLINED_NO_FURTHER_CONTACT", "NOT_YET_OFFERED")},
)

NO_ANSWER = Path(
    "Three attempts go unanswered: it is no choice, and a supervisor may end it as not reached",
    (
        *referred(),
        step(
            "worker",
            "record_contact_attempt",
            party="V1",
            channel="TELEPHONE",
            outcome="NO_RESPONSE",
        ),
        step(
            "worker",
            "record_contact_attempt",
            after=WEEK + DAY,
            party="V1",
            channel="LETTER",
            outcome="RETURNED_MAIL",
        ),
        step(
            "supervisor",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_NOT_CONTACTABLE",
            told={"V1": "NOT_REACHED", "O1": "TOLD_NOT_GOING_AHEAD"},
            refused="the_contact_plan_must_be_carried_out_in_full",
        ),
        step(
            "worker",
            "record_contact_attempt",
            after=WEEK + DAY,
            party="V1",
            channel="TELEPHONE",
            outcome="NO_RESPONSE",
        ),
        step(
            "worker",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_NOT_CONTACTABLE",
            told={"V1": "NOT_REACHED", "O1": "TOLD_NOT_GOING_AHEAD"},
            refused="ending_without_contact_is_a_supervisors_act",
        ),
        ended("VICTIM_NOT_CONTACTABLE", told="NOT_REACHED", who="supervisor"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_NOT_CONTACTABLE"},
    choices={"V1-O1": ("INFORMATION_GIVEN", "NOT_YET_OFFERED")},
)

OFFENDER_ASKS = Path(
    "An offender in prison asks to apologise: responsibility is found first, then the victim asked",
    (
        *referred(
            victim(),
            offender(stage="CUSTODY"),
            source="PRISON_STAFF",
            initiator="OFFENDER_INITIATED",
            inform=False,
            asked_by="O1",
        ),
        met("V1-O1", "O1"),
        step(
            "lead",
            "make_offer",
            thread="V1-O1",
            party="V1",
            refused="an_offender_accepts_before_the_victim_is_asked",
        ),
        step(
            "lead",
            "record_responsibility",
            refused="a_conviction_alone_is_not_acceptance",
            thread="V1-O1",
            party="O1",
            status="ACCEPTS_RESPONSIBILITY",
            evidence="CONVICTION_ONLY",
        ),
        step(
            "lead",
            "record_responsibility",
            thread="V1-O1",
            party="O1",
            status="ACCEPTS_RESPONSIBILITY",
            evidence="FACILITATOR_ASSESSMENT",
        ),
        step("lead", "give_information", party="V1", channel="THROUGH_AGENCY"),
        step("lead", "make_offer", thread="V1-O1", party="V1"),
        step("lead", "record_need_for_time", party="V1"),
    ),
    stage="THEIR_PACE",
    choices={"V1-O1": ("CONSIDERING", "NOT_YET_OFFERED")},
    waits=frozenset({"their_pace"}),
)

THREE_VICTIMS = Path(
    "Three victims of one robbery choose three ways, and one returns while another is under way",
    (
        *referred(victim(1), victim(2), victim(3), offender()),
        *explored("V1-O1"),
        *explored("V2-O1"),
        step("worker", "decline_offer", party="V3"),
        *chosen("FACE_TO_FACE", thread="V1-O1"),
        *chosen(
            "INDIRECT_LETTER_SEND",
            "INDIRECT_LETTER_RECEIVE",
            thread="V2-O1",
            risk="PROCEED_INDIRECT_ONLY",
        ),
        ended("VICTIM_DECLINED_DOOR_OPEN", thread="V3-O1", who="lead"),
        step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"]),
        step(
            "lead",
            "plan_intervention",
            type="FACE_TO_FACE",
            threads=["V1-O1", "V2-O1"],
            refused="both_people_must_consent_to_this_in_writing",
        ),
        step("lead", "take_up_again", after=30 * DAY, thread="V3-O1", kind="RETURN", asked_by="V3"),
    ),
    stage="PREPARING",
    choices={
        "V1-O1": ("CONSENTED", "CONSENTED"),
        "V2-O1": ("CONSENTED", "CONSENTED"),
        "V3-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED"),
    },
)

WITHDRAWN = Path(
    "A victim withdraws while the meeting is booked: it does not go ahead, and history stays",
    (
        *referred(),
        *explored(),
        *chosen("FACE_TO_FACE"),
        step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"]),
        step("co", "withdraw_consent", party="V1"),
        step(
            "lead",
            "plan_intervention",
            type="FACE_TO_FACE",
            threads=["V1-O1"],
            refused="both_people_must_consent_to_this_in_writing",
        ),
        ended("VICTIM_WITHDREW"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_WITHDREW"},
    choices={"V1-O1": ("WITHDRAWN", "CONSENTED")},
)
