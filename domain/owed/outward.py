"""The rows of what is owed to those outside: partner services, courts, youth justice services."""

from __future__ import annotations

from domain.owed import consulting, court, outside, own_data
from domain.owed.row import Binds, Row

STAFF = Binds.STAFF
OUTWARD: tuple[Row, ...] = (
    Row("support", "offer this person support", STAFF, "worker", outside.support),
    Row(
        "refer_on",
        "refer this person to the partner service that they wish",
        STAFF,
        "worker",
        outside.refer_on,
    ),
    Row(
        "specialists_answer",
        "answer what you are asked as a specialist: rj consulted",
        STAFF,
        "specialist",
        consulting.specialists_answer,
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
        "recipient_told",
        "tell whoever was given something of them that it was wrong, or is erased or not used",
        STAFF,
        "worker",
        own_data.recipient_told,
    ),
)
"""Part of the table of all waits (domain/waits.py)."""
