"""Taking a signed form out of the vault again: for whoever may read the words of its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.failures import Nonsense, Unavailable
from client.reading import What
from domain.destroyed import destroyed
from domain.events.choice import ConsentRecorded
from domain.events.protection import ActedInBreach
from domain.fold import in_order
from domain.held import SCAN, texts_of
from domain.permissions import View
from keys import KeyMissing
from vault import Erased
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    entry: int | None = None
    """The entry that handed it in, of whatever became of that; the newest that counts without."""


class Gone(Erased):
    """It was erased or redacted, as is on record."""

    def __init__(self, text: str, how: Destroyed) -> None:
        super().__init__(f"{text} was erased")
        self.how = how


def scan_of(reading: Reading, actor: Actor, what: Signed, purpose: str) -> Iterator[bytes]:
    """Return the scan that is meant, in pieces, once it is written down who takes it out.

    Raises `Denied`, `ReasonAsked`, `Nonsense` if none was handed in, `Gone` for one that was
    destroyed, what the vault raises for another that it does not open, and `Unavailable`.
    """
    found = _meant(reading.log.load(what.case), what)
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
class HandedIn:
    """A scan, by which entry it was handed in, and for which consent."""

    entry: int
    thread: str
    party: str
    scan: TextRef


def handed_in(entry: Entry) -> HandedIn | None:
    """Return the scan that an entry handed in, also one of what was done in breach of a rule."""
    scan = next((ref for field, ref in texts_of(entry) if field == SCAN), None)
    event = entry.event
    said = event.done if isinstance(event, ActedInBreach) else event.model_dump()
    return None if scan is None else HandedIn(entry.version, said["thread"], said["party"], scan)


def _meant(entries: Sequence[Entry], what: Signed) -> HandedIn | None:
    if what.entry is None:
        counts = in_order(entries)
        chosen = [one for one in counts if isinstance(one.event, ConsentRecorded)]
    else:
        chosen = [one for one in entries if one.version == what.entry]
    scans = [one for one in map(handed_in, chosen) if one is not None]
    theirs = [one for one in scans if (one.thread, one.party) == (what.thread, what.party)]
    return theirs[-1] if theirs else None
