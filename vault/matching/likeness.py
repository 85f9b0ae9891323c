"""How like two people are, by their details: likely the same, possibly, or not.

Both names and the birth date are looked at. What is said of two people is a code; a person looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

from domain.words import Strength
from vault.matching.names import is_short_for, parts, sound, stands_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vault.details import PartyDetails

LETTERS = 4
"""Letters from which a mistyped part counts: shorter names differ by one letter (Amy, Ann)."""
VARIANT_LETTERS = 5
"""Letters from which it is as good as equal; with fewer, twins would be (Ella, Elle)."""
VARIANT = 0.85
"""Jaro-Winkler from which equal sounds of equal length, or nearly, are spellings of one name."""
CLOSE = 0.80
"""The same from which equal sounds are close."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """An appearance that is like what was looked for: which case, who in it, how like."""

    stream: str
    owner: str
    strength: Strength


class Part(IntEnum):
    """How like two parts of a name are."""

    OTHER = 0
    INITIAL = 1
    CLOSE = 2
    VARIANT = 3
    SAME = 4


class Born(IntEnum):
    """How two birth dates go together."""

    CONTRADICTS = 0
    SAME_YEAR = 1
    UNKNOWN = 2
    NEAR = 3
    """As somebody mistypes it: day and month exchanged, or one figure another."""
    SAME = 4


def likeness(one: PartyDetails, other: PartyDetails) -> Strength | None:
    """Return how likely both details are of one person; None if nothing much says so.

    LIKELY takes every part of the shorter name, in any order, and the birth date. POSSIBLE is the
    whole name without a birth date, a name that is only close, or part of it with the same birth
    date: so are twins, and somebody who married. A birth date of another year speaks against it.
    """
    name, born = _names(one, other), _born(one.born, other.born)
    if name is None or born is Born.CONTRADICTS:
        return None
    if name >= Part.VARIANT and born >= Born.NEAR:
        return Strength.LIKELY
    if name >= Part.CLOSE:
        return Strength.POSSIBLE
    return Strength.POSSIBLE if born is Born.SAME else None


def part_likeness(one: str, other: str) -> Part:
    """Return how like two parts of names are."""
    if one == other:
        return Part.SAME
    if 1 in (len(one), len(other)):
        return Part.INITIAL if one[0] == other[0] else Part.OTHER
    if is_short_for(one, other):
        return Part.VARIANT
    shorter, apart = min(len(one), len(other)), abs(len(one) - len(other))
    likes, same = jaro_winkler_similarity(one, other), sound(one) == sound(other)
    slip = damerau_levenshtein_distance(one, other) == 1 and one[0] == other[0]
    spelt = same and apart <= 1 and likes >= VARIANT
    if shorter >= VARIANT_LETTERS and (slip or spelt):
        return Part.VARIANT
    if shorter >= LETTERS and (slip or (same and likes >= CLOSE)):
        return Part.CLOSE
    # Two that are short for one name may be two people: Ella and Ellie, Bill and Will.
    both = not stands_for(one).isdisjoint(stands_for(other))
    return Part.CLOSE if both or (same and slip) else Part.OTHER


def _names(one: PartyDetails, other: PartyDetails) -> Part | None:
    """Return how like the likest pair of their names is, part by part: the least of its parts.

    INITIAL means that only some of the parts are like.
    """
    found = (_name(a, b) for a in variants(one) for b in variants(other))
    return max((likes for likes in found if likes is not None), default=None)


def variants(details: PartyDetails) -> Iterator[tuple[str, ...]]:
    """Yield the names that somebody goes by: as given, and as they like to be called."""
    name = parts(details.name) if details.name else ()
    called = parts(details.known_as) if details.known_as else ()
    if name:
        yield name
    if called:
        yield called if len(called) > 1 or not name else (*called, *name[1:])


def _name(one: tuple[str, ...], other: tuple[str, ...]) -> Part | None:
    if "".join(one) == "".join(other):
        return Part.SAME
    shorter, longer = sorted((one, other), key=len)
    met = _pairs(shorter, longer)
    whole = [likes for likes in met if likes >= Part.CLOSE]
    alone = len(shorter) == len(longer) == 1
    if whole and len(met) == len(shorter) and (len(whole) > 1 or alone):
        return min(whole)
    return Part.INITIAL if whole else None


def _pairs(shorter: tuple[str, ...], longer: tuple[str, ...]) -> list[Part]:
    """Return how like the parts are, each met with one of the other name, the likest first."""
    ranked = sorted(
        (
            (part_likeness(a, b), -i, -j)
            for i, a in enumerate(shorter)
            for j, b in enumerate(longer)
        ),
        reverse=True,
    )
    found: list[Part] = []
    here: set[int] = set()
    there: set[int] = set()
    for likes, i, j in ranked:
        if likes and i not in here and j not in there:
            here.add(i)
            there.add(j)
            found.append(likes)
    return found


def _born(one: date | None, other: date | None) -> Born:
    if one is None or other is None:
        return Born.UNKNOWN
    if one == other:
        return Born.SAME
    exchanged = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    slip = damerau_levenshtein_distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}") == 1
    if exchanged or slip:
        return Born.NEAR
    return Born.SAME_YEAR if one.year == other.year else Born.CONTRADICTS
