"""That nothing a wait asks of staff is what a rule forbids them as things stand.

Else a clock would run, be missed and be explained, for what nobody may do. What staff can put right
themselves first is left out: who acts, and making sure of who somebody is.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from domain.command import COMMANDS
from domain.rules import allocated, elsewhere, merging, personal_data, reaching, staff
from domain.rules.table import GUARDS
from domain.waits import TABLE, Binds, waits
from tests.domain.asks import ASKS, OF_THE_SERVICE
from tests.domain.expected import WAITS
from tests.domain.lives import ALL_SCOPES, ask, fields_of
from tests.domain.situations import after, go_on, offender_began
from tests.domain.test_whole_life import CHILD, PARENT, SUPPORTER, WholeLife
from tests.steps import NONE_BEHIND, behind, chosen, explored, offender, referred, step, victim
from tests.story import LIMITS

if TYPE_CHECKING:
    from domain.waits import Wait
    from tests.domain.asks import Act
    from tests.domain.expected import Expected
    from tests.steps import Step
    from tests.story import Story

OF_WHO_ACTS = {one.__name__ for one in (staff, allocated, elsewhere, merging, personal_data)}
PUT_RIGHT_FIRST = {
    rule.__name__ for row in GUARDS.values() for rule in row if rule.__module__ in OF_WHO_ACTS
} | {reaching.nothing_is_said_to_somebody_not_identified.__name__}


def asked_and_forbidden(story: Story) -> list[str]:
    """Return each wait on staff that asks for what a rule forbids, with the rules."""
    case = story.case
    if case.merged is not None:
        return []
    asking = [w for w in waits(case, LIMITS) if w.name in ASKS and w.binds is Binds.STAFF]
    return [f"{w.name} {w.subject}: {said}" for w in asking if (said := _against(story, w))]


def _against(story: Story, wait: Wait) -> list[tuple[str, ...]]:
    """Return what is said against each act that the wait asks for, by whoever may do such acts;
    nothing, if one of them is open."""
    may = [wait.whom, story.case.referrer, story.staff["trainer"], story.staff["sergeant"]]
    found = []
    for act in ASKS[wait.name](story.case, wait.subject):
        for who in (one for one in may if one is not None):
            answer = _tried(story, who, act)
            if answer == ():
                return []
            found += [answer] if answer else []
    return found


def _tried(story: Story, who: str, act: Act) -> tuple[str, ...] | None:
    name, named = act
    drawn = fields_of(Random(1), story, COMMANDS[name])  # noqa: S311 - it need not be secret
    given = {field: value for field, value in {**drawn, **named}.items() if value is not None}
    answer = ask(story, who, name, given, record=False)
    if answer.denied:
        return None
    codes = tuple(one.code for one in answer.refusals if one.code not in PUT_RIGHT_FIRST)
    return (*codes, *answer.nonsense)


def test_every_wait_of_the_table_asks_for_an_act_here_or_is_of_the_service_itself() -> None:
    assert {*ASKS} | OF_THE_SERVICE == {row.name for row in TABLE}
    assert not ASKS.keys() & OF_THE_SERVICE


SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "no contact": ("stop_contact", {}),
    "no": ("decline_offer", {}),
    "a doubt": ("pause_participation", {}),
    "no later offers": ("decline_later_offers", {}),
    "that they ring": ("agree_next_contact", {}),
    "a day": ("agree_next_contact", {"at": "2026-12-01T10:00:00+00:00"}),
    "not to be told": ("record_wish", {"wish": "NOT_BE_TOLD"}),
    "their details": ("withhold_details", {}),
    "no support": ("decline_support", {}),
    "no follow-up": ("decline_follow_up", {}),
    "their death": ("record_death", {}),
}
"""What one person may have said, or staff learnt of them."""
HELD: tuple[str, dict[str, Any]] = (
    "classify_case",
    {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SPECIALIST_DA")},
)


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("party", ["V1", "O1"])
@pytest.mark.parametrize(
    "expected",
    [one for one in WAITS if one.name in ASKS],
    ids=lambda one: f"{one.name}-{one.clears[0].name}",
)
def test_whatever_somebody_said_no_wait_asks_for_what_that_forbids(
    expected: Expected, party: str, said: str
) -> None:
    story = expected.story()
    if party in story.case.parties:
        name, given = SAID[said]
        ask(story, "worker", name, {"party": party, **given})
    assert asked_and_forbidden(story) == []


@pytest.mark.parametrize("source", ["OFFENDER_INITIATED", "VICTIM_INITIATED", "SERVICE_INITIATED"])
@pytest.mark.parametrize("classed", [None, HELD])
def test_whoever_began_no_wait_asks_for_an_approach_that_is_held(
    source: str, classed: tuple[str, dict[str, Any]] | None
) -> None:
    story = after(*referred(initiator=source, inform=False)[:-1])
    if classed:
        ask(story, "supervisor", *classed)
    story.later(days=30)
    assert asked_and_forbidden(story) == []


TELLING = {"information", "first_contact", "support"}


def owed_to_the_victim(story: Story) -> dict[str, bool]:
    """Return what is owed to the victim of what is told first, and whether there is time yet."""
    now = [w for w in waits(story.case, LIMITS) if w.name in TELLING and w.subject == "V1"]
    return {w.name: w.due is not None and w.due > story.now for w in now}


@pytest.mark.parametrize(
    "over",
    [
        (
            step("advanced", "propose_approach", thread="V1-O1"),
            step("trainer", "decide_approach", thread="V1-O1", allowed=True, reasons="Yes."),
        ),
        (step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),),
    ],
)
def test_what_was_held_is_owed_from_when_it_was_held_no_longer(over: tuple[Step, ...]) -> None:
    allocated = step("supervisor", "allocate_case", lead="@advanced", co="@intermediate")
    story = offender_began(allocated, **HELD[1])
    story.later(days=30)
    assert owed_to_the_victim(story) == {}
    assert "held_approach" in story.waiting()
    owed = owed_to_the_victim(go_on(story, *over))
    assert owed.keys() >= {"information", "support"}
    assert all(owed.values())


def test_before_it_is_classified_nothing_is_owed_to_a_victim_of_what_the_offender_began() -> None:
    story = after(*referred(initiator="OFFENDER_INITIATED", inform=False)[:-1])
    story.later(days=30)
    assert owed_to_the_victim(story) == {}
    assert "classification" in story.waiting()
    assert owed_to_the_victim(go_on(story, of_class("STANDARD"))) == dict.fromkeys(TELLING, True)


def test_where_a_victim_rings_or_set_a_day_nothing_is_asked_until_that_has_come() -> None:
    story = after(*referred(inform=False), step("worker", "agree_next_contact", party="V1"))
    story.later(days=30)
    assert owed_to_the_victim(story) == {}
    story.do("worker", "agree_next_contact", party="V1", at="2026-04-02T10:00:00+01:00")
    assert owed_to_the_victim(story) == {}
    story.later(days=2)
    assert "promised_contact" in story.waiting()
    assert owed_to_the_victim(story) == dict.fromkeys(TELLING, True)


def of_class(sensitivity: str) -> Step:
    """Return that somebody trained found the class."""
    held = sensitivity == "HELD"
    return step(
        "lead",
        "classify_case",
        sensitivity="SENSITIVE_COMPLEX" if held else sensitivity,
        flags=behind("SPECIALIST_DA") if held else NONE_BEHIND,
        reasons="Invented.",
    )


class Asked(WholeLife):
    """A life that somebody began, perhaps of a kind in which that is held."""

    judged: int

    @initialize(
        initiator=st.sampled_from(["OFFENDER_INITIATED", "VICTIM_INITIATED", "SERVICE_INITIATED"]),
        sensitivity=st.sampled_from(["", "STANDARD", "STANDARD", "HELD"]),
        far=st.integers(0, 2),
        child=st.booleans(),
    )
    def begin(self, initiator: str, sensitivity: str, far: int, *, child: bool) -> None:
        """A case was referred and allocated, and perhaps has come further."""
        people = [{**victim(1), **(CHILD if child else {})}, offender(1), offender(2)]
        steps = [*referred(*people, SUPPORTER, PARENT, initiator=initiator, inform=False)][:-1]
        steps += [of_class(sensitivity)] * bool(sensitivity)
        if sensitivity == "STANDARD" and not child:
            steps += [*explored()] * (far > 0) + [*chosen(*ALL_SCOPES)] * (far > 1)
        self.story = after(*steps)
        self.kept, self.looked_at, self.judged = [], 0, 0

    @invariant()
    def nothing_is_asked_that_is_forbidden(self) -> None:
        if len(self.story.history) != self.judged:
            self.judged = len(self.story.history)
            assert asked_and_forbidden(self.story) == []


def test_in_no_life_a_wait_asks_for_what_a_rule_forbids() -> None:
    run_state_machine_as_test(
        Asked,
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
