"""Rules about what is proposed to be agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.proposal import agrees, proposal

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.proposing import AgreeToProposal


def the_harmed_person_has_their_say_first(
    case: Case, command: AgreeToProposal, asking: Asking
) -> bool:
    """The harmed person of the pair is asked first: nobody else's yes to it is taken before
    theirs."""
    one = proposal(case, command.proposal)
    victim = case.thread(one.thread).victim
    return command.party == victim or agrees(case, one, victim)
