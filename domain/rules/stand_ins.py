"""Rules about stand-ins: wished for, known to be one, and met only as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.joining import threads_of
from domain.stand_in import stand_in_of
from domain.words import Explained, InterventionType

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.choice import RecordConsent
    from domain.commands.interventions import PlanIntervention
    from domain.commands.letters import RecordLetterAskedFor
    from domain.commands.stand_ins import AddStandIn


def a_stand_in_is_found_for_somebody_who_wishes_it(
    case: Case, command: AddStandIn, asking: Asking
) -> bool:
    """A stand-in is looked for only as the person who would meet them wishes it: record that they
    do (asked_by)."""
    return command.asked_by == command.meets


def whoever_meets_a_stand_in_knows_it(case: Case, command: RecordConsent, asking: Asking) -> bool:
    """Nobody agrees to meet a stand-in unless it was gone through with them that the other is one,
    and not the person themselves (explained: MEETS_A_STAND_IN)."""
    if stand_in_of(case, command.thread) is None:
        return True
    side = case.thread(command.thread).own_side(command.party)
    return Explained.MEETS_A_STAND_IN in side.explained


def a_stand_in_is_met_only_as_such(
    case: Case, command: PlanIntervention | RecordLetterAskedFor, asking: Asking
) -> bool:
    """With a stand-in there is a meeting of its own kind and nothing else, and that kind is for
    stand-ins alone."""
    kind = getattr(command, "type", None)
    as_such = kind is InterventionType.PROXY_MEETING
    return all(
        (stand_in_of(case, thread.id) is not None) is as_such
        for thread in threads_of(case, command)
    )
