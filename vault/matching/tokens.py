"""Tokens: what a document can be found by, keyed, so that the table alone says nothing of anybody.

Two parts of what is known go into each: a common surname or a year of birth by itself would be
recognised by how often its token occurs. Whoever wants to be found again needs one token in common.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from itertools import combinations
from typing import TYPE_CHECKING

from jellyfish import metaphone

from vault.details import OffenceDetails, PartyDetails
from vault.matching.likeness import variants
from vault.matching.names import parts, sounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vault.details import Details

FORM = 1
"""Raised whenever the same document would give other tokens: all are then written anew."""
TOKEN_BYTES = 16
_WORD = 4
"""Letters of a word of a place from which it is looked at."""
_REFERENCE = 5
"""Letters and figures of a reference at least, with two figures: "unknown" is none."""
_NOT_IN_REFERENCES = re.compile(r"[^A-Z0-9]+")


def tokens(details: Details, key: bytes) -> frozenset[bytes]:
    """Return the tokens of a party's or an offence's details under this key, 16 bytes each."""
    found = _of_party(details) if isinstance(details, PartyDetails) else _of_offence(details)
    return frozenset(
        hmac.digest(key, plain.encode(), hashlib.sha256)[:TOKEN_BYTES] for plain in found
    )


def references(offence: OffenceDetails) -> frozenset[str]:
    """Return what others call the matter, in capitals and figures only."""
    given = (offence.police_reference, offence.court_reference)
    plain = {_NOT_IN_REFERENCES.sub("", one.upper()) for one in given if one}
    return frozenset(one for one in plain if len(one) >= _REFERENCE and _figures(one) > 1)


def words_of_place(offence: OffenceDetails) -> frozenset[str]:
    """Return how the longer words of a place sound."""
    found = parts(offence.place) if offence.place else ()
    return frozenset(metaphone(word) for word in found if len(word) >= _WORD)


def _of_party(details: PartyDetails) -> Iterator[str]:
    for name in variants(details):
        yield from _of_name(name)
        if details.born is not None:
            yield from (
                f"year {details.born.year} {sound}" for part in name for sound in sounds(part)
            )
            day = " ".join(sorted((f"{details.born.month:02}", f"{details.born.day:02}")))
            yield from (f"born {details.born.year} {day} {part[0]}" for part in name)


def _of_name(name: tuple[str, ...]) -> Iterator[str]:
    yield f"whole {metaphone(''.join(name))}"
    for one, other in combinations(name, 2):
        for a in sounds(one):
            yield from (f"pair {' '.join(sorted((a, b)))}" for b in sounds(other))
        yield from (f"initial {a} {other[0]}" for a in sounds(one))
        yield from (f"initial {b} {one[0]}" for b in sounds(other))


def _of_offence(details: Details) -> Iterator[str]:
    if not isinstance(details, OffenceDetails):
        return
    yield from (f"reference {one}" for one in references(details))
    if details.date is not None:
        yield from (f"day {details.date} {word}" for word in words_of_place(details))


def _figures(text: str) -> int:
    return sum(c.isdigit() for c in text)
