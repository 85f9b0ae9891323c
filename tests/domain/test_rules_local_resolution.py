"""Rules of local resolution on the spot: each kept once, and broken once; and who owes what."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Nonsense
from domain.level import police_level
from domain.rules import local_resolution as spot
from tests.domain.honest import ON_THE_SPOT
from tests.domain.situations import (
    BOTH_IN_TURN,
    MEETING,
    SIGNED,
    after,
    breaks,
    keeps,
    sensitive_and_ready,
)
from tests.steps import chosen, explored, offender, referred, step, victim
from tests.story import Story

RIGHT: dict[str, Any] = {
    "parties": [victim(), offender(stage="COMMUNITY_RESOLUTION")],
    "accepted": True,
    "agreed": True,
    "talked_through": True,
    "crime_recorded": True,
    "bars_ruled_out": True,
    "sensitivity_ruled_out": True,
    "items": [{"party": "O1", "kind": "APOLOGY", "done": True}],
}
CHILD = {"party": "O1", "role": "CHILD_OFFENDER", "details": {"born": "2012-01-01"}}
NAME = "record_local_resolution"
MEET = step("lead", "plan_intervention", **MEETING)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (spot.the_offender_must_accept_on_the_spot, {"accepted": False}),
        (spot.the_victim_must_freely_agree_on_the_spot, {"agreed": False}),
        (spot.it_must_be_talked_through, {"talked_through": False}),
        (spot.something_must_put_it_right, {"items": []}),
        (
            spot.a_local_resolution_is_for_crimes_that_are_not_sensitive,
            {"sensitivity_ruled_out": False},
        ),
        (spot.the_crime_must_be_recorded_as_usual, {"crime_recorded": False}),
        (spot.no_order_bars_it_on_the_spot, {"bars_ruled_out": False}),
        (spot.a_child_is_not_alone_on_the_spot, {"parties": [victim(), CHILD]}),
        (
            spot.a_child_is_not_alone_on_the_spot,
            {"parties": [victim(), CHILD], "adult_present": True},
        ),
        (
            spot.nobody_under_18_is_taken_for_an_adult,
            {"parties": [victim(), {**offender(), "details": {"born": "2012-01-01"}}]},
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_lacking_makes_it_no_local_resolution(rule: Any, wrong: dict[str, Any]) -> None:
    breaks(Story(), rule, "worker", NAME, **{**RIGHT, **wrong})


@pytest.mark.parametrize(
    "rule",
    [
        spot.the_offender_must_accept_on_the_spot,
        spot.the_victim_must_freely_agree_on_the_spot,
        spot.it_must_be_talked_through,
        spot.something_must_put_it_right,
        spot.a_local_resolution_is_for_crimes_that_are_not_sensitive,
        spot.the_crime_must_be_recorded_as_usual,
        spot.no_order_bars_it_on_the_spot,
        spot.nobody_under_18_is_taken_for_an_adult,
    ],
)
def test_nothing_lacking_it_is_one(rule: Any) -> None:
    story = Story()
    keeps(story, rule, "worker", NAME, **RIGHT)
    assert story.case.thread("V1-O1").current.ended


@pytest.mark.parametrize("answer", ON_THE_SPOT)
def test_what_nobody_answered_is_asked_for_and_never_taken_for_granted(answer: str) -> None:
    given = {name: value for name, value in RIGHT.items() if name != answer}
    with pytest.raises(Nonsense, match=f"^{answer}: Field required"):
        Story().do("worker", NAME, **given)


def test_what_puts_it_right_may_be_an_option_of_the_community_remedy() -> None:
    item = {"party": "O1", "kind": "MONEY", "remedy": "PAY_FOR_DAMAGE"}
    story = after(step("worker", "record_local_resolution", **{**RIGHT, "items": [item]}))
    agreed = next(e for e in story.history if e.name == "item_agreed")
    assert agreed.envelope.data["remedy"] == "PAY_FOR_DAMAGE"


def test_a_child_is_accompanied_and_the_youth_service_told() -> None:
    given = {
        **RIGHT,
        "parties": [victim(), CHILD],
        "adult_present": True,
        "youth_service_told": True,
    }
    keeps(Story(), spot.a_child_is_not_alone_on_the_spot, "worker", NAME, **given)


def test_what_was_wrongly_resolved_on_the_street_is_recorded_with_the_breach_and_supervised() -> (
    None
):
    story = Story()
    story.do("worker", NAME, **RIGHT | {"sensitivity_ruled_out": False}, happened=True)
    assert story.events[-1] == "acted_in_breach"
    assert story.case.thread("V1-O1").open
    assert "task" in story.waiting()
    story.do("sergeant", "complete_task", task=next(iter(story.case.tasks)))
    assert "task" not in story.waiting()


def several(items: list[dict[str, Any]]) -> dict[str, Any]:
    people = [victim(1), victim(2), offender(1), offender(2)]
    return {**RIGHT, "parties": people, "items": items}


def test_where_there_are_several_it_is_said_between_whom_an_item_is() -> None:
    with pytest.raises(Nonsense, match="say between whom"):
        Story().do("worker", NAME, **several([{"party": "O1", "kind": "MONEY"}]))


def test_each_victim_is_owed_something() -> None:
    only_one = [{"party": "O1", "kind": "MONEY", "thread": "V1-O1"}]
    breaks(Story(), spot.something_must_put_it_right, "worker", NAME, **several(only_one))


def test_who_owes_what_to_whom_is_kept_apart_and_ends_apart() -> None:
    story = Story()
    story.do(
        "worker",
        NAME,
        **several(
            [
                {"party": "O1", "kind": "APOLOGY", "done": True, "thread": "V1-O1"},
                {"party": "O2", "kind": "MONEY", "thread": "V1-O2"},
                {"party": "O1", "kind": "REPAIR_OR_RETURN", "thread": "V2-O1"},
                {"party": "V2", "kind": "UNDERTAKING", "done": True, "thread": "V2-O1"},
            ]
        ),
    )
    owed = {(i.thread, i.owner, i.id) for i in story.case.items.values()}
    assert owed == {
        ("V1-O1", "O1", "A1"),
        ("V1-O2", "O2", "A2"),
        ("V2-O1", "O1", "A3"),
        ("V2-O1", "V2", "A4"),
    }
    assert {t.id for t in story.case.threads.values() if t.open} == {"V1-O2", "V2-O1"}


def test_a_pair_that_came_later_was_not_resolved_on_the_spot() -> None:
    story = after(step("worker", NAME, **RIGHT))
    story.do("worker", "add_party", party="O2", role="OFFENDER")
    with pytest.raises(Exception, match="the_reason_must_be_what_happened"):
        story.do(
            "sergeant",
            "end_thread",
            thread="V1-O2",
            reason="RESOLVED_LOCALLY",
            told={"V1": "TOLD_IT_ENDED", "O2": "TOLD_IT_ENDED"},
        )


def test_a_resolution_that_the_police_made_is_a_stage_and_no_restorative_work() -> None:
    story = after(*referred())
    made = {"party": "O1", "stage": "COMMUNITY_RESOLUTION", "remedy": "PAY_FOR_DAMAGE"}
    story.do("worker", "record_stage", **made)
    assert story.case.party("O1").remedy == "PAY_FOR_DAMAGE"
    assert story.case.interventions == {}
    assert story.case.thread("V1-O1").open
    story.do("worker", "record_stage", party="O1", stage="CHARGED_PRE_PLEA")
    assert story.case.party("O1").remedy is None
    with pytest.raises(Nonsense, match="remedy"):
        story.do("worker", "record_stage", **made | {"stage": "CAUTION"})


LEVELS: list[tuple[Any, str]] = [
    (lambda: after(step("worker", NAME, **RIGHT)), "ACPO_L1_INSTANT"),
    (
        lambda: sensitive_and_ready(SIGNED, step("advanced", "plan_intervention", **MEETING)),
        "ACPO_L3_INTENSIVE",
    ),
]
"""Cases that each have one intervention, and the level that it is counted at."""


@pytest.mark.parametrize(("lived", "level"), LEVELS, ids=[level for _, level in LEVELS])
def test_each_level_of_the_police_follows_from_what_was_done(lived: Any, level: str) -> None:
    case = lived().case
    (one,) = case.interventions.values()
    assert police_level(case, one) == level


def test_what_follows_a_conviction_is_intensive_and_what_came_before_one_is_not() -> None:
    for stage, level in (("CUSTODY", "ACPO_L3_INTENSIVE"), ("CAUTION", "ACPO_L2_CONFERENCE")):
        parties = (victim(), offender(stage=stage))
        story = after(*referred(*parties), *explored(), *chosen(*BOTH_IN_TURN), MEET)
        assert police_level(story.case, story.case.intervention("I1")) == level
    story.do("lead", "cancel_intervention", intervention="I1")
    story.later(days=1)
    story.do("worker", "record_stage", party="O1", stage="CUSTODY")
    assert police_level(story.case, story.case.intervention("I1")) == "ACPO_L2_CONFERENCE"
