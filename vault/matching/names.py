"""Names brought to one form: parts without accents, case, order, titles or hyphens; and sounds.

Three libraries do the work: anyascii writes any script in plain letters, jellyfish says how letters
sound, nicknames knows which names stand for which.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii
from jellyfish import metaphone, soundex

if TYPE_CHECKING:
    from nicknames import NickNamer

MOST_PARTS = 6
"""Parts of one name that are looked at; very few people have more, and pairs of them grow fast."""
MOST_CANONICALS = 6
"""Names that a nickname may stand for. Where it is more ("Al"), it says too little to be of use."""
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lady", "lord", "rev", "prof"}
    | {"pc", "pcso", "sgt", "jr", "sr"}
)
_PARTICLES = frozenset(
    {"de", "da", "di", "du", "del", "della", "der", "den", "van", "von", "la", "le", "dos", "das"}
    | {"el", "al", "ul", "bin", "bint", "ibn"}
)
_JOINED = frozenset({"o", "d"})
"""What is written apart or together: O Brien, O'Brien, D Angelo."""
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bb\u02bc`\u00b4]")
_NO_LETTERS = re.compile(r"[^a-z]+")


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name in the order in which they were given, each of letters a to z.

    Titles go, particles go if anything else is left, and single letters stay as initials.
    """
    plain = anyascii(_APOSTROPHES.sub("", name)).lower()
    found = [part for part in _NO_LETTERS.split(_APOSTROPHES.sub("", plain)) if part]
    joined: list[str] = []
    for part in found:
        if joined and joined[-1] in _JOINED and len(part) > 1:
            joined[-1] += part
        else:
            joined.append(part)
    kept = [part for part in joined if part not in _TITLES]
    without = [part for part in kept if part not in _PARTICLES]
    return tuple((without or kept)[:MOST_PARTS])


@lru_cache(maxsize=4096)
def sound(part: str) -> str:
    """Return how a part sounds, as a code: Soundex, with its first sound as Metaphone hears it.

    Soundex forgives vowels and doubled letters of any language, Metaphone knows that Catherine
    and Kathryn, Philip and Filip begin alike. Either alone found fewer people, both together no
    more (docs/decisions/0026).
    """
    first = metaphone(part)[:1] or part[:1].upper()
    return first + soundex(part)[1:]


def sounds(part: str) -> frozenset[str]:
    """Return how a part sounds, and so for each name that it is short for."""
    return frozenset(sound(one) for one in {part, *stands_for(part)})


@lru_cache(maxsize=4096)
def stands_for(part: str) -> frozenset[str]:
    """Return the names that a part may be short for: William for Bill."""
    found = _nicknames().canonicals_of(part)
    plain = frozenset(_NO_LETTERS.sub("", name) for name in found) - {""}
    return plain if len(plain) <= MOST_CANONICALS else frozenset()


def is_short_for(one: str, other: str) -> bool:
    """Say whether one part is short for the other, whichever is the longer."""
    return one in stands_for(other) or other in stands_for(one)


@cache
def _nicknames() -> NickNamer:
    from nicknames import NickNamer  # noqa: PLC0415 - takes longer to load than most commands take

    return NickNamer()
