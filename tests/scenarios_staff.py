"""Hard cases of staff and quality, in the room and after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.paths_meeting import SHUTTLE_TO_MEETING
from tests.steps import (
    DAY,
    WEEK,
    Ahead,
    Open,
    Path,
    Scenario,
    Step,
    chosen,
    completed,
    ended,
    explored,
    held,
    in_date_again,
    introduced,
    offender,
    referred,
    started,
    step,
    then,
    victim,
    welcomed,
)
from tests.steps_sensitive import specialist_class

OF: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
CONSENT: dict[str, Any] = {**OF, "scopes": ["FACE_TO_FACE"], "form": "SIGNED_PAPER"}
BOOK = step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
SUPPORTER = {"party": "S1", "role": "SUPPORTER_OF_OFFENDER", "of": "O1"}
PLAN, *FROM_THERE = started("FACE_TO_FACE")

EXPIRED = Scenario(
    31,
    Path(
        "Facilitator's training expires mid-case",
        (
            *referred(),
            *explored(),
            step("lead", "record_consent", after=13 * WEEK, **CONSENT,
                 refused="the_actor_must_be_in_date_for_this_act"),
            step("lead", "record_consent", **CONSENT, happened=True),
            Step("lead", "pause_participation", {"party": "O1"}),
            *in_date_again("lead", "co"),
            step("lead", "confirm_breach", after=DAY, task=Open("BREACH")),
        ),
        stage="THEIR_PACE",
        choices={"V1-O1": ("CONSENTED", "PAUSED")},
        then=(lambda case: not case.tasks,),
    ),
)  # fmt: skip

LEFT = Scenario(
    32,
    Path(
        "Facilitator leaves/sick",
        (
            *referred(),
            *explored(),
            *chosen("FACE_TO_FACE"),
            step("trainer", "deactivate_practitioner", about="lead"),
            step("co", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 refused="those_allocated_must_still_be_there"),
            step("supervisor", "hand_over", practitioner="@lead", note="What was, invented."),
            step("supervisor", "allocate_case", after=DAY, lead="@intermediate"),
            step("worker", "accept_facilitator", party="V1", notes=False),
            step("worker", "accept_facilitator", party="O1", notes=True),
            Step("intermediate", BOOK.name, BOOK.given),
            step("trainer", "reactivate_practitioner", about="lead"),
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    ),
)  # fmt: skip

SICK = Scenario(
    32,
    Path(
        "Facilitator leaves/sick: whoever covers goes on in their own name until they are back",
        (
            *referred(),
            step("supervisor", "record_absence", about="lead", back=Ahead(20),
                 cover="@intermediate"),
            *(replace(one, who="intermediate") if one.who == "lead" else one for one in explored()),
            step("lead", "end_absence", after=DAY, about="lead"),
            step("lead", "record_consent", **CONSENT),
        ),
        stage="EXPLORING",
        then=(
            lambda case: case.lead not in case.covered_by,
            lambda case: len(case.covered_by) == 1,
            lambda case: case.covered_by < case.ever_allocated,
        ),
    ),
)  # fmt: skip

STRAIGHT = Scenario(
    32,
    Path(
        "Facilitator leaves/sick: it goes straight to a successor, and each person is asked",
        (
            *referred(),
            *explored(),
            *chosen("FACE_TO_FACE"),
            step("supervisor", "hand_over_to", practitioner="@lead", to="@intermediate",
                 note="What was, invented."),
            Step("intermediate", BOOK.name, BOOK.given),
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        waits=frozenset({"new_facilitator"}),
        then=(lambda case: case.unallocated_since is None,),
    ),
)  # fmt: skip

HANDED_OVER = next(n for n, one in enumerate(LEFT.path.steps, 1) if one.name == "hand_over")

NEEDS_SOMEBODY = Scenario(
    32,
    Path(
        "Facilitator leaves/sick: what is under way waits for an allocation, by a clock of staff",
        LEFT.path.steps[:HANDED_OVER],
        stage="CHOSEN",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        waits=frozenset({"allocation"}),
        then=(lambda case: case.lead is None and case.thread("V1-O1").open,),
    ),
)

NEW_FACE = Scenario(
    32,
    Path(
        "Facilitator leaves/sick: each person is asked whether the new one is acceptable",
        LEFT.path.steps[: HANDED_OVER + 1],
        stage="CHOSEN",
        waits=frozenset({"new_facilitator"}),
        then=(lambda case: case.party("V1").met_by != case.lead,),
    ),
)

BEYOND = Scenario(
    33,
    Path(
        "A case beyond one's training is passed on",
        (
            *referred(),
            specialist_class("SPECIALIST_DA"),
            step("co", "record_facilitator_meeting", **OF, explained=["WHAT_IT_IS"],
                 understood=True, refused="a_sensitive_case_needs_experienced_facilitators"),
            step("supervisor", "allocate_case", lead="@lead",
                 refused="a_sensitive_case_needs_an_advanced_lead"),
            step("lead", "hand_over", practitioner="@lead"),
        ),
        stage="REFERRED",
        waits=frozenset({"allocation"}),
    ),
)  # fmt: skip

HARMFUL = Scenario(
    35,
    Path(
        "Harmful exchange",
        (
            *referred(*referred()[0].given["parties"], SUPPORTER),
            *explored(),
            *chosen("FACE_TO_FACE", "SUPPORTERS_PRESENT"),
            *welcomed("S1"),
            Step("lead", PLAN.name, {**PLAN.given, "attending": ["S1"]}),
            *FROM_THERE[:3],
            *introduced("S1"),
            *FROM_THERE[3:-1],
            step("lead", "confirm_willingness", intervention="I1", party="S1"),
            FROM_THERE[-1],
            step("lead", "stop_intervention", intervention="I1", by="FACILITATOR"),
            step("lead", "raise_concern", concern="ADVERSE_EVENT", party="V1"),
            *(step("lead", "record_debrief", intervention="I1", party=p)
              for p in ("V1", "O1", "S1")),
            step("lead", "decide_risk", thread="V1-O1", decision="DEFER_AND_REVIEW",
                 assessment_text="Invented.", review_on=Ahead(30)),
            Step("lead", BOOK.name, BOOK.given, refused="the_risk_decision_must_allow_this"),
        ),
        stage="CHOSEN",
        waits=frozenset({"task"}),
        then=(
            lambda case: case.intervention("I1").state == "STOPPED_BY_FACILITATOR",
            lambda case: not case.held("V1-O1"),
            lambda case: all(case.thread("V1-O1").side(p).to_confirm for p in ("V1", "O1")),
        ),
    ),
)  # fmt: skip

BECOMES = Scenario(
    36,
    then(
        SHUTTLE_TO_MEETING,
        lambda case: [str(one.type) for one in case.held("V1-O1")] == ["SHUTTLE", "FACE_TO_FACE"],
        lambda case: not case.thread("V1-O1").current.victim.may_pass,
    ),
)

NOT_COMPLETED = Scenario(
    37,
    Path(
        "Agreement not completed",
        (
            *referred(),
            *explored(),
            *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"),
            *started("FACE_TO_FACE"),
            step("lead", "record_agreement", thread="V1-O1", intervention="I1",
                 items=[{"party": "O1", "kind": "MONEY", "due": Ahead(30)}]),
            *completed(),
            step("worker", "record_wish", party="V1", wish="AGREEMENT_PROGRESS"),
            step("lead", "record_item_progress", after=40 * DAY, item="A1",
                 state="NOT_COMPLETED", not_done="CHOSE_NOT_TO",),
            step("lead", "tell_item_progress", item="A1"),
            ended("COMPLETED_AGREEMENT_NOT_FULFILLED"),
        ),
        stage="ENDED",
        ended={"V1-O1": "COMPLETED_AGREEMENT_NOT_FULFILLED"},
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        then=(
            lambda case: case.item("A1").state == "NOT_COMPLETED" and case.item("A1").told,
            lambda case: not case.hearings,
        ),
    ),
)  # fmt: skip

NOT_DONE_IN_TIME = Scenario(
    37,
    Path(
        "Agreement not completed: when its date passes it is a task of staff, and nothing else",
        (
            *NOT_COMPLETED.path.steps[:-4],
            step("lead", "offer_feedback", after=40 * DAY, party="V1", channel="LETTER"),
        ),
        stage="FOLLOW_UP",
        waits=frozenset({"agreed_item"}),
        then=(
            lambda case: "agreed_item" in {name for name, _, _ in case.missed},
            lambda case: case.item("A1").state == "AGREED",
            lambda case: case.thread("V1-O1").current.offender.choice == "CONSENTED",
        ),
    ),
)

COMPLAINT = Scenario(
    38,
    Path(
        "Feedback unreturned / complaint",
        (
            *referred(victim(1), victim(2), offender()),
            *explored("V1-O1"),
            *explored("V2-O1"),
            *chosen("FACE_TO_FACE", thread="V1-O1"),
            *chosen("FACE_TO_FACE", thread="V2-O1"),
            *held("FACE_TO_FACE", thread="V1-O1"),
            step("worker", "offer_feedback", party="V1", channel="LETTER"),
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V2-O1"]),
            step("intake", "raise_concern", after=8 * WEEK, concern="COMPLAINT", party="V1",
                 account="Invented."),
            *in_date_again("lead", "co"),
            step("lead", "prepare_person", after=DAY, intervention="I2", party="V2"),
        ),
        stage="FOLLOW_UP",
        waits=frozenset({"acknowledge_complaint", "look_into_complaint"}),
        then=(
            lambda case: case.intervention("I2").state == "PLANNED",
            lambda case: case.thread("V1-O1").side("V1").choice == "CONSENTED",
        ),
    ),
)  # fmt: skip
