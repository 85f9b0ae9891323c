"""Rules about the class of a case: what is behind it decides, and is read in the vault alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import Credential, Flag, Sensitivity

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.risk import ClassifyCase

HELD_KINDS = frozenset(
    {
        Flag.DOMESTIC_ABUSE,
        Flag.COERCIVE_CONTROL,
        Flag.STALKING_HARASSMENT,
        Flag.SEXUAL_VIOLENCE,
        Flag.CHILD_SEXUAL_EXPLOITATION,
        Flag.TRAFFICKING_MODERN_SLAVERY,
    }
)
"""Kinds in which what an offender begins is held until two people say that the victim may hear."""
BY_THEMSELVES = HELD_KINDS | {Flag.HOMICIDE, Flag.SERIOUS_VIOLENCE, Flag.EXTREMISM}
"""Kinds that make a case sensitive by themselves, whatever the two questions would give."""
ENDORSED = {
    Flag.DOMESTIC_ABUSE: Credential.SPECIALIST_DA,
    Flag.COERCIVE_CONTROL: Credential.SPECIALIST_DA,
    Flag.SEXUAL_VIOLENCE: Credential.SPECIALIST_SEXUAL_HARM,
    Flag.CHILD_SEXUAL_EXPLOITATION: Credential.SPECIALIST_SEXUAL_HARM,
    Flag.HOMICIDE: Credential.HOMICIDE,
}
"""Kinds for which there is an endorsement."""


def what_is_sensitive_by_itself_is_classified_so(
    case: Case, command: ClassifyCase, asking: Asking
) -> bool:
    """What is behind this case makes it sensitive by itself, or cannot be read: it is classified as
    sensitive or complex."""
    flags = flags_of(command, asking)
    harmless = flags is not None and not flags & BY_THEMSELVES
    return harmless or command.sensitivity is Sensitivity.SENSITIVE_COMPLEX


def what_is_behind_it_names_who_may_act(case: Case, command: ClassifyCase, asking: Asking) -> bool:
    """For what is behind this case there is an endorsement, or what the offender begins is held:
    name the endorsement (endorsements), and say that it is held (offenders_wish_held)."""
    flags = flags_of(command, asking) or frozenset()
    needed = {ENDORSED[flag] for flag in flags if flag in ENDORSED}
    held = command.offenders_wish_held or not flags & HELD_KINDS
    return needed <= set(command.endorsements) and held


def flags_of(command: ClassifyCase, asking: Asking) -> frozenset[Flag] | None:
    """Return what is behind the class, as the vault has it; None if it cannot be read."""
    if command.flags is None:
        return frozenset()
    document = asking.facts.get(command.flags.id)
    named = document.get("flags") if document else None
    if not isinstance(named, list) or not set(map(str, named)) <= set(Flag):
        return None
    return frozenset(Flag(one) for one in named)
