"""Rules for those who come to a meeting besides its pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.joining import agreed_by
from domain.words import THEIR_OWN_RIGHT

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.company import InviteCompany
    from domain.commands.interventions import ConfirmReady, StartIntervention


def nobody_is_invited_whom_not_all_agreed_to(
    case: Case, command: InviteCompany, asking: Asking
) -> bool:
    """Somebody is invited only if everybody of the meeting agreed to them by name
    (agree_to_company); an interpreter or intermediary is a person's own right."""
    if case.party(command.party).role in THEIR_OWN_RIGHT:
        return True
    threads = [case.thread(t).current for t in case.intervention(command.intervention).threads]
    return all(
        command.party in side.company and agreed_by(case, command.party) in side.scopes
        for one in threads
        for side in (one.victim, one.offender)
    )


def everybody_invited_must_have_agreed_in_writing(
    case: Case, command: ConfirmReady | StartIntervention, asking: Asking
) -> bool:
    """Everybody invited besides the pairs must have agreed in writing to come, and to keep what is
    said there to themselves (record_company_agreement)."""
    intervention = case.intervention(command.intervention)
    return intervention.attending <= set(intervention.agreed)


def everybody_invited_must_be_found_suitable(
    case: Case, command: ConfirmReady | StartIntervention, asking: Asking
) -> bool:
    """Everybody invited besides the pairs must have been assessed, and it must have been found
    right that they come (assess_company)."""
    intervention = case.intervention(command.intervention)
    return all(intervention.suitable.get(p) for p in intervention.attending)


def everybody_must_know_who_comes(
    case: Case, command: ConfirmReady | StartIntervention, asking: Asking
) -> bool:
    """Each person of the pairs must have been told who will be there besides them, interpreters
    included (tell_who_comes)."""
    intervention = case.intervention(command.intervention)
    people = {p for t in intervention.threads for p in case.thread(t).people}
    return all(intervention.attending <= intervention.told_of.get(p, frozenset()) for p in people)
