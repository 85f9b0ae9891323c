"""Whether two cases are of one matter: the same people, or the same reference, or day and place.

One person alike is not enough: the same victim may be harmed twice, the same offender harm many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.words import Strength
from vault.matching.likeness import likeness
from vault.matching.tokens import references, words_of_place

if TYPE_CHECKING:
    from vault.details import OffenceDetails, PartyDetails

HARMED, RESPONSIBLE = "V", "O"


@dataclass(frozen=True, slots=True)
class Known:
    """What the vault knows of one case: each version of each person's details, and the offence."""

    people: Mapping[str, tuple[PartyDetails, ...]] = field(default_factory=dict, repr=False)
    offences: tuple[OffenceDetails, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """Somebody here is like somebody there."""

    here: str
    there: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Matter:
    """Another case with somebody, or something, that is like here."""

    stream: str
    strength: Strength | None
    """How much speaks for one matter; None if no more than that somebody is in both."""
    people: tuple[WhoIsWho, ...]


def compare(here: Known, stream: str, there: Known) -> Matter | None:
    """Return what two cases have in common; None if nothing.

    SAME_REFERENCE: the same crime or court reference. LIKELY: somebody of each side is like, or
    one of them likely the same and the day and place of the offence too. POSSIBLE: one of them
    likely the same and nothing speaks against it; or day and place alone. What speaks against it is
    another day, or another person of the other side, known in both.
    """
    people = _people(here, there)
    strength = _strength(here, there, people)
    return Matter(stream, strength, people) if strength or people else None


def _strength(here: Known, there: Known, people: tuple[WhoIsWho, ...]) -> Strength | None:
    if _references(here) & _references(there):
        return Strength.SAME_REFERENCE
    sides = {one.here[0] for one in people} & {HARMED, RESPONSIBLE}
    same_day = _same_day(here, there)
    other_day = not same_day and bool(_days(here) and _days(there))
    if len(sides) > 1:
        return Strength.POSSIBLE if other_day else Strength.LIKELY
    if other_day or any(_are_others(here, there, side) for side in {HARMED, RESPONSIBLE} - sides):
        return None
    sure = any(one.strength is Strength.LIKELY and one.here[0] in sides for one in people)
    if sure and same_day:
        return Strength.LIKELY
    return Strength.POSSIBLE if sure or same_day else None


def _people(here: Known, there: Known) -> tuple[WhoIsWho, ...]:
    """Return who is like whom, each once, the likest first; only within a side."""
    found = sorted(
        (
            WhoIsWho(mine, theirs, strength)
            for mine, one in here.people.items()
            for theirs, other in there.people.items()
            if mine[0] == theirs[0] and (strength := likest(one, other)) is not None
        ),
        key=lambda who: (-who.strength.rank, who.here, who.there),
    )
    kept: list[WhoIsWho] = []
    for who in found:
        if all(who.here != other.here and who.there != other.there for other in kept):
            kept.append(who)
    return tuple(kept)


def likest(one: tuple[PartyDetails, ...], other: tuple[PartyDetails, ...]) -> Strength | None:
    """Return how like two people are by whatever was ever told of them: a name once given stays
    one by which somebody may be known."""
    found = (likeness(a, b) for a in one for b in other)
    return max((s for s in found if s), key=lambda strength: strength.rank, default=None)


def _are_others(here: Known, there: Known, side: str) -> bool:
    """Say whether somebody of this side is named in both cases; they are known not to be like."""
    return all(
        any(party[0] == side and any(d.name for d in told) for party, told in known.people.items())
        for known in (here, there)
    )


def _references(known: Known) -> frozenset[str]:
    return frozenset(one for offence in known.offences for one in references(offence))


def _days(known: Known) -> set[object]:
    return {offence.date for offence in known.offences if offence.date}


def _same_day(here: Known, there: Known) -> bool:
    """Say whether two offences were on one day, at places with most words in common."""
    for one in here.offences:
        for other in there.offences:
            if one.date is not None and one.date == other.date:
                a, b = words_of_place(one), words_of_place(other)
                if a and b and 2 * len(a & b) >= min(len(a), len(b)):
                    return True
    return False
