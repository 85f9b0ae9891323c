"""That the never-rules hold where an area offers more forms, as for those whose steps they take.

The lives are those of test_never_rules.py and test_whole_life.py: whatever plans a meeting in them
plans another form in which people meet, and a shuttle exchange is one by recordings and calls.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from domain.rules import staff as who
from domain.rules.exchanging import AT_A_PANEL
from domain.rules.table import GUARDS
from domain.words import InterventionType
from tests.domain.tempting import READY, TEMPTATIONS, Temptation
from tests.domain.test_never_rules import take_out, tempt
from tests.domain.test_rules_forms_offered import BESIDES, MEETINGS
from tests.domain.test_whole_life import in_form, live
from tests.steps import started

if TYPE_CHECKING:
    from random import Random

    from tests.domain.tempting import Asked
    from tests.story import Story

NUMBERS = ("N1", "N4", "N9", "N11", "N12")
TEMPTING = [called for called, one in TEMPTATIONS.items() if one.number in NUMBERS]
A_MEETING = [
    "a meeting without consent",
    "a meeting before responsibility is accepted",
    "a meeting over a bar",
]


def somebody_starts_it_alone(rng: Random, story: Story) -> Asked:
    """Return that it starts with one facilitator there, or goes on with one after a break."""
    name = rng.choice(["start_intervention", "resume_intervention"])
    alone = rng.choice([story.staff["lead"], story.staff["co"]])
    return ("lead", name, {"intervention": "I1", "facilitators": [alone]})


def any_number_is_enough(patch: pytest.MonkeyPatch) -> None:
    """Take away the rule that there are enough of them."""
    for command, row in [*GUARDS.items()]:
        left = tuple(one for one in row if one is not who.enough_facilitators_must_be_present)
        patch.setitem(GUARDS, command, left)


ALONE = "a meeting with one facilitator"
ONE_ALONE = Temptation(
    "two facilitators",
    (*READY, *started("FACE_TO_FACE")[:-1]),
    somebody_starts_it_alone,
    any_number_is_enough,
)


@pytest.fixture(autouse=True)
def no_panel_has_rules_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds must hold without them: they would keep these lives from planning any panel."""
    for command, row in [*GUARDS.items()]:
        monkeypatch.setitem(GUARDS, command, tuple(one for one in row if one not in AT_A_PANEL))


def in_another_form(called: str, form: InterventionType) -> Temptation:
    """Return the temptation in which this form comes in the place of that whose steps it takes."""
    one = ONE_ALONE if called == ALONE else TEMPTATIONS[called]
    steps = (replace(step, given=in_form(form, step.given)) for step in one.so_far)
    return replace(one, so_far=tuple(steps))


@pytest.mark.parametrize(("called", "form"), [*product([*TEMPTING, ALONE], BESIDES)])
def test_it_holds_in_every_life_that_is_lived_to_break_it(
    called: str, form: InterventionType
) -> None:
    # Alone they can start it on its day only, which few lives stay on.
    tempt(in_another_form(called, form), 12 if called == ALONE else 2, 10, form)


@pytest.mark.parametrize(
    ("called", "form"), [*product([*A_MEETING, ALONE], [InterventionType.FACE_TO_FACE, *MEETINGS])]
)
def test_without_what_holds_it_that_is_found(
    called: str, form: InterventionType, monkeypatch: pytest.MonkeyPatch
) -> None:
    temptation = in_another_form(called, form)
    take_out(monkeypatch, temptation)
    with pytest.raises(AssertionError) as found:
        tempt(temptation, 20, 12, form)
    assert f"{temptation.number}:" in str(found.value)


@pytest.mark.parametrize("form", BESIDES)
def test_what_is_promised_holds_in_every_life_with_this_form(form: InterventionType) -> None:
    live(6, 25, always_the_same=True, form=form)
