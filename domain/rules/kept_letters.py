"""Rules for letters of people who died: only what they left on record, only to who wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.letters import owner_of, recipient_of
from domain.interventions import INDIRECT_RISK
from domain.words import LetterOnDeath, Scope

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.kept_letters import CarryOutLetterWishOnDeath


def only_what_they_left_on_record_is_done(
    case: Case, command: CarryOutLetterWishOnDeath, asking: Asking
) -> bool:
    """A letter is dealt with so only once whoever it belongs to has died, and as they had
    wished."""
    letter = case.letter(command.letter)
    return case.party(owner_of(case, letter.id)).died and letter.on_death is not None


def a_letter_of_the_dead_is_given_only_to_somebody_who_wants_it(
    case: Case, command: CarryOutLetterWishOnDeath, asking: Asking
) -> bool:
    """It is given only after review, if its author stood by it to the end, to somebody whose
    written consent covers receiving letters and who says now that they want it (asked_for)."""
    letter = case.letter(command.letter)
    if letter.on_death is not LetterOnDeath.GIVE:
        return True
    recipient = recipient_of(case, letter.id)
    side = case.thread(letter.thread).side(recipient)
    agrees = side.consents and Scope.INDIRECT_LETTER_RECEIVE in side.scopes
    stands = letter.reviewed and letter.author_stands_by_it
    return stands and agrees and command.asked_for and case.party(recipient).reachable


def a_letter_of_the_dead_is_given_only_where_it_is_safe(
    case: Case, command: CarryOutLetterWishOnDeath, asking: Asking
) -> bool:
    """It is given only where it is on record that no legal bar stands, and on a decision on the
    risk of the process that allows it and is current."""
    letter = case.letter(command.letter)
    position = case.permissions.get(letter.thread)
    risk = case.thread(letter.thread).current.risk
    allowed = risk is not None and not risk.stale and risk.decision in INDIRECT_RISK
    unbarred = position is not None and not position.barred
    return letter.on_death is not LetterOnDeath.GIVE or (allowed and unbarred)
