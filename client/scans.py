"""Taking a signed form out of the vault again: for whoever may read the words of its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.failures import Nonsense, Unavailable
from client.reading import What
from domain.destroyed import destroyed
from domain.events.choice import ConsentRecorded
from domain.fold import in_order
from domain.permissions import View
from keys import KeyMissing
from vault import Erased
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client.reading import Reading
    from domain.destroyed import Destroyed
    from domain.record import Actor, Entry
    from domain.texts import TextRef


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose signed form, for which pair."""

    case: str
    thread: str
    party: str


class Gone(Erased):
    """It was erased or redacted, as is on record."""

    def __init__(self, text: str, how: Destroyed) -> None:
        super().__init__(f"{text} was erased")
        self.how = how


def scan_of(reading: Reading, actor: Actor, what: Signed, purpose: str) -> Iterator[bytes]:
    """Return the newest scan of this consent, in pieces, once it is written down who takes it out.

    Raises `Denied`, `ReasonAsked`, `Nonsense` if none was handed in, `Gone` for one that was
    destroyed, what the vault raises for another that it does not open, and `Unavailable`.
    """
    found = _newest(reading.log.load(what.case), what)
    texts = (found.scan.id,) if found else ()
    look = What(View.WORDS, what.case, {"party": what.party}, texts, medium="EXPORT")
    with reading.reading(actor, look, purpose) as entries:
        if found is None:
            raise Nonsense("no scan of this person's consent for this pair was handed in")
        try:
            return reading.stores.vault.file(what.case, found.scan)
        except Erased:
            how = destroyed(entries, found.scan.id, what.party, found.entry)
            if how is None:
                raise
            raise Gone(found.scan.id, how) from None
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing was written") from None


@dataclass(frozen=True, slots=True)
class _HandedIn:
    entry: int
    scan: TextRef


def _newest(entries: Iterable[Entry], what: Signed) -> _HandedIn | None:
    """Return the scan of the last such consent that has one and was not entered in error."""
    scans = [
        _HandedIn(one.version, consent.scan)
        for one in in_order([*entries], None, None)
        if isinstance(consent := one.event, ConsentRecorded)
        and (consent.thread, consent.party) == (what.thread, what.party)
        and consent.scan is not None
    ]
    return scans[-1] if scans else None
