"""Reading an entry of the data-protection register, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.failures import Denied
from client.reading import NotNow, What
from domain.fold import fold_dossier
from domain.held import texts_of
from domain.permissions import View
from keys import KeyMissing
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from client.reading import Reading
    from domain.dossier import Dossier
    from domain.record import Actor, Entry
    from vault import Unopened

RIGHTS = "rights"
"""What a reading of the register is for, as a code."""


@dataclass(frozen=True, slots=True)
class Read:
    """A dossier as it stands, its entries, and the words that they refer to."""

    dossier: Dossier
    entries: list[Entry]
    words: dict[str, str | Unopened]
    """By text id; or why there are none."""


def read_dossier(reading: Reading, actor: Actor, reference: str) -> Read:
    """Return a dossier for whoever keeps the register. Raises `Denied`, also if there is none."""
    with reading.reading(actor, What(View.DOSSIER, reference), RIGHTS) as entries:
        if not entries:
            raise Denied
        dossier = fold_dossier(entries)
    refs = [ref for entry in entries for _, ref in texts_of(entry)]
    texts = tuple(sorted({ref.id for ref in refs}))
    with reading.reading(actor, What(View.DOSSIER, reference, texts=texts), RIGHTS):
        try:
            words = reading.stores.vault.words_many(reference, refs) if refs else {}
        except (VaultUnavailable, KeyMissing) as error:
            words = {ref.id: NotNow(f"cannot be shown now: {error}") for ref in refs}
    return Read(dossier, entries, words)
