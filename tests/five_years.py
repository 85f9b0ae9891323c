"""A case of five years: more time, three facilitators, a prison move, a withdrawal, a change of
form and a return."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.steps import (
    DAY,
    EXPLAINED,
    YEAR,
    Ahead,
    Path,
    Step,
    asked_what_they_prefer,
    completed,
    ended,
    explored,
    in_date_again,
    offender,
    referred,
    started,
    step,
    victim,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTH = timedelta(days=30)
V: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
PAIR: dict[str, Any] = {"thread": "V1-O1"}


def by(who: str, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return these steps, taken by this facilitator instead of the first."""
    return tuple(
        Step(
            who if one.who == "lead" else one.who,
            one.name,
            {name: _instead(who, value) for name, value in one.given.items()},
            one.after,
            one.refused,
        )
        for one in steps
    )


def _instead(who: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_instead(who, one) for one in value]
    return f"@{who}" if value == "@lead" else value


def meeting(who: str, party: str) -> Step:
    """Return a facilitator's meeting by this one."""
    return step(who, "record_facilitator_meeting", after=DAY, thread="V1-O1", party=party,
                explained=EXPLAINED, understood=True)  # fmt: skip


def yes(who: str, *scopes: str, risk: str) -> tuple[Step, ...]:
    """Return both consents, the risk and the legal position, by this one."""
    return (
        *(
            step(who, "record_consent", after=DAY, thread="V1-O1", party=party,
                 scopes=list(scopes), form="SIGNED_PAPER")
            for party in ("V1", "O1")
        ),
        step(who, "decide_risk", **PAIR, decision=risk, assessment_text="Invented."),
        step(who, "record_legal_position", **PAIR, officer_view=True),
        asked_what_they_prefer(who=who),
    )  # fmt: skip


EIGHTEEN_MONTHS = (
    *referred(victim(), offender(stage="CUSTODY")),
    *explored(),
    step("lead", "record_need_for_time", party="V1"),
    *(
        one
        for _ in range(6)
        for one in (
            step("worker", "agree_next_contact", party="V1", at=Ahead(85)),
            step("worker", "record_need_for_time", after=91 * DAY, party="V1"),
        )
    ),
)
SECOND_FACILITATOR = (
    step("trainer", "deactivate_practitioner", about="lead"),
    step("supervisor", "hand_over", practitioner="@lead", note="What was, invented."),
    *in_date_again("intermediate", "co", "advanced"),
    step("supervisor", "allocate_case", after=DAY, lead="@intermediate"),
    step("worker", "accept_facilitator", party="O1"),
    step("worker", "record_interest", **V, asked_by="V1"),
    step("worker", "accept_facilitator", party="V1"),
    *yes("intermediate", "SHUTTLE", risk="PROCEED_INDIRECT_ONLY"),
    *by("intermediate", started("SHUTTLE")),
    step("intermediate", "agree_message", intervention="I1", **V, note="Why?"),
    step("intermediate", "carry_message", message="M1", party="O1", channel="IN_PERSON"),
    *by("intermediate", completed()),
)
CHANGE_OF_FORM = (
    *yes("intermediate", "FACE_TO_FACE", risk="PROCEED_DIRECT"),
    step("intermediate", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
         for_when=Ahead(20)),
    step("worker", "record_change", party="O1", change="MOVED_PRISON"),
    step("worker", "tell_where_it_stands", intervention="I2", party="V1"),
    step("intermediate", "fix_date", after=7 * DAY, intervention="I2", for_when=Ahead(30)),
    step("intake", "withdraw_consent", party="V1"),
    step("worker", "record_later_offers_wish", party="V1", later_offers="WANTED"),
    ended("VICTIM_WITHDREW", told="TOLD_NOT_GOING_AHEAD", who="intermediate"),
)  # fmt: skip
RETURN = (
    *in_date_again("advanced", "co"),
    step("worker", "take_up_again", after=DAY, **PAIR, kind="RETURN", asked_by="V1"),
    step("supervisor", "allocate_case", lead="@advanced"),
    step("worker", "record_interest", **V, asked_by="V1"),
    meeting("advanced", "V1"),
    meeting("advanced", "O1"),
    step("advanced", "record_responsibility", **PAIR, party="O1",
         status="ACCEPTS_RESPONSIBILITY", evidence="FACILITATOR_ASSESSMENT"),
    *yes("advanced", "FACE_TO_FACE", "OUTCOME_AGREEMENT", risk="PROCEED_DIRECT"),
    *by("advanced", started("FACE_TO_FACE", number=3)),
    *by("advanced", completed(number=3)),
    ended("COMPLETED_DIRECT", who="advanced"),
)  # fmt: skip
YEARS_GO_BY = Step("worker", "record_stage", {"party": "O1", "stage": "LICENCE_OR_POST_RELEASE"},
                   3 * YEAR)  # fmt: skip

FIVE_YEARS = Path(
    "Five years: time, three facilitators, a prison move, a withdrawal, another form, a return",
    (*EIGHTEEN_MONTHS, *SECOND_FACILITATOR, *CHANGE_OF_FORM, YEARS_GO_BY, *RETURN),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_DIRECT"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    then=(
        lambda case: [e.kind for e in case.thread("V1-O1").episodes] == ["FIRST", "RETURN"],
        lambda case: case.thread("V1-O1").episodes[0].ended is not None,
        lambda case: (
            case.thread("V1-O1").current.opened_at
            - (case.opened_at or case.thread("V1-O1").current.opened_at)
            > 4 * YEAR + 180 * DAY
        ),
        lambda case: case.intervention("I1").state == "COMPLETED",
        lambda case: case.intervention("I3").facilitators[0] == case.lead,
    ),
)
"""From the referral to its end it takes nearly five years."""
