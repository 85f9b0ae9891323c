"""What is behind the class of a case, as the vault has it: kinds, and what endorsements they need.

It says too much of people to stand in the log, and so does the name of an endorsement. The log has
the class, whether endorsements are needed at all, and where the document lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.words import ENDORSEMENTS, Credential, Flag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.case import Case

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
HELD_FOR = frozenset({Credential.SPECIALIST_DA, Credential.SPECIALIST_SEXUAL_HARM})
"""Endorsements that stand for such a kind."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What one classification rests on."""

    flags: frozenset[Flag]
    endorsements: frozenset[Credential]
    """Those that the kinds ask for, and those that were named besides."""

    @property
    def held(self) -> bool:
        """Whether what an offender begins is held, and each step to them the victim's."""
        return bool(self.flags & HELD_KINDS or self.endorsements & HELD_FOR)


def behind(document: Mapping[str, Any] | None) -> Behind | None:
    """Return what a document of the vault says; None if it cannot be read, or is no such one."""
    if document is None or not set(document) <= {"flags", "endorsements"}:
        return None
    flags, named = document.get("flags"), document.get("endorsements", [])
    if not isinstance(flags, list) or not set(map(str, flags)) <= set(Flag):
        return None
    if not isinstance(named, list) or not set(map(str, named)) <= ENDORSEMENTS:
        return None
    found = frozenset(Flag(one) for one in flags)
    asked = frozenset(ENDORSED[flag] for flag in found if flag in ENDORSED)
    return Behind(found, asked | frozenset(Credential(one) for one in named))


def endorsements_of(case: Case, facts: Mapping[str, Any]) -> frozenset[Credential]:
    """Return the endorsements that a case asks for, by what the vault says today (`facts`, by text
    id). Where something of it cannot be read, they are all that there are."""
    if not case.specialist:
        return case.endorsements
    known = [behind(facts.get(ref.id)) for _, ref in case.behind]
    if None in known:
        return ENDORSEMENTS
    return case.endorsements.union(*(one.endorsements for one in known if one))
