"""Gathering what is held of somebody, to answer their request: from every case in which they are.

For whoever keeps the data-protection register. Each look is written down before anything is handed
over, and so is the copy, as a disclosure to whoever asked.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from access import Combination
from client.dossiers import RIGHTS, read_dossier
from client.failures import Unavailable
from client.of_register import OfRegister, others_about
from client.officers import all_or_nothing
from client.reading import What, Why
from domain.appearing import appearances
from domain.fold import fold
from domain.held import DETAILS, handed, held, put_in, texts_of, undecided
from domain.permissions import View
from domain.words import Handed, LookReason, Operation
from keys import KeyMissing
from vault import Erased, Unfit, Unopened
from vault import Unavailable as VaultUnavailable
from vault.details import PartyDetails
from vault.mentions import Traits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from client.dossiers import Read
    from client.reading import Reading
    from domain.case import Case
    from domain.disclosed import Disclosed
    from domain.dossier import Decided, Dossier, Subject
    from domain.held import Finds, Item
    from domain.record import Actor, Entry
    from domain.texts import TextRef

_MOST = 400
"""Texts named in one entry of the access log."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is held of somebody in one case, where it came from, and to whom it went."""

    case: Case
    party: str
    entries: list[Entry]
    items: list[Item]
    recipients: tuple[Disclosed, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands of somebody in a case in which they are nobody, as far as it was put in."""

    case: Case
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is held of those a request is about."""

    read: Read
    parts: tuple[Part, ...]
    beside: tuple[Beside, ...] = ()
    register: tuple[OfRegister, ...] = ()

    @property
    def decided(self) -> dict[str, Decided]:
        """What was decided of mixed items, by item."""
        request = self.read.dossier.request
        return dict(request.items) if request else {}

    @property
    def items(self) -> list[Item]:
        """Every item, once."""
        every = [item for one in self.beside for item in one.items]
        every += [item for part in self.parts for item in part.items]
        every += [item for one in self.register for item in one.items]
        return list({item.id: item for item in every}.values())

    @property
    def cases(self) -> tuple[str, ...]:
        """Every case of which there is something."""
        cases = [part.case for part in self.parts] + [one.case for one in self.beside]
        return tuple(dict.fromkeys(case.id for case in cases))

    @property
    def undecided(self) -> list[Item]:
        """Those in which others are, or may be, and that nobody has decided on."""
        return undecided(self.items, self.decided)

    @property
    def register_told(self) -> list[OfRegister]:
        """The entries of the register of which the person receives anything: of the others they are
        not told that these are there."""
        kept = {name for name, one in self.decided.items() if one.handed is Handed.WITHHOLD}
        return [r for r in self.register if any(item.id not in kept for item in r.items)]

    def recipients(self, part: Part) -> list[Disclosed]:
        """To whom something of it went, as the person is told: none by an entry that is withheld.

        That somebody was told of them may be just what would harm somebody, or an enquiry.
        """
        kept = {name for name, one in self.decided.items() if one.handed is Handed.WITHHOLD}
        return [one for one in part.recipients if f"{part.case.id}:{one.entry}" not in kept]


@dataclass(frozen=True, slots=True)
class Given:
    """One item as the person receives it."""

    item: Item
    handed: Handed
    words: str | None
    """The text, or what stands in its place; None for an entry."""
    file: bytes | None = None
    """What is in the file, if it is one that they receive."""


def gathered(reading: Reading, actor: Actor, reference: str) -> Gathered:
    """Return everything that is held of those whom this dossier is about.

    Raises `Denied`, `DeniedThere` where one of the cases may not be seen, and `Unavailable` also
    where a vault cannot be used now: nothing is left out in silence.
    """
    reading = reading.because(Why(reason=LookReason.RIGHTS_REQUEST))
    read = read_dossier(reading, actor, reference)
    with all_or_nothing(reading.log, read.dossier):
        subjects = everywhere(reading, actor, read.dossier.subjects)
        parts = tuple(_part(reading, actor, one) for one in subjects)
        beside = tuple(_beside(reading, actor, read.dossier))
        return Gathered(read, parts, beside, others_about(reading, actor, read.dossier, subjects))


def copied(reading: Reading, actor: Actor, found: Gathered) -> list[Given]:
    """Return what the person receives, once it is written down that it is disclosed to them.

    Raises `Nonsense` for an item in which others are and that nobody has decided on.
    """
    decided = found.decided
    given = [Given(item, handed(item, decided), item.words) for item in found.items]
    kept = [one for one in given if one.handed is not Handed.WITHHOLD]
    reading = reading.because(Why(reason=LookReason.RIGHTS_REQUEST))
    entries = tuple(one.dossier.id for one in found.register)
    for stream in (*found.cases, *entries):
        theirs = [one.item.ref for one in kept if one.item.case == stream and one.item.ref]
        for some in batches([ref.id for ref in theirs]):
            what = What(
                View.DOSSIER if stream in entries else View.GATHERED,
                stream,
                texts=some,
                operation=Operation.DISCLOSURE,
                recipients=(found.read.dossier.id,),
                medium="EXPORT",
            )
            with reading.reading(actor, what, RIGHTS):
                pass
    return [_with_file(_redacted(one, found), reading) for one in kept]


def _with_file(one: Given, reading: Reading) -> Given:
    item = one.item
    if item.ref is None or not item.is_file or item.is_erased or one.handed is Handed.REDACT:
        return one
    try:
        pieces = reading.stores.vault.file(item.case, item.ref, even_restricted=True)
        return replace(one, file=b"".join(pieces))
    except (Unopened, VaultUnavailable, KeyMissing) as error:
        raise Unavailable(f"{item.id} cannot be read: {error}; no copy is made") from None


def _redacted(one: Given, found: Gathered) -> Given:
    if one.handed is not Handed.REDACT:
        return one
    return replace(one, words=_in_its_place(one, found))


def _in_its_place(one: Given, found: Gathered) -> str | None:
    """Return what is given in the place of a text; of an entry nothing but that it is there."""
    entry = found.read.entries[found.decided[one.item.id].version - 1]
    refs = dict(texts_of(entry))
    if one.item.ref is None or "redacted" not in refs:
        return None
    words = found.read.words[refs["redacted"].id]
    if not isinstance(words, str):
        raise Unavailable(f"what is given in the place of {one.item.id} cannot be read: {words}")
    return words


def _part(reading: Reading, actor: Actor, subject: Subject) -> Part:
    with reading.reading(actor, What(View.GATHERED, subject.case), RIGHTS) as entries:
        case = fold(entries)
    refs = list({ref.id: ref for entry in entries for _, ref in texts_of(entry)}.values())
    owners, words = _opened(reading, actor, subject.case, refs, subject.party)
    finds = _finds(case, entries, subject.party, owners, words)
    items = held(case, entries, subject.party, owners=owners, words=words, finds=finds)
    recipients = tuple(
        one for one in case.ledger.lines.values() if one.party in (subject.party, None)
    )
    return Part(case, subject.party, entries, items, recipients)


def _beside(reading: Reading, actor: Actor, dossier: Dossier) -> Iterator[Beside]:
    """Yield what was put in by hand, case by case."""
    by_case: dict[str, set[str]] = {}
    for item in dossier.request.put_in if dossier.request else ():
        where, _, text = item.partition(":")
        by_case.setdefault(where, set()).add(text)
    for name, texts in by_case.items():
        with reading.reading(actor, What(View.GATHERED, name), RIGHTS) as entries:
            case = fold(entries)
        known = {ref.id: ref for entry in entries for _, ref in texts_of(entry)}
        refs = [known[one] for one in sorted(texts & known.keys())]
        owners, words = _opened(reading, actor, name, refs, None)
        yield Beside(case, put_in(case, entries, texts, owners=owners, words=words))


def _opened(
    reading: Reading, actor: Actor, case: str, refs: Sequence[TextRef], party: str | None
) -> tuple[dict[str, str], dict[str, str | None]]:
    """Return by text id the owner and the words: None for what was erased; what cannot be read is
    left out. What is kept and not used is opened for the person themselves only."""
    words: dict[str, str | None] = {}
    owners: dict[str, str] = {}
    for some in batches([ref.id for ref in refs]):
        wanted = [ref for ref in refs if ref.id in some]
        with reading.reading(actor, What(View.GATHERED, case, texts=some), RIGHTS):
            try:
                whose = reading.stores.vault.owners(case, wanted)
                theirs = [ref for ref in wanted if whose.get(ref.id) == party]
                opened = reading.stores.vault.words_many(case, wanted)
                opened |= reading.stores.vault.words_many(case, theirs, even_restricted=True)
                owners |= whose
            except (VaultUnavailable, KeyMissing) as error:
                raise Unavailable(f"{error}; nothing was gathered") from None
        for name, text in opened.items():
            if isinstance(text, str):
                words[name] = text
            elif isinstance(text, Erased):
                words[name] = None
    return owners, words


def _finds(
    case: Case,
    entries: Iterable[Entry],
    party: str,
    owners: Mapping[str, str],
    words: Mapping[str, str | None],
) -> dict[str, Finds]:
    """Return what finds each person of the case in a text; of others, what is not this one's too.

    Whoever has no name on record, or details that cannot be read, is left out.
    """
    told: dict[str, list[PartyDetails]] = {}
    unread: set[str] = set()
    for ref in (ref for entry in entries for field, ref in texts_of(entry) if field == DETAILS):
        who, text = owners.get(ref.id), words.get(ref.id)
        if who is None or who not in case.parties:
            continue
        if ref.id not in words:
            unread.add(who)
        elif text is not None:
            with suppress(Unfit):  # somebody's words, put in by that name
                told.setdefault(who, []).append(PartyDetails.parse(text))
    known = {who: Traits.of(some) for who, some in told.items() if who not in unread}
    mine = known.get(party, Traits.of(()))
    return {
        who: (traits if who == party else traits.but_not(mine)).are_in
        for who, traits in known.items()
        if traits.names
    }


def everywhere(reading: Reading, actor: Actor, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Return these, and as whom they appear in other cases, as far as that is on record: where they
    are linked, and where one case goes on in another."""

    def opened(case: str) -> Case:
        with reading.reading(actor, What(View.GATHERED, case), RIGHTS) as entries:
            return fold(entries)

    found: list[Subject] = []
    for one in appearances(reading.log.load, subjects, opened):
        found.append(one.subject)
        if one.others:
            cases = tuple(sorted({other.case for other in one.others}))
            persons = (one.person,) if one.person else ()
            use = Combination(actor, one.subject.case, persons, cases, RIGHTS, actor.id)
            reading.combined(use)
    return tuple(found)


def batches(ids: list[str]) -> list[tuple[str, ...]]:
    """Return ids of texts in parts; one empty part if there are none, so that it is noted."""
    parts = [tuple(ids[start : start + _MOST]) for start in range(0, len(ids), _MOST)]
    return parts or [()]
