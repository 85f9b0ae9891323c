"""Looking for somebody who is only described in a text of somebody else's record.

For whoever keeps the data-protection register, to answer a request. By names, telephone, e-mail,
address, or words that would stand in it: within the vault, text by text. What comes of it is shown
only to them, and each look is written down; what they put in by hand waits for a decision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from client.dossiers import RIGHTS, read_dossier
from client.failures import Nonsense, Unavailable
from client.gathering import batches, gathered
from client.reading import What, Why
from domain.fold import fold
from domain.held import texts_of
from domain.ids import CASE_PREFIX
from domain.permissions import View
from domain.words import LookReason, Operation
from keys import KeyMissing
from store import Altered, Unreadable
from vault import AlteredText, NotThere, Restricted
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.reading import Reading
    from domain.record import Actor, Entry
    from vault.mentions import Traits

Moved: TypeAlias = Callable[[int, int], None]
"""Told how many streams are looked through, of how many."""


@dataclass(frozen=True, slots=True)
class Described:
    """A text in which somebody may be described."""

    item: str
    """The case and the text, as an item of a copy is named."""
    case: str
    entry: Entry
    field: str
    owner: str
    """Whose text it is: a person of the case, or `case`."""
    words: str
    known: bool
    """Whether it is among what is gathered of them already."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, and what could not be looked through."""

    found: tuple[Described, ...]
    closed: int
    """Texts that are kept and not used: they are open to nobody."""
    unread: int
    """Texts and cases that cannot be read."""


def described(
    reading: Reading, actor: Actor, reference: str, traits: Traits, moved: Moved
) -> Search:
    """Return the texts of every case in which something of this stands, for a request to see what
    is kept.

    Raises `Denied`, `Nonsense` where there is no such request, and `Unavailable` also where the
    vault cannot be used now.
    """
    reading = reading.because(Why(reason=LookReason.RIGHTS_REQUEST))
    if read_dossier(reading, actor, reference).dossier.request is None:
        raise Nonsense("texts are looked through for a request of somebody only")
    known = {item.id for item in gathered(reading, actor, reference).items}
    what = What(View.DOSSIER, asked={"described": reference}, operation=Operation.COMBINATION)
    searching = _Searching(reading, actor, traits, known, moved)
    # One entry for all of it: what is asked for, and every case in which something was found.
    search = reading.listing(
        actor, what, RIGHTS, lambda _: searching.all(), lambda s: (one.case for one in s.found)
    )
    for case in sorted({one.case for one in search.found}):
        for some in batches([o.item.partition(":")[2] for o in search.found if o.case == case]):
            with reading.reading(actor, What(View.GATHERED, case, texts=some), RIGHTS):
                pass
    return search


@dataclass(slots=True)
class _Searching:
    reading: Reading
    actor: Actor
    traits: Traits
    known: set[str]
    moved: Moved
    closed: int = 0
    unread: int = 0

    def all(self) -> Search:
        streams = [one for one in self.reading.log.streams() if one.startswith(CASE_PREFIX)]
        found: list[Described] = []
        for number, stream in enumerate(streams, 1):
            found += self._case(stream)
            self.moved(number, len(streams))
        return Search(tuple(found), self.closed, self.unread)

    def _case(self, stream: str) -> Iterator[Described]:
        try:
            entries = self.reading.log.load(stream)
        except (Altered, Unreadable):
            self.unread += 1
            return
        if not self.reading.gate.opens_for(self.actor.id, View.GATHERED, entries):
            self.closed += 1
            return
        redacted = fold(entries).data.redacted
        where = {
            ref.id: (entry, field, ref)
            for entry in entries
            for field, ref in texts_of(entry)
            if ref.id not in redacted
        }
        try:
            refs = [ref for *_, ref in where.values()]
            words = self.reading.stores.vault.words_many(stream, refs)
            owners = self.reading.stores.vault.owners(stream, refs)
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing was looked through") from None
        for text, (entry, field, _) in where.items():
            said = words[text]
            if isinstance(said, str):
                if self.traits.are_in(said):
                    item = f"{stream}:{text}"
                    whose, known = owners[text], item in self.known
                    yield Described(item, stream, entry, field, whose, said, known)
            else:
                self.closed += isinstance(said, Restricted)
                self.unread += isinstance(said, (AlteredText, NotThere))
