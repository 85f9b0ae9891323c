"""The rows of what keeps the service in order: complaints, clocks that were missed, other cases."""

from __future__ import annotations

from domain.owed import auditing, diary, later, merging, missed, opening, persons, quality
from domain.owed.row import Binds, Row

STAFF = Binds.STAFF
SECOND = "second"
UPKEEP: tuple[Row, ...] = (
    Row(
        "enhanced_ground",
        "record why this victim has enhanced rights",
        STAFF,
        "worker",
        opening.enhanced_ground,
    ),
    Row(
        "later_stage",
        "weigh whether to make a later offer: the criminal case moved on, or it was referred anew",
        STAFF,
        "worker",
        later.later_stage,
    ),
    Row(
        "tell_referrer",
        "tell whoever referred it that it has ended, and nothing more",
        STAFF,
        "worker",
        later.tell_referrer,
    ),
    Row(
        "acknowledge_complaint",
        "tell whoever complained that it was received, and how it goes on",
        STAFF,
        SECOND,
        quality.acknowledge_complaint,
    ),
    Row(
        "look_into_complaint",
        "look into what was complained of",
        STAFF,
        SECOND,
        quality.look_into_complaint,
    ),
    Row("answer_complaint", "answer the complaint", STAFF, SECOND, quality.answer_complaint),
    Row(
        "close_complaint",
        "close the complaint, if there is no more to say",
        STAFF,
        SECOND,
        quality.close_complaint,
    ),
    Row(
        "adverse_debrief",
        "see that everybody concerned is debriefed after what went wrong",
        STAFF,
        "supervisor",
        quality.adverse_debrief,
    ),
    Row(
        "adverse_event",
        "look into the cause of what went wrong, and close it",
        STAFF,
        "supervisor",
        quality.adverse_event,
    ),
    Row(
        "appointment",
        "keep the appointment, and record what became of it",
        STAFF,
        "booked",
        diary.appointment,
    ),
    Row(
        "call_off",
        "call off what is booked: staff, room and interpreters",
        STAFF,
        "booked",
        diary.call_off,
    ),
    Row(
        "print_pack",
        "bring the print pack back, or destroy it, and record that",
        STAFF,
        "holder",
        diary.print_pack,
    ),
    Row(
        "check_out",
        "check out of the visit, or say that it takes longer",
        STAFF,
        "visitor",
        diary.check_out,
    ),
    Row(
        "visitor_safe",
        "find out now whether whoever is on a visit is safe: they did not check out",
        STAFF,
        "looking_for",
        diary.visitor_safe,
    ),
    Row(
        "visitor_alarm",
        "nobody knows that whoever is on a visit is safe: go there, or ask the police to look",
        STAFF,
        SECOND,
        diary.visitor_alarm,
    ),
    Row("audit", "audit this case, and say what was found", STAFF, "auditor", auditing.audit),
    Row(
        "recommendation",
        "answer what an auditor recommended",
        STAFF,
        "supervisor",
        auditing.recommendation,
    ),
    Row(
        "recommended",
        "see that what was recommended is done, or say why it may stay as it is",
        STAFF,
        "auditor",
        auditing.recommended,
    ),
    Row(
        "other_case",
        "have the other case record what follows from the merge, or from what was said since",
        STAFF,
        "supervisor",
        merging.other_case,
    ),
    Row(
        "explain_missed",
        "say why this was not done in time",
        STAFF,
        "as_missed",
        missed.explain_missed,
    ),
    Row(
        "person_told",
        "have this person's other cases know what was said here; it is under way",
        STAFF,
        "supervisor",
        persons.person_told,
    ),
)
"""Part of the table of all waits (domain/waits.py)."""
