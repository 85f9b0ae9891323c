"""Looking for somebody who is only described in a text of somebody else's record.

For whoever keeps the data-protection register, to answer a request. By names, telephone, e-mail,
address, or words that would stand in it: within the vault, text by text. What comes of it is shown
only to them, and each look is written down; what they put in by hand waits for a decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from client.dossiers import RIGHTS, read_dossier
from client.failures import Nonsense, Unavailable
from client.gathering import batches, gathered
from client.in_register import InRegister, in_register
from client.reading import What, Why
from client.scans import handed_in
from domain.fold import fold
from domain.held import texts_of
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX
from domain.permissions import View
from domain.words import LookReason, Operation
from keys import KeyMissing
from store import Altered, Unreadable
from vault import Erased, NotThere, Restricted
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from client.reading import Reading
    from client.scans import HandedIn
    from domain.record import Actor, Entry
    from domain.texts import TextRef
    from vault import Unopened
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
class Unsearched:
    """A file: a scanned form, whose words nothing here can read, so somebody looks at it."""

    item: str
    case: str
    handed_in: HandedIn
    at: datetime
    """When that was recorded, UTC."""
    known: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, and what could not be looked through."""

    found: tuple[Described, ...]
    files: tuple[Unsearched, ...] = ()
    register: tuple[InRegister, ...] = ()
    """What was found in the words of other entries of the register."""
    unread_entries: int = 0
    """Entries of the register that cannot be read."""
    closed_cases: int = 0
    """Cases that this officer may not see, as with a conflict of interest: another one looks."""
    closed_texts: int = 0
    """Texts and files that are kept and not used: they are open to nobody."""
    unread_cases: int = 0
    unread_texts: int = 0
    """What cannot be read."""

    @property
    def streams(self) -> frozenset[str]:
        """The cases, and the entries of the register, of which something is told."""
        cases = {one.case for one in self.found} | {one.case for one in self.files}
        return frozenset(cases | {one.dossier for one in self.register})


def described(
    reading: Reading, actor: Actor, reference: str, traits: Traits, moved: Moved
) -> Search:
    """Return the texts of every case in which something of this stands, for a request of somebody;
    the words of other entries of the register in which it does; and, since a name may stand in
    them too, every file. No file is opened.

    Raises `Denied`, `Nonsense` where there is no such request, and `Unavailable` also where the
    vault cannot be used now.
    """
    reading = reading.because(Why(reason=LookReason.RIGHTS_REQUEST))
    if read_dossier(reading, actor, reference).dossier.request is None:
        raise Nonsense("texts are looked through for a request of somebody only")
    known = {item.id for item in gathered(reading, actor, reference).items}
    what = What(View.DOSSIER, asked={"described": reference}, operation=Operation.COMBINATION)
    searching = _Searching(reading, actor, reference, traits, known, moved)
    # One entry for all of it: what is asked for, and everything of which something is told.
    search = reading.listing(actor, what, RIGHTS, lambda _: searching.all(), lambda s: s.streams)
    for case in sorted({one.case for one in search.found}):
        for some in batches([o.item.partition(":")[2] for o in search.found if o.case == case]):
            with reading.reading(actor, What(View.GATHERED, case, texts=some), RIGHTS):
                pass
    for entry in sorted({one.dossier for one in search.register}):
        shown = tuple(one.text for one in search.register if one.dossier == entry)
        with reading.reading(actor, What(View.DOSSIER, entry, texts=shown), RIGHTS):
            pass
    return search


@dataclass(slots=True)
class _Searching:
    reading: Reading
    actor: Actor
    dossier: str
    """For which request; its own words are not looked through."""
    traits: Traits
    known: set[str]
    moved: Moved
    number: Counter[str] = field(default_factory=Counter)
    """Of what could not be looked through, by the name that it has in a `Search`."""

    def all(self) -> Search:
        wanted = (CASE_PREFIX, DOSSIER_PREFIX)
        streams = [one for one in self.reading.log.streams() if one.startswith(wanted)]
        every: list[Described | Unsearched] = []
        register: list[InRegister] = []
        for number, stream in enumerate(streams, 1):
            if stream.startswith(CASE_PREFIX):
                every += self._case(stream)
            elif stream != self.dossier:
                register += self._entry(stream)
            self.moved(number, len(streams))
        found = tuple(one for one in every if isinstance(one, Described))
        files = tuple(one for one in every if isinstance(one, Unsearched))
        return Search(found, files, tuple(register), **self.number)

    def _entry(self, stream: str) -> Iterator[InRegister]:
        try:
            found, unread = in_register(self.reading, stream, self.traits)
        except (Altered, Unreadable):
            self.number["unread_entries"] += 1
            return
        self.number["unread_texts"] += unread
        yield from found

    def _case(self, stream: str) -> Iterator[Described | Unsearched]:
        try:
            entries = self.reading.log.load(stream)
        except (Altered, Unreadable):
            self.number["unread_cases"] += 1
            return
        if not self.reading.gate.opens_for(self.actor.id, View.GATHERED, entries):
            self.number["closed_cases"] += 1
            return
        redacted = fold(entries).data.redacted
        places = {
            ref.id: _Place(entry, field, ref)
            for entry in entries
            for field, ref in texts_of(entry)
            if ref.id not in redacted
        }
        refs = [one.ref for one in places.values()]
        try:
            words = self.reading.stores.vault.words_many(stream, refs)
            owners = self.reading.stores.vault.owners(stream, refs)
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing was looked through") from None
        for text, place in places.items():
            yield from self._text(stream, place, words[text], owners.get(text))

    def _text(
        self, stream: str, place: _Place, said: str | Unopened, owner: str | None
    ) -> Iterator[Described | Unsearched]:
        item = f"{stream}:{place.ref.id}"
        known = item in self.known
        if isinstance(said, str) and owner is not None:
            if self.traits.are_in(said):
                yield Described(item, stream, place.entry, place.field, owner, said, known)
        elif isinstance(said, Restricted):
            self.number["closed_texts"] += 1
        elif isinstance(said, NotThere) and owner is not None and (scan := handed_in(place.entry)):
            yield Unsearched(item, stream, scan, place.entry.recorded_at, known)
        elif not isinstance(said, Erased):
            self.number["unread_texts"] += 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands: the last entry that refers to it, and by which field."""

    entry: Entry
    field: str
    ref: TextRef
