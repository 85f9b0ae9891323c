"""Each wait of the table: how it comes about, when it falls due, and what clears it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.domain.expected_changes import OF_CHANGES, Expected
from tests.domain.expected_data import DATA
from tests.domain.expected_diary import DIARY
from tests.domain.expected_outward import OUTWARD
from tests.domain.expected_practice import PRACTICE
from tests.domain.situations import (
    after,
    child,
    end,
    letter_held,
    offender_began,
    sensitive_and_ready,
    under_way,
)
from tests.steps import behind, completed, met, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.story import Story

REFERRED = referred()[:1]
HELD = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SPECIALIST_DA")}
INTERESTED = step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1")
OFFERED = step("worker", "offer_facilitator_meeting", thread="V1-O1", party="V1")
ITEMS = [{"party": "O1", "kind": "MONEY", "due": "2026-04-20T12:00:00+01:00"}]
AGREED = step("lead", "record_agreement", thread="V1-O1", intervention="I1", items=ITEMS)
PROGRESS = step("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS")
DONE = step("lead", "record_item_progress", item="A1", state="COMPLETED")
RESOLVED = {
    "parties": [victim(), offender(stage="COMMUNITY_RESOLUTION")],
    "accepted": True,
    "agreed": True,
    "talked_through": True,
    "crime_recorded": True,
    "bars_ruled_out": True,
    "sensitivity_ruled_out": True,
    "items": [{"party": "O1", "kind": "APOLOGY", "done": True}],
}


def sensitive_decided() -> Story:
    return sensitive_and_ready()


def to_ring(day: str) -> Story:
    return after(*referred(), step("worker", "agree_next_contact", party="V1", at=day))


def day_came() -> Story:
    """Return a case in which a day that the victim set came a moment ago."""
    story = to_ring("2026-03-20T10:00:00+00:00")
    story.later(seconds=(datetime(2026, 3, 20, 10, 1, tzinfo=UTC) - story.now).total_seconds())
    return story


WAITS = [
    *OF_CHANGES,
    Expected(
        "enquiry",
        "case",
        lambda: after(step("intake", "record_enquiry", source="VICTIM_SELF")),
        "2026-03-04",
        (step("intake", "end_enquiry"),),
    ),
    Expected(
        "discussion",
        "case",
        lambda: after(step("worker", "record_discussion", party="V1", parties=[victim()])),
        "2026-03-30",
        (step("worker", "end_enquiry"),),
    ),
    Expected(
        "acknowledge",
        "case",
        lambda: after(*REFERRED),
        "2026-03-04",
        (step("supervisor", "accept_referral"),),
    ),
    Expected(
        "information",
        "V1",
        lambda: after(*REFERRED),
        "2026-03-09",
        (step("worker", "give_information", party="V1", channel="LETTER"),),
    ),
    Expected(
        "first_contact",
        "V1",
        lambda: after(*REFERRED),
        "2026-03-09",
        (
            step(
                "worker",
                "record_contact_attempt",
                party="V1",
                channel="TELEPHONE",
                outcome="NO_RESPONSE",
            ),
        ),
    ),
    Expected(
        "classification",
        "case",
        lambda: after(*REFERRED),
        "2026-03-09",
        (step("supervisor", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=behind()),),
    ),
    Expected(
        "allocation",
        "case",
        lambda: after(*referred()[:2]),
        "2026-03-09",
        (step("supervisor", "allocate_case", lead="@lead"),),
    ),
    Expected(
        "waiting_told",
        "V1",
        lambda: after(*referred()[:3]),
        "2026-03-30",
        (step("supervisor", "allocate_case", lead="@lead"),),
    ),
    Expected(
        "facilitators_meeting",
        "V1-O1",
        lambda: after(*referred(), INTERESTED),
        "2026-03-16",
        (step("worker", "offer_facilitator_meeting", thread="V1-O1", party="V1"),),
    ),
    Expected(
        "facilitators_meeting",
        "V1-O1",
        lambda: after(*referred(), INTERESTED),
        "2026-03-16",
        (step("worker", "record_meeting_not_wanted", thread="V1-O1", party="V1"),),
    ),
    Expected(
        "facilitators_meeting_held",
        "V1-O1",
        lambda: after(*referred(), INTERESTED, OFFERED),
        "2026-03-30",
        (met("V1-O1", "V1"),),
    ),
    Expected(
        "facilitators_meeting_held",
        "V1-O1",
        lambda: after(*referred(), INTERESTED, OFFERED),
        "2026-03-30",
        (step("worker", "record_meeting_not_wanted", thread="V1-O1", party="V1"),),
    ),
    Expected(
        "held_approach",
        "V1-O1",
        lambda: offender_began(
            step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"), **HELD
        ),
        "2026-03-16",
        (
            step("advanced", "propose_approach", thread="V1-O1"),
            step("trainer", "decide_approach", thread="V1-O1", allowed=False, reasons="No."),
        ),
    ),
    Expected(
        "countersign",
        "V1-O1",
        sensitive_decided,
        "2026-03-09",
        (step("trainer", "countersign_risk", thread="V1-O1", decision="PROCEED_DIRECT"),),
    ),
    Expected(
        "best_interest",
        "V1-O1/V1",
        lambda: child("NO"),
        "2026-03-12",
        (
            step(
                "supervisor",
                "decide_for_child",
                thread="V1-O1",
                party="V1",
                outcome="ASK_LATER",
                reasons="Invented.",
            ),
        ),
    ),
    Expected(
        "contact_as_they_asked",
        "V1",
        lambda: to_ring("2026-03-20T10:00:00+00:00"),
        "2026-03-20T10:00:00+00:00",
        (step("worker", "stop_contact", party="V1"),),
    ),
    Expected(
        "promised_contact",
        "V1",
        day_came,
        "2026-03-23",
        (
            step(
                "worker",
                "record_contact_attempt",
                party="V1",
                channel="TELEPHONE",
                outcome="NO_RESPONSE",
            ),
        ),
    ),
    *OUTWARD,
    *DATA,
    *PRACTICE,
    *DIARY,
    Expected(
        "debrief",
        "I1/V1",
        lambda: under_way("FACE_TO_FACE", completed()[0]),
        "2026-03-15",
        (completed()[1],),
    ),
    Expected(
        "follow_up",
        "V1-O1/V1",
        lambda: under_way("FACE_TO_FACE", *completed()),
        "2026-03-17",
        (step("lead", "decline_follow_up", party="V1"),),
    ),
    Expected("agreed_item", "A1", lambda: under_way("FACE_TO_FACE", AGREED), "2026-04-20", (DONE,)),
    Expected(
        "telling",
        "A1",
        lambda: under_way("FACE_TO_FACE", AGREED, PROGRESS, DONE),
        "2026-03-16",
        (step("lead", "tell_item_progress", item="A1"),),
    ),
    Expected(
        "local_resolution_review",
        "case",
        lambda: after(step("worker", "record_local_resolution", **RESOLVED)),
        "2026-03-09",
        (step("sergeant", "review_local_resolution"),),
    ),
    Expected(
        "task",
        "task",
        lambda: after(*referred(), step("auditor", "report_mistake", entry=2)),
        "2026-03-03",
        (step("supervisor", "complete_task", task="@task"),),
    ),
    Expected(
        "letter_in_custody",
        "L1",
        lambda: letter_held(end("CJ_PROCESS_INTERVENED")),
        None,
        (
            step("auditor", "take_letter_back", letter="L1"),
            step("lead", "carry_out_letter_wish", letter="L1", wish="HAND_BACK", asked_by="O1"),
        ),
    ),
    Expected(
        "letter_review",
        "L1",
        lambda: letter_held(end("CJ_PROCESS_INTERVENED")),
        "2027-03-07",
        (
            step("auditor", "take_letter_back", letter="L1"),
            step("lead", "carry_out_letter_wish", letter="L1", wish="DESTROY", asked_by="O1"),
        ),
    ),
    Expected(
        "their_pace",
        "V1-O1",
        lambda: after(*referred(), step("worker", "record_need_for_time", party="V1")),
        None,
        (INTERESTED,),
    ),
    Expected(
        "service_silence",
        "V1-O1",
        lambda: after(*referred()),
        "2026-03-30",
        (end("CJ_PROCESS_INTERVENED"),),
    ),
]
