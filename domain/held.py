"""What is held of one person of a case, also where it stands in somebody else's record.

An item is an entry of the log, or a text in the vault. It is theirs alone, or others are in it,
too, or may be: then a person decides what of it they receive. In doubt others are in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel

from domain.about import named
from domain.errors import Nonsense
from domain.texts import CASE, TextRef
from domain.words import Handed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from domain.case import Case
    from domain.dossier import Decided
    from domain.record import Entry

DETAILS = "details"
"""The field whose text is a document of somebody's own facts."""
SCAN = "scan"
"""The field that refers to a file: nobody can look through it for a name."""
Finds: TypeAlias = Callable[[str], bool]
"""Says whether somebody is in a text: by name, or by how they are reached."""
_PARTY = re.compile(r"[VOSC][1-9][0-9]{0,2}")
_THREAD = re.compile(r"(V[1-9][0-9]{0,2})-(O[1-9][0-9]{0,2})")


class Mixed(StrEnum):
    """Why others are in an item, or may be."""

    OTHERS_NAMED = "OTHERS_NAMED"
    """The entry is about others, too, or about the case as a whole."""
    NOT_THEIR_WORDS = "NOT_THEIR_WORDS"
    """The text is staff's, or somebody else's."""
    NAME_FOUND = "NAME_FOUND"
    """A name of somebody else of the case stands in it, or how they are reached."""
    NAME_UNKNOWN = "NAME_UNKNOWN"
    """Somebody of the case has no name on record that could be looked for in it."""
    PUT_IN = "PUT_IN"
    """The text is somebody else's, in a case in which they are nobody: they are described in it."""
    OF_REGISTER = "OF_REGISTER"
    """It is of another entry of the data-protection register: of what staff noted, judged and were
    asked by others, and perhaps of many people."""
    UNREADABLE = "UNREADABLE"
    """It cannot be read, so that nobody can say."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is held of somebody."""

    id: str
    """The case, and the entry or the text there."""
    case: str
    """The case, or the other entry of the register, that it is of."""
    entry: Entry
    ref: TextRef | None = None
    """The text, if it is one; else it is the entry itself."""
    field: str = ""
    owner: str | None = None
    words: str | None = None
    """What the text says; None for an entry, and for what was erased or cannot be read."""
    mixed: frozenset[Mixed] = frozenset()

    @property
    def is_file(self) -> bool:
        """Whether it is a file, and no text."""
        return self.field == SCAN

    @property
    def is_erased(self) -> bool:
        """Whether it is a text that is no longer there."""
        return self.ref is not None and self.words is None and Mixed.UNREADABLE not in self.mixed


def texts_of(entry: Entry) -> list[tuple[str, TextRef]]:
    """Return the texts that an entry refers to, each with its field; of the reason given, `why`."""
    found = list(_texts("", entry.event))
    if entry.recorded.why and entry.recorded.why.words:
        found.append(("why", entry.recorded.why.words))
    return found


def held(
    case: Case,
    entries: Sequence[Entry],
    party: str,
    *,
    owners: Mapping[str, str],
    words: Mapping[str, str | None],
    finds: Mapping[str, Finds],
) -> list[Item]:
    """Return what is held of this person in a case, in the order of recording.

    `owners` says by text id whose words each is, `words` what it says: None for what was erased;
    what is missing there could not be read. `finds` has for each person what finds them in a text;
    whoever is missing there cannot be looked for. Entries made in error count too: they are kept.
    """
    mine = finds.get(party)
    others = [finds[one] for one in case.parties if one != party and one in finds]
    nameless = any(one not in finds for one in case.parties if one != party)
    found: list[Item] = []
    for entry in entries:
        people = people_of(case, entry)
        if not people or party in people:
            found.append(_entry(case, entry, party, people))
        for field, ref in texts_of(entry):
            if ref.id in case.data.redacted:
                # Somebody erased was taken out of it: another text stands in its place.
                continue
            owner, text = owners.get(ref.id), words.get(ref.id)
            about = owner == party or not people or party in people
            if about or (text is not None and mine is not None and mine(text)):
                item = Item(f"{case.id}:{ref.id}", case.id, entry, ref, field, owner, text)
                unread = ref.id not in words
                found.append(_text(item, party, others, unread=unread, nameless=nameless))
    return list({item.id: item for item in found}.values())


def put_in(
    case: Case,
    entries: Sequence[Entry],
    texts: Collection[str],
    *,
    owners: Mapping[str, str],
    words: Mapping[str, str | None],
) -> list[Item]:
    """Return these texts of a case as items of somebody who is only described in them; see `held`.

    One that was redacted is left out: another text stands in its place.
    """
    found: dict[str, Item] = {}
    for entry in entries:
        for field, ref in texts_of(entry):
            if ref.id not in texts or ref.id in case.data.redacted:
                continue
            item = Item(f"{case.id}:{ref.id}", case.id, entry, ref, field, owners.get(ref.id))
            if ref.id not in words:
                mixed = frozenset({Mixed.PUT_IN, Mixed.UNREADABLE})
            else:
                mixed = frozenset({Mixed.PUT_IN} if words[ref.id] is not None else ())
            found[item.id] = replace(item, words=words.get(ref.id), mixed=mixed)
    return list(found.values())


def of_register(
    dossier: str, entries: Sequence[Entry], words: Mapping[str, str | None]
) -> list[Item]:
    """Return what an entry of the register that is about somebody has, as items; `words` as for
    `held`. None of it is theirs alone: that police asked about them may be what they must not know,
    and a breach is about many people."""
    found = []
    for entry in entries:
        mixed = frozenset({Mixed.OF_REGISTER})
        found.append(Item(f"{dossier}:{entry.version}", dossier, entry, mixed=mixed))
        for field, ref in texts_of(entry):
            text, more = words.get(ref.id), mixed
            if ref.id not in words:
                more = mixed | {Mixed.UNREADABLE}
            elif text is None:
                more = frozenset()
            name = f"{dossier}:{ref.id}"
            found.append(Item(name, dossier, entry, ref, field, CASE, text, more))
    return list({item.id: item for item in found}.values())


def undecided(items: Iterable[Item], decided: Mapping[str, Decided]) -> list[Item]:
    """Return the items in which others are, or may be, and that nobody has decided on."""
    return [item for item in items if item.mixed and item.id not in decided]


def handed(item: Item, decided: Mapping[str, Decided]) -> Handed:
    """Return what is done with an item: what was decided on it, else it is given.

    Raises `Nonsense` for a mixed one without a decision.
    """
    if item.id in decided:
        return decided[item.id].handed
    if item.mixed:
        raise Nonsense(f"{item.id}: others are in it, and nobody has decided on it")
    return Handed.GIVE


def people_of(case: Case, entry: Entry) -> frozenset[str]:
    """Return the people of the case whom an entry is about; nobody, for the case as a whole."""
    found = set(_codes(entry.event.model_dump(mode="json")))
    for kept, name in named(entry.event):
        thing = getattr(case, kept).get(name)
        pairs = (getattr(thing, "thread", None), *getattr(thing, "threads", ()))
        found.update(p for pair in pairs if pair in case.threads for p in case.thread(pair).people)
        found.update(p for p in (getattr(thing, "party", None),) if isinstance(p, str))
    return frozenset(found & set(case.parties))


def _entry(case: Case, entry: Entry, party: str, people: frozenset[str]) -> Item:
    item_id = f"{case.id}:{entry.version}"
    their_own = getattr(entry.event, "party", None) == party and not _others_by_name(entry, party)
    alone = people == {party} or len(case.parties) == 1
    mixed = frozenset[Mixed]() if their_own or alone else frozenset({Mixed.OTHERS_NAMED})
    return Item(item_id, case.id, entry, mixed=mixed)


def _others_by_name(entry: Entry, party: str) -> bool:
    """Say whether others are named in it besides as the other one of a pair."""
    data = entry.event.model_dump(mode="json")
    return any(one != party for one in _codes(data, threads=False))


def _text(item: Item, party: str, others: Sequence[Finds], *, unread: bool, nameless: bool) -> Item:
    why = set()
    if unread:
        why.add(Mixed.UNREADABLE)
    if item.owner != party:
        why.add(Mixed.NOT_THEIR_WORDS)
    if item.words is not None and any(in_it(item.words) for in_it in others):
        why.add(Mixed.NAME_FOUND)
    if nameless and item.field != DETAILS:
        why.add(Mixed.NAME_UNKNOWN)
    if item.words is None and not unread:
        # What was erased says nothing of anybody.
        why.clear()
    return replace(item, mixed=frozenset(why))


def _codes(value: Any, *, threads: bool = True) -> Iterator[str]:
    if isinstance(value, str):
        if _PARTY.fullmatch(value):
            yield value
        elif threads and (pair := _THREAD.fullmatch(value)):
            yield from pair.groups()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _codes(key, threads=threads)
            yield from _codes(inner, threads=threads)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _codes(inner, threads=threads)


def _texts(field: str, value: Any) -> Iterator[tuple[str, TextRef]]:
    if isinstance(value, TextRef):
        yield field, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(name, getattr(value, name))
    elif isinstance(value, dict) and value.keys() == TextRef.model_fields.keys():
        # As a breach records it, which repeats a command of any kind.
        yield field, TextRef.model_validate(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(str(name), inner)
    elif isinstance(value, (list, tuple, frozenset)):
        for inner in value:
            yield from _texts(field, inner)
