"""The rows of what is owed besides the course of a pair: to partners, courts and children."""

from __future__ import annotations

from domain.owed import court, later, merging, missed, opening, outside, persons, quality
from domain.owed.row import Binds, Row

STAFF = Binds.STAFF
SECOND = "second"
BESIDES: tuple[Row, ...] = (
    Row(
        "enhanced_ground",
        "record why this victim has enhanced rights",
        STAFF,
        "worker",
        opening.enhanced_ground,
    ),
    Row("support", "offer this person support", STAFF, "worker", outside.support),
    Row(
        "refer_on",
        "refer this person to the partner service that they wish",
        STAFF,
        "worker",
        outside.refer_on,
    ),
    Row(
        "onward_answer",
        "ask the partner service whether it takes the person on",
        STAFF,
        "worker",
        outside.onward_answer,
    ),
    Row(
        "partner_told",
        "tell the partner service that the person no longer wishes it",
        STAFF,
        "worker",
        outside.partner_told,
    ),
    Row(
        "panel_result",
        "tell the victim, who wishes to know, what the panel did",
        STAFF,
        "worker",
        outside.panel_result,
    ),
    Row(
        "youth_panel",
        "see that the first youth offender panel is held, and record it",
        STAFF,
        "worker",
        court.youth_panel,
    ),
    Row(
        "pass_on",
        "record to whom a danger or safeguarding was passed on, or why not",
        STAFF,
        "supervisor",
        outside.pass_on,
    ),
    Row(
        "later_stage",
        "weigh whether to make a later offer, now that the criminal case has moved on",
        STAFF,
        "worker",
        later.later_stage,
    ),
    Row(
        "acknowledge_complaint",
        "tell whoever complained that it was received, and how it goes on",
        STAFF,
        SECOND,
        quality.acknowledge_complaint,
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
        "adverse_event",
        "see that people were debriefed, and look into the cause",
        STAFF,
        "supervisor",
        quality.adverse_event,
    ),
    Row(
        "explain_decision",
        "explain to the victim that the risk does not allow it, and offer support",
        STAFF,
        "facilitator",
        outside.explain_decision,
    ),
    Row("hearing", "record what became of the hearing", STAFF, "worker", court.hearing),
    Row(
        "court_report",
        "make the report that the court is owed",
        STAFF,
        "worker",
        court.court_report,
    ),
    Row(
        "hearing_told",
        "tell the victim, who wishes to know, when the court sits, and that the offer stands",
        STAFF,
        "worker",
        court.hearing_told,
    ),
    Row(
        "youth_service",
        "involve the youth justice service, which gives the information",
        STAFF,
        "worker",
        court.youth_service,
    ),
    Row(
        "youth_service_decision",
        "ask the youth justice service whether to invite the victim, and why",
        STAFF,
        "worker",
        court.youth_service_decision,
    ),
    Row(
        "suitable_adult",
        "offer the child a parent, guardian or other suitable adult",
        STAFF,
        "worker",
        court.suitable_adult,
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
