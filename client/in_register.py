"""Looking for somebody in the words of the data-protection register: in what was asked, said and
answered in its entries. So an entry that names nobody is found for whoever it may be about, also if
they are in no case; who it is, is then put on record by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.failures import Unavailable
from domain.fold import fold_dossier
from domain.held import texts_of
from keys import KeyMissing
from vault import Erased
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from client.reading import Reading
    from vault.mentions import Traits


@dataclass(frozen=True, slots=True)
class InRegister:
    """Words of an entry of the register in which somebody may be named."""

    dossier: str
    text: str
    """Its id."""
    entry: int
    field: str
    words: str
    names_nobody: bool
    """Whether it is not on record whom the entry is about."""


def in_register(
    reading: Reading, dossier: str, traits: Traits
) -> tuple[tuple[InRegister, ...], int]:
    """Return the words of this entry in which something of this stands, and how many of its texts
    cannot be read. Raises `Altered`, `Unreadable`, and `Unavailable` where the vault cannot be used
    now."""
    entries = reading.log.load(dossier)
    places = [(entry, field, ref) for entry in entries for field, ref in texts_of(entry)]
    try:
        words = reading.stores.vault.words_many(dossier, [ref for _, _, ref in places])
    except (VaultUnavailable, KeyMissing) as error:
        raise Unavailable(f"{error}; nothing was looked through") from None
    nobody = fold_dossier(entries).names_nobody
    found = tuple(
        InRegister(dossier, ref.id, entry.version, field, said, nobody)
        for entry, field, ref in places
        if isinstance(said := words[ref.id], str) and traits.are_in(said)
    )
    return found, sum(not isinstance(one, str | Erased) for one in words.values())
