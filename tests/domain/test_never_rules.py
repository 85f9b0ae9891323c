"""That each never-rule holds in lives that are lived to break it, and that this would be found.

Each life begins where the rule could be broken, and goes on at random: what is tried again and
again, noes, what staff would do next, time that passes, and a store that does not take what was
decided, so that it is asked for once more.
"""

from __future__ import annotations

import importlib
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from domain.commands.interventions import CompleteIntervention
from domain.ids import reference
from domain.rules.groups import TRAINED
from domain.rules.table import GUARDS, joins
from tests.domain.auditor import Record
from tests.domain.course import held_while_wanted
from tests.domain.lives import ask
from tests.domain.never import HELD
from tests.domain.situations import after
from tests.domain.tempting import TEMPTATIONS
from tests.domain.test_rules_exchange import END, a_no_learnt_of_late
from tests.domain.test_whole_life import WholeLife
from tests.story import Story

if TYPE_CHECKING:
    from domain.words import InterventionType
    from tests.domain.tempting import Temptation

NUMBERS = {f"N{n}" for n in range(1, 24)} - {"N16"}
NOT_TAKEN = 3
"""Of so many commands the store does not take one at first."""


class Tempted(WholeLife):
    temptation: Temptation

    @initialize()
    def begin(self) -> None:
        """The case has come to where somebody might break the rule."""
        steps = self.temptation.so_far
        self.story = (
            after(*steps, forms=self.offered) if steps else Story(case_id=reference("RJ", "spot"))
        )
        self.kept, self.looked_at = [], 0

    @rule(lot=st.integers(0, 2**64 - 1))
    def something_happens(self, lot: int) -> None:
        rng = Random(f"{lot} {len(self.story.history)}")  # noqa: S311 - no secret
        ways = [self.they_try] * 4
        if self.story.history:
            ways += [
                self.time_passes,
                self.something_is_asked,
                self.it_goes_on,
                self.somebody_says_no_or_stop_or_warns,
            ]
        rng.choice(ways)(rng)

    def they_try(self, rng: Random) -> None:
        for _ in range(rng.randint(1, 4)):
            self.took(*self.temptation.tries(rng, self.story))

    def took(self, who: str, name: str, given: dict[str, Any]) -> None:
        if self.story.count % NOT_TAKEN == 0:
            known = len(self.story.history)
            ask(self.story, who, name, given, record=False)
            assert len(self.story.history) == known
        super().took(who, name, given)

    def teardown(self) -> None:
        if hasattr(self, "story") and self.story.history:
            super().teardown()


def tempt(
    temptation: Temptation, examples: int, steps: int, form: InterventionType | None = None
) -> None:
    machine = type("Tempted", (Tempted,), {"temptation": temptation, "form": form})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def rules_of(number: str) -> set[Any]:
    """Return the rules that hold this, as functions."""
    named = (one.split(".") for one in HELD[number].rules.split())
    return {getattr(importlib.import_module(f"domain.rules.{m}"), name) for m, name in named}


def take_out(patch: pytest.MonkeyPatch, temptation: Temptation) -> None:
    """Take away what holds the never-rule."""
    if temptation.change is not None:
        temptation.change(patch)
        return
    joining = {command for command in GUARDS if joins(command)}
    patch.setattr("domain.needs.joins", joining.__contains__)
    out = rules_of(temptation.number)
    for command, row in [*GUARDS.items()]:
        patch.setitem(GUARDS, command, tuple(one for one in row if one not in out))


def test_every_never_rule_has_its_row_and_its_temptation() -> None:
    assert set(HELD) == NUMBERS
    assert {one.number for one in TEMPTATIONS.values()} == NUMBERS


@pytest.mark.parametrize("number", HELD)
def test_what_holds_it_is_there(number: str) -> None:
    used = {one for row in GUARDS.values() for one in row}
    assert rules_of(number) <= used
    for one in HELD[number].besides.split():
        module, _, name = one.rpartition(".")
        assert hasattr(importlib.import_module(f"domain.{module}"), name)
    assert HELD[number].rules or HELD[number].besides


@pytest.mark.parametrize("called", TEMPTATIONS)
def test_it_holds_in_every_life_that_is_lived_to_break_it(called: str) -> None:
    tempt(TEMPTATIONS[called], 4, 10)


@pytest.mark.parametrize("called", TEMPTATIONS)
def test_without_what_holds_it_that_is_found(called: str, monkeypatch: pytest.MonkeyPatch) -> None:
    temptation = TEMPTATIONS[called]
    take_out(monkeypatch, temptation)
    with pytest.raises(AssertionError) as found:
        tempt(temptation, 20, 12)
    assert f"{temptation.number}:" in str(found.value)


@pytest.mark.parametrize("ended", ["complete_intervention", "pause_intervention"])
def test_an_end_entered_late_over_a_no_is_found_where_no_rule_asks_for_it(
    ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, soon = a_no_learnt_of_late("stop_contact", after=ended)
    monkeypatch.setitem(GUARDS, CompleteIntervention, TRAINED)
    end, *_ = story.do(*END, intervention="I1", effective_at=soon)
    found = [*held_while_wanted(Record(story.history, end, story.facts))]
    assert found == ["N5: I1 was held to its end over a no of O1"]


@pytest.mark.prove
@pytest.mark.parametrize("called", TEMPTATIONS)
def test_it_holds_in_many_lives_that_are_lived_to_break_it(called: str) -> None:
    tempt(TEMPTATIONS[called], 40, 20)
