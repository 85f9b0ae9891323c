"""How to take away what holds a never-rule, where that is no rule of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.commands import closing, suspending
from domain.commands.interventions import CompleteIntervention
from domain.decide import tick
from domain.events.choice import ChoiceDeferred
from domain.record import Draft
from domain.rules.exchange import nobody_may_have_said_no_before_its_end
from domain.rules.groups import FACILITATING
from domain.rules.table import GUARDS

if TYPE_CHECKING:
    import pytest


def the_clock_chooses(patch: pytest.MonkeyPatch) -> None:
    """Have the clock say "not now" for a victim who said nothing."""

    def chooses(history: Any, at: Any, *clocks: Any) -> tuple[Draft, ...]:
        silent = not any(e.name == "choice_deferred" for e in history)
        said = (Draft(ChoiceDeferred(party="V1", threads=("V1-O1",)), at),)
        return (*tick(history, at, *clocks), *(said if silent else ()))

    patch.setattr("tests.story.tick", chooses)


def a_no_stops_nothing(patch: pytest.MonkeyPatch) -> None:
    """Have a no leave what is booked or under way as it is, and nothing ask for it at the end."""
    patch.setattr(closing, "suspended", lambda *_, **__: iter(()))
    out = nobody_may_have_said_no_before_its_end
    row = tuple(one for one in GUARDS[CompleteIntervention] if one is not out)
    patch.setitem(GUARDS, CompleteIntervention, row)


def a_no_reaches_further(patch: pytest.MonkeyPatch) -> None:
    """Have a no of one pair count in all pairs of the person."""
    everywhere = suspending.their_threads
    patch.setattr(closing, "their_threads", lambda case, party, _: everywhere(case, party, ()))


def a_no_needs_training(patch: pytest.MonkeyPatch) -> None:
    """Have rules guard a protective act."""
    patch.setitem(GUARDS, closing.WithdrawConsent, FACILITATING)
