"""Rules about asking a specialist: who may be asked, and who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.consulted import consultation
from domain.permissions import WORKING, allocated
from domain.rules.elsewhere import undecided
from domain.words import ENDORSEMENTS

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.consulting import AnswerAsSpecialist, AskSpecialist


def a_specialist_has_an_endorsement(case: Case, command: AskSpecialist, asking: Asking) -> bool:
    """Whoever is asked is active, works with people, and has an endorsement today."""
    who = asking.practitioner(command.specialist)
    return who.active and bool(who.roles & WORKING) and bool(ENDORSEMENTS & who.credentials.keys())


def a_specialist_has_no_conflict_and_no_part(
    case: Case, command: AskSpecialist, asking: Asking
) -> bool:
    """Whoever is asked has no conflict of interest here and does not work on the case, which would
    open all of it to them anyway."""
    barred = asking.now.conflicted | undecided(asking) | allocated(asking.now)
    return command.specialist not in barred


def only_whoever_was_asked_answers(case: Case, command: AnswerAsSpecialist, asking: Asking) -> bool:
    """Somebody else was asked this."""
    return consultation(asking.now, command.consultation).specialist == asking.actor.id
