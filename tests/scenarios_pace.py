"""Hard cases of choice, time and pressure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.steps import (
    DAY,
    WEEK,
    Ahead,
    Path,
    Scenario,
    chosen,
    ended,
    explored,
    in_date_again,
    offender,
    referred,
    step,
    victim,
)

if TYPE_CHECKING:
    from domain.case import Case

MONTH = timedelta(days=30)
DRAFT = step("lead", "draft_letter", thread="V1-O1", party="V1", words="What it did to me.")


def asked_since_they_came_back(case: Case) -> bool:
    """Say whether responsibility and risk were both looked at since the victim said that they wish
    it."""
    episode = case.thread("V1-O1").current
    back, accepted, risk = episode.victim.interested_at, episode.responsibility_at, episode.risk
    return bool(back and accepted and risk and accepted > back and risk.decided_at > back)


NEEDS_TIME = Scenario(
    11,
    Path(
        "Needs time, repeatedly, 18 months",
        (
            *referred(),
            *explored(),
            step("lead", "record_need_for_time", after=MONTH, party="V1"),
            step("lead", "agree_next_contact", party="V1", at=Ahead(90)),
            step("lead", "record_contact_attempt", after=3 * MONTH + DAY, party="V1",
                 channel="TELEPHONE", outcome="SPOKE"),
            step("worker", "record_need_for_time", party="V1"),
            step("worker", "agree_next_contact", party="V1", at=Ahead(150)),
            step("worker", "record_need_for_time", after=5 * MONTH + DAY, party="V1"),
            step("worker", "defer_choice", after=5 * MONTH, party="V1"),
            step("worker", "record_need_for_time", after=4 * MONTH, party="V1"),
            *in_date_again("lead", "co"),
            step("lead", "record_interest", after=MONTH, thread="V1-O1", party="V1",
                 asked_by="V1"),
            explored()[-1],
            *chosen("FACE_TO_FACE"),
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"]),
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        then=(
            lambda case: len(case.thread("V1-O1").episodes) == 1,
            asked_since_they_came_back,
        ),
    ),
)  # fmt: skip

NOT_WELCOME = Scenario(
    12,
    Path(
        "Check-in not welcome",
        (
            *referred(),
            *explored(),
            step("worker", "leave_contact_to_them", party="V1"),
            step("worker", "record_contact_attempt", after=3 * WEEK, party="V1",
                 channel="TELEPHONE", outcome="NO_RESPONSE",
                 refused="a_person_who_will_ring_is_left_to_ring"),
            step("worker", "agree_next_contact", after=10 * WEEK, party="V1", at=Ahead(7),
                 asked_by="V1"),
            step("worker", "record_contact_attempt", after=8 * DAY, party="V1",
                 channel="TELEPHONE", outcome="SPOKE"),
        ),
        stage="EXPLORING",
        choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
    ),
)  # fmt: skip

WITHDRAWS = Scenario(
    13,
    Path(
        "Victim withdraws mid-preparation",
        (
            *referred(),
            *explored(),
            *chosen("FACE_TO_FACE", "INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE"),
            DRAFT,
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 for_when=Ahead(10), venue="A room in Exampleton, invented."),
            step("lead", "arrange_meeting", intervention="I1", staff=["@lead", "@co"],
                 room="ROOM-2", minutes=120),
            step("lead", "prepare_person", intervention="I1", party="V1"),
            step("lead", "prepare_person", intervention="I1", party="V1"),
            step("intake", "withdraw_consent", party="V1"),
            step("co", "call_off_appointment", appointment="D1"),
            step("lead", "confirm_ready", intervention="I1",
                 refused="both_people_must_consent_to_this_in_writing"),
            step("lead", "tell_where_it_stands", intervention="I1", party="O1"),
            step("lead", "draft_letter", thread="V1-O1", party="O1", words="I am sorry."),
            step("lead", "approve_letter", letter="L2"),
            step("lead", "record_letter_asked_for", letter="L2",
                 refused="a_recipient_must_agree_to_hear_of_letters"),
            step("lead", "carry_out_letter_wish", letter="L1", wish="HAND_BACK", asked_by="V1"),
            step("worker", "record_later_offers_wish", party="V1", later_offers="WANTED"),
            ended("VICTIM_WITHDREW", told="TOLD_NOT_GOING_AHEAD"),
        ),
        stage="ENDED",
        ended={"V1-O1": "VICTIM_WITHDREW"},
        choices={"V1-O1": ("WITHDRAWN", "CONSENTED")},
        then=(
            lambda case: case.intervention("I1").state == "CANCELLED",
            lambda case: set(case.intervention("I1").prepared) == {"V1"},
            lambda case: case.appointments["D1"].called_off,
            lambda case: case.letter("L1").state == "RETURNED",
            lambda case: case.letter("L2").state == "HELD" and not case.letter("L2").wanted,
            lambda case: case.party("V1").later_offers == "WANTED",
        ),
    ),
)  # fmt: skip

MISMATCH = Scenario(
    14,
    Path(
        "Consent scope mismatch",
        (
            *referred(),
            *explored(),
            *chosen("INDIRECT_LETTER_RECEIVE"),
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 by_video=True, refused="both_people_must_consent_to_this_in_writing"),
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 by_video=True, refused="by_video_only_as_both_consent"),
        ),
        stage="CHOSEN",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    ),
)  # fmt: skip

BY_A_DATE = Scenario(
    15,
    Path(
        "Pressure by deadline (court)",
        (
            *referred(victim(), offender(stage="DEFERRED_SENTENCE"), source="COURT_OR_PSR_AUTHOR",
                      initiator="COURT_INITIATED"),
            *explored(),
            step("worker", "record_hearing", party="O1", kind="SENTENCE", day=Ahead(56),
                 report_owed=True),
            step("worker", "tell_hearing", hearing="H1", party="V1", channel="TELEPHONE",
                 offer_stands=True, refused="only_somebody_who_wishes_is_told_when_the_court_sits"),
            step("worker", "ask_for_court_dates", party="V1", asked_by="V1"),
            step("worker", "tell_hearing", hearing="H1", party="V1", channel="TELEPHONE",
                 offer_stands=True),
            step("lead", "record_need_for_time", party="V1"),
            step("worker", "report_to_court", after=7 * WEEK, hearing="H1", thread="V1-O1",
                 outcome="NOT_COMPLETED"),
            step("worker", "record_stage", after=2 * WEEK, party="O1",
                 stage="COMMUNITY_OR_SUSPENDED_SENTENCE"),
        ),
        stage="THEIR_PACE",
        choices={"V1-O1": ("CONSIDERING", "NOT_YET_OFFERED")},
        waits=frozenset({"their_pace"}),
        then=(
            lambda case: case.hearings["H1"].reported and case.hearings["H1"].told == {"V1"},
            lambda case: case.thread("V1-O1").open,
        ),
    ),
)  # fmt: skip
