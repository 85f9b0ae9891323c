"""Taking a signed form out of the vault again: for whoever may read the words of its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.failures import Nonsense, Unavailable
from client.reading import What
from domain.events.choice import ConsentRecorded
from domain.fold import in_order
from domain.permissions import View
from keys import KeyMissing
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client.reading import Reading
    from domain.record import Actor, Entry
    from domain.texts import TextRef


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose signed form, for which pair."""

    case: str
    thread: str
    party: str


def scan_of(reading: Reading, actor: Actor, what: Signed, purpose: str) -> Iterator[bytes]:
    """Return the newest scan of this consent, in pieces, once it is written down who takes it out.

    Raises `Denied`, `ReasonAsked`, `Nonsense` if none was handed in, what the vault raises for one
    that it does not open, and `Unavailable`.
    """
    found = _newest(reading.log.load(what.case), what)
    texts = (found.id,) if found else ()
    look = What(View.WORDS, what.case, {"party": what.party}, texts, medium="EXPORT")
    with reading.reading(actor, look, purpose):
        if found is None:
            raise Nonsense("no scan of this person's consent for this pair was handed in")
        try:
            return reading.stores.vault.file(what.case, found)
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing was written") from None


def _newest(entries: Iterable[Entry], what: Signed) -> TextRef | None:
    """Return the scan of the last such consent that has one and was not entered in error."""
    consents = (one.event for one in in_order([*entries], None, None))
    scans = [
        consent.scan
        for consent in consents
        if isinstance(consent, ConsentRecorded)
        and (consent.thread, consent.party) == (what.thread, what.party)
        and consent.scan is not None
    ]
    return scans[-1] if scans else None
