"""Looking through a text for somebody: by the parts of their names, and how they are reached.

A text that names nobody may still be about them, and one with the same first name may not be: this
finds what a person has to look at, and decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anyascii import anyascii

from vault.matching.names import parts, stands_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vault.details import PartyDetails

LEAST = 3
"""Letters of a part of a name from which it is looked for: fewer are in every text."""
DIGITS = 6
"""Digits of a telephone number at its end by which it is known, however it is written."""
LINE = 8
"""Letters of a line of an address from which it is looked for."""
_WORDS = re.compile(r"[a-z]+")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bb\u02bc`\u00b4]")
_NO_DIGITS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Traits:
    """What somebody is looked for by."""

    names: frozenset[str]
    phones: frozenset[str]
    phrases: frozenset[str]
    """An e-mail address, lines of an address."""

    @classmethod
    def of(cls, known: Iterable[PartyDetails]) -> Traits:
        """Return what these details of one person give."""
        names: set[str] = set()
        phones: set[str] = set()
        phrases: set[str] = set()
        for details in known:
            for name in (details.name, details.known_as):
                named = [part for part in parts(name or "") if len(part) >= LEAST]
                names.update(named, *(stands_for(part) for part in named))
            figures = _NO_DIGITS.sub("", details.phone or "")
            phones.update([figures[-DIGITS:]] if len(figures) >= DIGITS else [])
            phrases.update([details.email.casefold()] if details.email else [])
            lines = (
                " ".join(line.casefold().split()) for line in (details.address or "").split("\n")
            )
            phrases.update(line for line in lines if len(line) >= LINE)
        return cls(frozenset(names), frozenset(phones), frozenset(phrases))

    def and_phrase(self, words: str) -> Traits:
        """Return these, and this phrase as it would stand in a text; upper and lower case and the
        spaces in it do not matter. Fewer than three letters are none."""
        phrase = " ".join(words.casefold().split())
        return replace(self, phrases=self.phrases | ({phrase} if len(phrase) >= LEAST else set()))

    @property
    def find_nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.names or self.phones or self.phrases)

    def but_not(self, other: Traits) -> Traits:
        """Return these without what another person is looked for by as well."""
        return Traits(
            self.names - other.names, self.phones - other.phones, self.phrases - other.phrases
        )

    def are_in(self, words: str) -> bool:
        """Say whether any of them is in this text."""
        plain = anyascii(_APOSTROPHES.sub("", words)).lower()
        found = set(_WORDS.findall(plain))
        # Also of what is somebody's: "Marrow's", and "the Marrows".
        if self.names & (found | {word.removesuffix("s") for word in found}):
            return True
        figures, folded = _NO_DIGITS.sub("", words), " ".join(words.casefold().split())
        return any(p in figures for p in self.phones) or any(p in folded for p in self.phrases)
