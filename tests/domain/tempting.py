"""Situations in which a never-rule could be broken, and what somebody then tries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.domain.honest import ON_THE_SPOT
from tests.domain.situations import BY_LETTER, CHILD, LETTER, MEETING
from tests.domain.test_whole_life import PARENT, SUPPORTER
from tests.domain.undone import (
    a_no_needs_training,
    a_no_reaches_further,
    a_no_stops_nothing,
    the_clock_chooses,
)
from tests.steps import (
    DAY,
    EXPLAINED,
    NONE_BEHIND,
    Ahead,
    chosen,
    ended,
    explored,
    met,
    offender,
    referred,
    started,
    step,
    victim,
)
from tests.steps_sensitive import steps_agreed
from tests.steps_stand_in import EXPLORED, FOUND, OF, met_knowing

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    import pytest

    from tests.steps import Step
    from tests.story import Story

Asked = tuple[str, str, dict[str, Any]]
PAIR: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
PLAN: Asked = ("lead", "plan_intervention", MEETING)
TOLD = {"V1": "TOLD_IT_ENDED", "O1": "TOLD_NOT_GOING_AHEAD"}
ACCEPTED = step("lead", "record_responsibility", thread="V1-O1", party="O1",
                status="ACCEPTS_RESPONSIBILITY", evidence="FACILITATOR_ASSESSMENT")  # fmt: skip
SENSITIVE = (
    step("supervisor", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND),
    step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"),
)
BOTH = ("FACE_TO_FACE", "OUTCOME_AGREEMENT", "SHARE_WITH_OTHER_PARTY")


def without(name: str, steps: tuple[Step, ...], party: str = "") -> tuple[Step, ...]:
    """Return these steps, those of this name left out; of one person only, if one is named."""
    return tuple(
        one for one in steps if one.name != name or (party and one.given["party"] != party)
    )


HELPERS = (SUPPORTER, PARENT)
BEGUN = referred(victim(), offender(), *HELPERS)
READY = (*BEGUN, *explored(), *chosen(*BOTH))
DECLINED = (*BEGUN, step("worker", "decline_offer", party="V1"))


@dataclass(frozen=True)
class Temptation:
    """How far a case has come, and what is tried in it; what else than its rules holds it."""

    number: str
    so_far: tuple[Step, ...]
    tries: Callable[[Random, Story], Asked]
    change: Callable[[pytest.MonkeyPatch], None] | None = None
    """How to take away what holds it, where that is no rule of the table."""


def one_of(*asked: Asked) -> Callable[[Random, Story], Asked]:
    """Return that somebody tries one of these."""
    return lambda rng, _: rng.choice(asked)


def ending(reason: str, who: str = "supervisor", **told: str) -> Asked:
    """Return that somebody tries to end the pair."""
    return (who, "end_thread", {"thread": "V1-O1", "reason": reason, "told": {**TOLD, **told}})


def a_correction(rng: Random, story: Story) -> Asked:
    """Return that somebody marks one of the last entries as made in error."""
    who = rng.choice(["worker", "lead", "supervisor"])
    return (who, "mark_entered_in_error", {"entry": len(story.history) - rng.randint(0, 3)})


def on_the_spot(rng: Random, story: Story) -> Asked:
    """Return a local resolution in which something may be missing."""
    child = {"party": "O1", "role": "CHILD_OFFENDER", "details": {"born": "2012-01-01"}}
    item = {"party": "O1", "kind": "APOLOGY", "done": True}
    given: dict[str, Any] = {name: rng.random() < 0.9 for name in ON_THE_SPOT}
    given["parties"] = [victim(), rng.choice([offender(), child]), *HELPERS]
    given["items"] = rng.choice([[item], [item], []])
    for name in ("adult_present", "youth_service_told"):
        given[name] = rng.choice([True, False])
    return ("worker", "record_local_resolution", given)


PROPOSAL: dict[str, Any] = {"thread": "V1-O1", "by": "O1",
                            "proposed": {"party": "O1", "kind": "APOLOGY"}}  # fmt: skip
WISHED = EXPLORED[0]
RING = {"party": "V1", "outcome": "NO_RESPONSE"}
ANY_WAY = [("worker", "record_contact_attempt", {**RING, "channel": c})
           for c in ("TELEPHONE", "LETTER", "EMAIL")]  # fmt: skip
MET = {**PAIR, "explained": ["WHAT_IT_IS"], "understood": True}
ADULT = {"adult": "S1", "adult_view": "YES"}
CHILDS = (
    *referred(CHILD, SUPPORTER, PARENT, offender()),
    *explored(),
    *without("record_consent", chosen(*BOTH), "V1"),
)
SAYS_YES = {**PAIR, "scopes": [*BOTH], "form": "SIGNED_PAPER"}
ALL = list(met("V1-O1", "V1").given["explained"])
MEETS = [("advanced", "record_facilitator_meeting", {**MET, "party": p, "explained": ALL})
         for p in ("V1", "O1")]  # fmt: skip
SIGNS = {"thread": "V1-O1", "decision": "PROCEED_DIRECT"}
SENSITIVE_READY = (
    *BEGUN,
    *SENSITIVE,
    *steps_agreed(),
    *(step(who, name, **given) for who, name, given in MEETS),
    *(step("advanced", "record_consent", **{**SAYS_YES, "party": p}) for p in ("V1", "O1")),
    step("advanced", "record_responsibility", **ACCEPTED.given),
    step("advanced", "decide_risk", **SIGNS, assessment_text="Invented."),
    step("advanced", "record_legal_position", thread="V1-O1", officer_view=True),
)

TEMPTATIONS = {
    "a meeting without consent": Temptation(
        "N1", (*BEGUN, *explored(), *without("record_consent", chosen(*BOTH), "V1")), one_of(PLAN)
    ),
    "a day that was only kept free": Temptation(
        "N1",
        (
            *READY,
            *started("FACE_TO_FACE")[:3],
            step(
                "lead",
                "pencil_in_date",
                intervention="I1",
                for_when=Ahead(20),
                agreed_by=["V1", "O1"],
            ),
            *started("FACE_TO_FACE")[3:6],
        ),
        one_of(("lead", "confirm_ready", {"intervention": "I1"})),
    ),
    "a meeting fixed on what was agreed to before": Temptation(
        "N1",
        (*READY, *started("FACE_TO_FACE")[:5]),
        one_of(("lead", "confirm_ready", {"intervention": "I1"})),
    ),
    "an ending by silence": Temptation(
        "N2", BEGUN, one_of(ending("VICTIM_DECLINED_DOOR_OPEN"), ending("OFFENDER_DECLINED"))
    ),
    "a choice by the clock": Temptation("N2", BEGUN, one_of(ANY_WAY[0]), the_clock_chooses),
    "one attempt after the other": Temptation(
        "N3", referred(victim(), offender(), *HELPERS, inform=False), one_of(*ANY_WAY)
    ),
    "an offer to whoever wants none": Temptation(
        "N3",
        (
            *DECLINED,
            step("worker", "decline_later_offers", party="V1"),
            ended("VICTIM_DECLINED_DOOR_OPEN", who="worker"),
            step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1"),
        ),
        one_of(
            ("worker", "offer_facilitator_meeting", PAIR),
            ("worker", "record_discussion", {"party": "V1"}),
        ),
    ),
    "a meeting before responsibility is accepted": Temptation(
        "N4", (*BEGUN, *without("record_responsibility", explored()), *chosen(*BOTH)), one_of(PLAN)
    ),
    "why somebody said no": Temptation(
        "N5", DECLINED, one_of(ending("VICTIM_DECLINED_DOOR_OPEN", O1="TOLD_WHY"))
    ),
    "a meeting that goes on over a no": Temptation(
        "N5",
        (*READY, *started("FACE_TO_FACE")),
        one_of(
            ("worker", "withdraw_consent", {"party": "V1"}),
            ("lead", "complete_intervention", {"intervention": "I1"}),
        ),
        a_no_stops_nothing,
    ),
    "a partner told too much": Temptation(
        "N6",
        BEGUN,
        one_of(
            (
                "worker",
                "refer_onward",
                {"party": "V1", "service": "HOUSING", "items": ["NAME", "NEEDS"]},
            ),
            (
                "worker",
                "record_onward_wish",
                {"party": "V1", "service": "HOUSING", "items": ["NAME"]},
            ),
        ),
    ),
    "a facilitator out of date": Temptation(
        "N7",
        (*BEGUN, step("worker", "record_discussion", after=100 * DAY, party="V1")),
        one_of(("lead", "record_facilitator_meeting", MET)),
    ),
    "a sensitive case not countersigned": Temptation(
        "N8", SENSITIVE_READY, one_of(("advanced", "plan_intervention", MEETING))
    ),
    "what somebody keeps to themselves": Temptation(
        "N9",
        READY,
        one_of(
            ("lead", "pass_on", {**PAIR, "what": "REASONS"}),
            ("lead", "pass_on", {**PAIR, "what": "HEALTH"}),
            ("lead", "allow_to_pass", {**PAIR, "party": "O1", "what": "REASONS", "words": "Why."}),
            ("intake", "keep_to_themselves", {"party": "O1"}),
        ),
    ),
    "what the law says of the other": Temptation(
        "N9",
        (*BEGUN, step("worker", "record_legal_bar", thread="V1-O1")),
        one_of(*(ending(r, V1="TOLD_WHY") for r in ("LEGAL_BAR", "CJ_PROCESS_INTERVENED"))),
    ),
    "a no of one pair": Temptation(
        "N10",
        referred(victim(), offender(1), offender(2), *HELPERS),
        one_of(
            *(
                ("worker", name, {"party": "V1", "threads": ["V1-O2"]})
                for name in ("decline_offer", "withdraw_consent", "defer_choice")
            )
        ),
        a_no_reaches_further,
    ),
    "a letter that nobody wants": Temptation(
        "N11",
        (*BEGUN, *explored(), *chosen(*BY_LETTER), *LETTER),
        one_of(
            ("lead", "deliver_letter", {"letter": "L1"}),
            ("lead", "take_letter_back", {"letter": "L1"}),
            ("lead", "record_letter_asked_for", {"letter": "L1"}),
        ),
    ),
    "a meeting over a bar": Temptation(
        "N12", (*BEGUN, *explored(), *without("record_legal_position", chosen(*BOTH))), one_of(PLAN)
    ),
    "a child whose adult was not heard": Temptation(
        "N13", CHILDS, one_of(("lead", "record_consent", SAYS_YES), PLAN, PLAN)
    ),
    "somebody who asked for no contact": Temptation(
        "N14",
        (*BEGUN, step("worker", "stop_contact", party="V1")),
        one_of(
            ("worker", "give_information", {"party": "V1", "channel": "LETTER"}),
            ("worker", "allow_contact", {"party": "V1"}),
        ),
    ),
    "a no corrected away": Temptation("N15", DECLINED, a_correction),
    "another way of meeting": Temptation(
        "N17",
        (*BEGUN, step("worker", "offer_facilitator_meeting", **PAIR, way="IN_PERSON")),
        one_of(("lead", "record_facilitator_meeting", {**MET, "way": "TELEPHONE"})),
    ),
    "a meeting not as the harmed person prefers": Temptation(
        "N17",
        (*without("record_preferences", READY), *started("FACE_TO_FACE")[:6]),
        one_of(("lead", "confirm_ready", {"intervention": "I1"})),
    ),
    "something agreed over the harmed person's head": Temptation(
        "N17",
        (*READY, step("lead", "propose_item", **PROPOSAL)),
        one_of(
            ("lead", "propose_item", PROPOSAL),
            *(("lead", "agree_to_proposal", {"proposal": "P1", "party": p}) for p in ("V1", "O1")),
        ),
    ),
    "an end to somebody's own time": Temptation(
        "N17",
        (*BEGUN, step("worker", "record_need_for_time", party="V1")),
        one_of(ending("CJ_PROCESS_INTERVENED"), ending("NOT_RESTORATIVE_JUSTICE")),
    ),
    "an interested victim whom nobody met": Temptation(
        "N18",
        (*BEGUN, step("worker", "record_interest", **PAIR, asked_by="V1")),
        one_of(ending("NOT_RESTORATIVE_JUSTICE"), ending("CJ_PROCESS_INTERVENED")),
    ),
    "a way that is not safe": Temptation(
        "N19",
        (*BEGUN, step("worker", "close_ways", party="V1", channels=["TELEPHONE"])),
        one_of(("worker", "give_information", {"party": "V1", "channel": "TELEPHONE"}), ANY_WAY[0]),
    ),
    "somebody not identified": Temptation(
        "N19",
        (*BEGUN, step("worker", "doubt_identity", party="V1")),
        one_of(("worker", "give_information", {"party": "V1", "channel": "LETTER"}), ANY_WAY[1]),
    ),
    "a meeting with somebody not identified": Temptation(
        "N19", (*READY, step("worker", "doubt_identity", party="V1")), one_of(PLAN)
    ),
    "a no to somebody untrained": Temptation(
        "N20",
        SENSITIVE_READY,
        one_of(("auditor", "withdraw_consent", {"party": "V1"})),
        a_no_needs_training,
    ),
    "a signature under one's own case": Temptation(
        "N21", SENSITIVE_READY, one_of(("supervisor", "countersign_risk", SIGNS))
    ),
    "something missing on the spot": Temptation("N22", (), on_the_spot),
    "a stand-in taken for the person": Temptation(
        "N23",
        (*BEGUN, FOUND, WISHED, met_knowing("V1", *EXPLAINED)),
        one_of(("lead", "record_consent", {**SAYS_YES, "thread": OF})),
    ),
    "why, where a choice was misled": Temptation(
        "N23",
        (
            *READY,
            step("lead", "record_misleading", **PAIR),
            step(
                "lead",
                "decide_risk",
                thread="V1-O1",
                decision="DO_NOT_PROCEED",
                assessment_text="Invented.",
            ),
        ),
        one_of(*(ending("UNSUITABLE_RISK", **{p: "TOLD_WHY"}) for p in ("V1", "O1"))),
    ),
    "a consent that rests on what is misleading": Temptation(
        "N23",
        (*READY, step("worker", "record_misleading", **PAIR)),
        one_of(PLAN, ("lead", "confirm_consent", PAIR)),
    ),
}
