"""Nobody agrees to what they cannot understand; doubt is a pause until somebody decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.about import pairs
from domain.words import Understanding

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.choice import ConfirmConsent, RecordConsent

IN_DOUBT = frozenset({Understanding.DOUBTED, Understanding.NOT_ABLE})


def whoever_consents_must_be_able_to_understand(
    case: Case, command: RecordConsent | ConfirmConsent, asking: Asking
) -> bool:
    """There is doubt whether this person can understand what they would agree to: help that fits
    is offered first, and it is decided, with reasons, whether they can."""
    return case.party(command.party).understanding not in IN_DOUBT


def everybody_joined_must_be_able_to_understand(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """There is doubt whether one of the two can understand what they agreed to: that is decided
    first, and they are asked again."""
    people = {person for name in pairs(case, command) for person in case.thread(name).people}
    return not any(case.party(person).understanding in IN_DOUBT for person in people)
