"""Reading an entry of the data-protection register, with its words; and which entries are about
somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.failures import Denied, Unavailable
from client.reading import NotNow, What
from domain.fold import fold_dossier
from domain.held import texts_of
from domain.ids import DOSSIER_PREFIX
from domain.permissions import View
from domain.retention import kept_until, why_words_stay
from domain.texts import CASE
from keys import KeyMissing
from store import Altered, Unreadable
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from client.reading import Reading
    from domain.dossier import Dossier, Subject
    from domain.record import Actor, Entry
    from domain.retention import Retention
    from domain.words import WordsStay
    from vault import Unopened
    from vault.erasing import Held

RIGHTS = "rights"
"""What a reading of the register is for, as a code."""


@dataclass(frozen=True, slots=True)
class Read:
    """A dossier as it stands, its entries, and the words that they refer to."""

    dossier: Dossier
    entries: list[Entry]
    words: dict[str, str | Unopened]
    """By text id; or why there are none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is about somebody, and whose words are there. Numbers, ids and codes only."""

    dossier: str
    held: Held
    why: WordsStay
    until: datetime | None
    """When it is looked at whether they are needed, UTC; None while it is open."""

    def told(self) -> str:
        """Return all of this as one line, always the same for the same."""
        return f"{self.dossier} {self.held} {self.why} {self.until}"


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


@dataclass(frozen=True, slots=True)
class Register:
    """What the register has of somebody, as far as that can be told."""

    kept: tuple[Kept, ...] = ()
    """Entries that are about them, and whose words are there."""
    unread: tuple[str, ...] = ()
    """Entries of which nobody can say whether they are about them."""
    unnamed: tuple[str, ...] = ()
    """Entries with words in which nobody is named yet: any of them may be about them."""


def kept_about(
    reading: Reading, actor: Actor, subjects: Iterable[Subject], retention: Retention
) -> Register:
    """Return what the register has of any of these.

    Each entry of which more than its reference is told is written down. Raises `Denied`, and
    `Unavailable` also where the vault cannot be used now.
    """
    wanted = set(subjects)
    found: list[Kept] = []
    unread, unnamed = [], []
    for stream in reading.log.streams():
        if not stream.startswith(DOSSIER_PREFIX):
            continue
        try:
            dossier = fold_dossier(reading.log.load(stream))
        except (Altered, Unreadable):
            unread.append(stream)
            continue
        if dossier.names_nobody:
            unnamed.append(stream)
        elif dossier.has_words and not wanted.isdisjoint(dossier.subjects):
            found.append(_kept(reading, actor, dossier, retention))
    return Register(tuple(found), tuple(unread), tuple(unnamed))


def _kept(reading: Reading, actor: Actor, dossier: Dossier, retention: Retention) -> Kept:
    with reading.reading(actor, What(View.DOSSIER, dossier.id), RIGHTS):
        try:
            held = reading.stores.vault.erasing.held(dossier.id, CASE)
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing was looked through") from None
    why = why_words_stay(dossier, retention, datetime.now(UTC))
    return Kept(dossier.id, held, why, kept_until(dossier, retention))
