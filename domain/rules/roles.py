"""Rules about what a person is in the case: whose choice it is, and who may speak for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.choice import is_adult
from domain.words import CHILD_ROLES, Change, Role

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.choice import ConfirmConsent, RecordConsent
    from domain.commands.enhanced_rights import RecordEnhancedRights
    from domain.commands.roles import CorrectRole


def a_role_fits_their_age(case: Case, command: CorrectRole, asking: Asking) -> bool:
    """Their details do not bear this out: somebody recorded as under 18 is an adult only once
    their birth date, or that they are an adult, is in their details; and the other way round."""
    person = asking.now.party(command.party)
    known = is_adult(person.details, asking)
    if command.role in CHILD_ROLES:
        return known is not True
    return not person.is_child or known is True or command.role is Role.CORPORATE_VICTIM_REP


def whoever_is_18_now_chooses_for_themselves(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """Their details say that they are 18 by now: correct that first (correct_role); then the choice
    is theirs alone."""
    person = asking.now.party(command.party)
    return not person.is_child or is_adult(person.details, asking) is not True


def what_was_anothers_choice_is_made_afresh(
    case: Case, command: ConfirmConsent, asking: Asking
) -> bool:
    """Whose choice it is has changed since: a consent is recorded anew, and not only confirmed."""
    side = case.thread(command.thread).own_side(command.party)
    return Change.WHOSE_CHOICE not in side.to_confirm


def a_representative_has_shown_their_authority(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """Whoever speaks for an organisation has shown first that it gave them the authority to
    (record_authority)."""
    person = case.party(command.party)
    return person.role is not Role.CORPORATE_VICTIM_REP or person.authority_at is not None


def a_child_has_enhanced_rights(case: Case, command: RecordEnhancedRights, asking: Asking) -> bool:
    """Everybody under 18 has enhanced rights, whatever else is so; correct their age or role first
    if that is wrong (correct_role)."""
    return command.entitled or not case.party(command.party).is_child
