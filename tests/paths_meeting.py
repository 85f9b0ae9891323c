"""Paths of meetings that came about by another way, or with others in the room."""

from __future__ import annotations

from tests.steps import (
    DAY,
    WEEK,
    Ahead,
    Path,
    Step,
    chosen,
    completed,
    ended,
    explored,
    held,
    introduced,
    offender,
    referred,
    started,
    step,
    victim,
    welcomed,
)
from tests.steps_stand_in import FOUND, OF, READY


def leg(number: int, party: str, other: str) -> tuple[Step, ...]:
    """Return one leg of a shuttle: agreed with the one who says it, and carried."""
    return (
        step("lead", "agree_message", intervention="I1", thread="V1-O1", party=party, note="So."),
        step("lead", "carry_message", message=f"M{number}", party=other, channel="TELEPHONE"),
    )


SHUTTLE_TO_MEETING = Path(
    "Shuttle becomes face-to-face",
    (
        *referred(),
        *explored(),
        *chosen("SHUTTLE", risk="PROCEED_INDIRECT_ONLY"),
        *started("SHUTTLE"),
        *leg(1, "V1", "O1"),
        *leg(2, "O1", "V1"),
        *leg(3, "V1", "O1"),
        *leg(4, "O1", "V1"),
        *completed(),
        step(
            "lead",
            "plan_intervention",
            type="FACE_TO_FACE",
            threads=["V1-O1"],
            refused="a_change_of_form_needs_a_fresh_yes_of_both",
        ),
        *chosen("FACE_TO_FACE"),
        *held("FACE_TO_FACE", number=2),
        ended("COMPLETED_DIRECT"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_DIRECT"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
)

NEIGHBOUR = {"party": "C1", "role": "COMMUNITY_MEMBER", "details": {"name": "Nell Example"}}
PLAN, *FROM_THERE = started("FACE_TO_FACE")
WITH_NEIGHBOUR = {**PLAN.given, "attending": ["C1"]}

COMMUNITY_MEMBER = Path(
    "A community member takes part",
    (
        *referred(victim(role="CORPORATE_VICTIM_REP"), offender(), NEIGHBOUR),
        step("worker", "record_authority", party="V1", shown="Minutes of the council (invented)."),
        *explored(),
        *chosen("FACE_TO_FACE", "COMMUNITY_MEMBERS_PRESENT", "OUTCOME_AGREEMENT"),
        welcomed("C1")[1],
        step(
            "lead",
            "plan_intervention",
            **WITH_NEIGHBOUR,
            refused="everybody_in_the_room_must_be_agreed_to",
        ),
        welcomed("C1")[0],
        step("lead", "plan_intervention", **WITH_NEIGHBOUR),
        *FROM_THERE[:3],
        step(
            "lead",
            "confirm_ready",
            intervention="I1",
            refused="everybody_invited_must_have_agreed_in_writing",
        ),
        *introduced("C1"),
        *FROM_THERE[3:-1],
        step("lead", "confirm_willingness", intervention="I1", party="C1"),
        FROM_THERE[-1],
        step(
            "lead",
            "record_agreement",
            thread="V1-O1",
            intervention="I1",
            items=[{"party": "O1", "kind": "WORK_FOR_COMMUNITY"}],
        ),
        *completed(),
        step("lead", "record_debrief", intervention="I1", party="C1"),
        step("lead", "record_item_progress", item="A1", state="COMPLETED"),
        ended("COMPLETED_AGREEMENT_FULFILLED"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_AGREEMENT_FULFILLED"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
)

MONEY = {"party": "O1", "kind": "MONEY", "due": "2026-06-30T12:00:00+01:00"}

AGREEMENT_NOT_COMPLETED = Path(
    "Agreement not completed",
    (
        *referred(),
        *explored(),
        *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"),
        step("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS"),
        *started("FACE_TO_FACE"),
        step("lead", "record_agreement", thread="V1-O1", intervention="I1", items=[MONEY]),
        *completed(),
        step(
            "lead",
            "record_item_progress",
            item="A1",
            state="VARIED",
            agreed_by=["O1"],
            refused="what_is_varied_is_agreed_by_all",
        ),
        step(
            "lead",
            "record_item_progress",
            item="A1",
            state="NOT_COMPLETED",
            not_done="CHOSE_NOT_TO",
            after=WEEK,
        ),
        step("lead", "tell_item_progress", item="A1"),
        ended("COMPLETED_AGREEMENT_NOT_FULFILLED"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_AGREEMENT_NOT_FULFILLED"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
)

STAND_IN = Path(
    "A victim meets a stand-in, and the offender of the matter is told nothing",
    (
        *referred(),
        Step(FOUND.who, FOUND.name, {k: v for k, v in FOUND.given.items() if k != "asked_by"},
             refused="a_stand_in_is_found_for_somebody_who_wishes_it"),
        *READY,
        step("lead", "plan_intervention", type="FACE_TO_FACE", threads=[OF],
             refused="a_stand_in_is_met_only_as_such"),
        *held("PROXY_MEETING", thread=OF),
        Step("lead", "end_thread", ended("COMPLETED_DIRECT", thread=OF).given,
             refused="the_reason_must_be_what_happened"),
        ended("COMPLETED_WITH_STAND_IN", thread=OF),
    ),
    stage="REFERRED",
    ended={OF: "COMPLETED_WITH_STAND_IN"},
    choices={
        OF: ("CONSENTED", "CONSENTED"),
        "V1-O1": ("INFORMATION_GIVEN", "NOT_YET_OFFERED"),
    },
    then=(lambda case: case.held("V1-O1") == (),),
)  # fmt: skip

AGREE = {"thread": "V1-O1", "by": "O1"}
ONE_BY_ONE = Path(
    "A day is kept free and then fixed; what is proposed is agreed one by one, the victim first",
    (
        *referred(),
        *explored(),
        *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"),
        PLAN,
        step("lead", "pencil_in_date", intervention="I1", for_when=Ahead(20), agreed_by=["V1"],
             refused="each_agrees_to_keep_the_day_free"),
        step("lead", "pencil_in_date", intervention="I1", for_when=Ahead(20),
             agreed_by=["V1", "O1"]),
        *FROM_THERE[:3],
        Step("lead", "confirm_ready", {"intervention": "I1"},
             refused="a_pencilled_date_makes_nothing_ready"),
        step("lead", "fix_date", after=DAY, intervention="I1", for_when=Ahead(12)),
        step("lead", "check_item", intervention="I1", items=list(range(1, 26))),
        Step("lead", "confirm_ready", {"intervention": "I1"},
             refused="each_says_again_that_they_want_it_as_it_is_fixed"),
        *FROM_THERE[3:],
        step("lead", "propose_item", **AGREE,
             proposed={"party": "O1", "kind": "MONEY", "what": "Forty pounds; invented."}),
        step("lead", "agree_to_proposal", proposal="P1", party="O1",
             refused="the_harmed_person_has_their_say_first"),
        step("lead", "decline_proposal", proposal="P1", party="V1"),
        step("lead", "propose_item", thread="V1-O1", by="V1",
             proposed={"party": "O1", "kind": "CONTACT_ARRANGEMENT", "what": "Cross the road."}),
        *(step("lead", "agree_to_proposal", proposal="P2", party=p) for p in ("V1", "O1")),
        *completed(),
        step("worker", "record_onward_wish", party="V1", service="CRIMINAL_JUSTICE_PANEL",
             items=["NAME"], panel=["BE_TOLD"]),
        step("worker", "refer_onward", party="V1", service="CRIMINAL_JUSTICE_PANEL",
             items=["NAME"]),
        step("worker", "record_onward_answer", onward="R1", accepted=True),
        step("worker", "record_onward_result", onward="R1", result="COMPLETED",
             account="What the panel did, invented."),
        step("worker", "tell_panel_result", onward="R1", party="V1", channel="TELEPHONE"),
    ),
    stage="FOLLOW_UP",
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    waits=frozenset({"follow_up", "agreed_item"}),
    then=(
        lambda case: [str(i.kind) for i in case.items.values()] == ["CONTACT_ARRANGEMENT"],
        lambda case: str(case.proposals["P1"].state) == "LAPSED",
        lambda case: case.onward["R1"].told,
    ),
)  # fmt: skip
