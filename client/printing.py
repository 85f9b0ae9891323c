"""What may stand on paper about one person: their own words, and nothing of how others are reached.

The worst that a page can do is to bring one side's address to the other. So each text is looked
through for how everybody else of the case is, or ever was, reached; what has any of it is left out,
and if that cannot be looked through, nothing is printed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from client.failures import Unavailable
from client.reading import What, redacted
from domain.held import DETAILS, texts_of
from domain.permissions import View
from domain.words import Operation
from keys import KeyMissing
from vault import Unavailable as VaultUnavailable
from vault.details import PartyDetails
from vault.mentions import LINE, Traits
from vault.problems import Erased, Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from client.reading import Reading
    from domain.record import Actor, Entry
    from domain.texts import TextRef
    from vault import Unopened

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
_LINES = re.compile(r"[,;\n]")
_HOUSE = re.compile(r"(?=\b([0-9]+\w?\W+\w+\W+\w+))")
"""A house's number and the two words after it, wherever in a line: each, also if they overlap."""
_HOUSE_LETTERS = 6
"""Letters and figures of these from which they are looked for."""
LEFT_OUT = "[left out: it says how somebody else is reached]"


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed about whom, and for whom."""

    case: str
    party: str
    refs: tuple[TextRef, ...]
    recipient: str
    """Who carries it, or is given it: a code."""
    number: str = ""
    """The number of the pack."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """How somebody is reached."""

    traits: Traits
    places: frozenset[str]
    """Lines of addresses, houses, postcodes and prisons, in small letters and figures alone."""

    @classmethod
    def of(cls, known: Iterable[PartyDetails]) -> _Reach:
        every = list(known)
        addresses = [one.address for one in every if one.address]
        found = {_letters(one.prison) for one in every if one.prison}
        for address in addresses:
            found.update(map(_letters, _POSTCODE.findall(address.upper())))
            found.update(_long(LINE, _LINES.split(address)))
            found.update(_long(_HOUSE_LETTERS, _HOUSE.findall(address)))
        return cls(Traits.of(_looked_for(one) for one in every), frozenset(found))

    def is_in(self, words: str, theirs: _Reach) -> bool:
        """Say whether any of it is in this text; what is also how `theirs` are reached is not."""
        letters = _letters(words)
        if any(place in letters for place in self.places - theirs.places):
            return True
        return self.traits.but_not(theirs.traits).are_in(words)


def _looked_for(one: PartyDetails) -> PartyDetails:
    # A name alone reaches nobody, and people speak of each other. An address is looked for by its
    # places.
    return one.model_copy(update={"name": None, "known_as": None, "address": None})


def _long(least: int, parts: Iterable[str]) -> Iterator[str]:
    return (letters for letters in map(_letters, parts) if len(letters) >= least)


def _letters(words: str) -> str:
    """Return the letters and figures alone, small and without accents: however it was written."""
    return re.sub(r"[\W_]", "", normalize("NFKD", words).casefold())


def printed(reading: Reading, actor: Actor, what: Printed, purpose: str) -> dict[str, str]:
    """Return by text id the words to print, once it is written down that they are disclosed.

    Raises `Denied`, `ReasonAsked`, and `Unavailable` where the vault cannot be read.
    """
    asked = {"party": what.party} | ({"pack": what.number} if what.number else {})
    texts = tuple(sorted({ref.id for ref in what.refs}))
    look = What(
        View.WORDS, what.case, asked, texts, Operation.DISCLOSURE, (what.recipient,), "PRINT"
    )
    with reading.reading(actor, look, purpose) as entries:
        try:
            instead = redacted(entries)
            read = {ref.id: instead(ref) for ref in what.refs}
            opened = reading.stores.vault.words_many(what.case, read.values())
            reached = _reached(reading, what.case, [instead(ref) for ref in _details(entries)])
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing is printed") from None
    return {name: _to_print(opened[ref.id], what.party, reached) for name, ref in read.items()}


def _to_print(text: str | Unopened, party: str, reached: Mapping[str, _Reach]) -> str:
    if not isinstance(text, str):
        return f"[{text}]"
    theirs = reached.get(party, _Reach.of(()))
    others = (reach for who, reach in reached.items() if who != party)
    said = _as_said(text)
    return LEFT_OUT if any(reach.is_in(said, theirs) for reach in others) else text


def _as_said(text: str) -> str:
    """Return a text as a person wrote it: of a document what its fields hold."""
    try:
        document = json.loads(text)
    except ValueError:
        return text
    return "\n".join(map(str, document.values())) if isinstance(document, dict) else text


def _reached(reading: Reading, case: str, details: Sequence[TextRef]) -> dict[str, _Reach]:
    """Return how each person of the case is reached, or ever was."""
    owners = reading.stores.vault.owners(case, details)
    opened = reading.stores.vault.words_many(case, details, even_restricted=True)
    told: dict[str, list[PartyDetails]] = {}
    for name, text in opened.items():
        if isinstance(text, Erased):
            continue
        if not isinstance(text, str):
            raise Unavailable(f"{text}: so nobody can say whether it is on the page; not printed")
        told.setdefault(owners.get(name, ""), []).append(_parsed(text))
    return {who: _Reach.of(some) for who, some in told.items()}


def _details(entries: Sequence[Entry]) -> Iterator[TextRef]:
    for entry in entries:
        yield from (ref for field, ref in texts_of(entry) if field == DETAILS)


def _parsed(text: str) -> PartyDetails:
    try:
        return PartyDetails.parse(text)
    except Unfit:
        raise Unavailable("details of somebody cannot be read: nothing is printed") from None
