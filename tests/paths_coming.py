"""Paths that begin or begin again: by a call, on the street, after years."""

from __future__ import annotations

from tests.paths_choosing import DECLINED
from tests.steps import DAY, WEEK, YEAR, Ahead, Path, ended, offender, referred, step, victim

VICTIM_RINGS = Path(
    "A victim rings: one call opens the case, and a facilitator's meeting is owed from then",
    (
        step(
            "intake",
            "record_enquiry",
            source="VICTIM_SELF",
            asked_by="VICTIM_SELF",
            asked="I might want to ask him why.",
        ),
        step(
            "intake",
            "refer",
            source="VICTIM_SELF",
            initiator="VICTIM_INITIATED",
            asked_by="VICTIM_SELF",
            parties=[victim(), offender(identified=False, stage="SENTENCE_EXPIRED")],
        ),
        step("intake", "give_information", party="V1", channel="TELEPHONE"),
        step("intake", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
    ),
    stage="EXPLORING",
    choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
    waits=frozenset({"facilitators_meeting", "acknowledge"}),
)

ON_THE_STREET = Path(
    "A broken window is put right on the street, and recorded that evening in one command",
    (
        step(
            "worker",
            "record_local_resolution",
            parties=[
                victim(role="CORPORATE_VICTIM_REP"),
                offender(stage="COMMUNITY_RESOLUTION"),
            ],
            accepted=True,
            agreed=True,
            talked_through=True,
            crime_recorded=True,
            bars_ruled_out=True,
            sensitivity_ruled_out=True,
            items=[
                {"party": "O1", "kind": "APOLOGY", "done": True},
                {"party": "O1", "kind": "MONEY", "due": "2026-03-20T12:00:00+00:00"},
            ],
            account="A window in Exampleton, plainly invented.",
        ),
        step("worker", "record_item_progress", item="A2", state="COMPLETED", after=WEEK),
        step("sergeant", "review_local_resolution"),
        ended("RESOLVED_LOCALLY", who="worker"),
    ),
    stage="ENDED",
    ended={"V1-O1": "RESOLVED_LOCALLY"},
    choices={"V1-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED")},
)

RETURNED = Path(
    "A victim who declined rings after years: the pair is taken up again with everything afresh",
    (
        *DECLINED.steps,
        step(
            "worker",
            "take_up_again",
            after=3 * YEAR,
            thread="V1-O1",
            kind="RETURN",
            refused="taking_up_again_needs_somebody_who_asked",
        ),
        step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1"),
        step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
    ),
    stage="EXPLORING",
    choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
    waits=frozenset({"facilitators_meeting"}),
)

LATER_OFFER = Path(
    "A historic offer is made years later to somebody who did not refuse later offers",
    (
        *DECLINED.steps,
        step("worker", "record_stage", after=8 * YEAR, party="O1", stage="SENTENCE_EXPIRED"),
        step(
            "worker",
            "make_later_offer",
            thread="V1-O1",
            party="V1",
            kind="HISTORIC_OFFER",
        ),
        step(
            "worker",
            "take_up_again",
            after=WEEK,
            thread="V1-O1",
            kind="HISTORIC_OFFER",
            asked_by="V1",
        ),
    ),
    stage="REFERRED",
    choices={"V1-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED")},
    waits=frozenset({"service_silence"}),
)

VISITED_AT_HOME = Path(
    "A visit to somebody's home: booked with them, out and back again, and what came of it",
    (
        *referred(),
        step(
            "worker",
            "book_appointment",
            party="V1",
            starts=Ahead(1),
            staff=["@lead", "@co"],
            place="1 Invented Street.",
        ),
        step("lead", "check_in", after=DAY, minutes=90, appointment="D1"),
        step("lead", "record_own_side_work", party="V1", kind="NO_SEND_LETTER", note="To you."),
        step("lead", "check_out"),
        step("lead", "end_appointment", appointment="D1", outcome="KEPT"),
    ),
    stage="REFERRED",
    choices={"V1-O1": ("INFORMATION_GIVEN", "NOT_YET_OFFERED")},
    then=(
        lambda case: not case.out,
        lambda case: case.appointments["D1"].outcome == "KEPT",
    ),
)
