"""Matching, inside the vault: texts are found by tokens, opened here, and compared here.

What goes out is which case, who in it by their id there, and how like as a code. What cannot be
opened, because it was erased or altered, is not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.words import Strength
from vault.details import OffenceDetails, PartyDetails
from vault.finding import appears_as
from vault.matching.index import document, is_matchable
from vault.matching.likeness import Likeness
from vault.matching.matter import Known, compare, likest
from vault.matching.tokens import references, tokens
from vault.problems import Unopened
from vault.texts import microseconds, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from vault.data_keys import DataKeys
    from vault.details import Details
    from vault.matching.index import Index
    from vault.matching.keys import MatchingKey, MatchingKeys
    from vault.matching.matter import Matter

__all__ = ["CaughtUp", "Matching", "ToLookAt"]


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """Details that became part of a case, of which nobody looked yet for others like them."""

    text_id: str
    stream: str


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What writing tokens anew came upon."""

    written: int
    """Texts that had none, or others."""
    unopened: tuple[str, ...]
    """Texts that cannot be opened, by id: what tokens they have stay as they are."""


class Matching:
    """Finds details by others. Raises `Unavailable` and `KeyMissing` from every method."""

    def __init__(self, index: Index, data_keys: DataKeys, keys: MatchingKeys) -> None:
        self._index = index
        self._data_keys = data_keys
        self._keys = keys

    def writer(self, row: Mapping[str, Any], words: str) -> Callable[[Connection], None] | None:
        """Return what writes the tokens of a text in the transaction of the text itself; None for
        a text that is no details."""
        if not is_matchable(row):
            return None
        key = self._keys.current()
        return lambda connection: self._index.write(connection, row, words, key)

    def matters(self, stream: str) -> tuple[Matter, ...]:
        """Return the other cases that have something in common with this one."""
        here = self._known([stream]).get(stream, Known())
        found = self._sharing((*_people(here), *here.offences), but=stream)
        there = self._known({row.stream for row in found})
        compared = (compare(here, other, known) for other, known in sorted(there.items()))
        return tuple(one for one in compared if one is not None)

    def appearances(self, stream: str, owner: str) -> tuple[Likeness, ...]:
        """Return the people of other cases who are like this one, of whichever side."""
        mine = self._known([stream]).get(stream, Known()).people.get(owner, ())
        return self._like(mine, (), but=stream)

    def resembling(self, person: PartyDetails, offence: OffenceDetails) -> tuple[Likeness, ...]:
        """Return who in any case is like this person, and which cases have this reference.

        The owner of the second is `case`. Both may say nothing.
        """
        return self._like((person,), (offence,))

    def to_look_at(self, most: int) -> tuple[ToLookAt, ...]:
        """Return details that a recorded event refers to, and of which others like them were not
        looked for; the oldest first, so many at most."""
        return tuple(ToLookAt(row.id, row.stream) for row in self._index.to_look_at(most))

    def looked(self, text_ids: Iterable[str], at: datetime) -> None:
        """Note that others like these details were looked for."""
        self._index.looked(text_ids, microseconds(at))

    def catch_up(self, progress: Callable[[int], None] = lambda _done: None) -> CaughtUp:
        """Give tokens to all details that have none under the key in use, by today's rules.

        May be broken off and repeated, and done by several at once. An older key that no token
        needs any more is destroyed. `progress` is told how many texts were seen.
        """
        key = self._keys.current()
        written, seen = 0, 0
        unopened: list[str] = []
        for rows in self._index.outdated(key.id):
            opened = self._opened(rows)
            unopened += [row.id for row in rows if row.id not in opened]
            written += sum(
                self._index.again(row, opened[row.id], key) for row in rows if row.id in opened
            )
            seen += len(rows)
            progress(seen)
        self._retire(key)
        return CaughtUp(written, tuple(unopened))

    def renew(self, progress: Callable[[int], None] = lambda _done: None) -> CaughtUp:
        """Make a new matching key and write all tokens anew under it; see `catch_up`.

        Afterwards copies of erased tokens, in backups or on the disk, say nothing to anybody.
        """
        self._keys.renew()
        return self.catch_up(progress)

    def _retire(self, current: MatchingKey) -> None:
        # Asked before: a key made meanwhile is the current one of somebody else.
        keys = [key.id for key in self._keys.all()]
        older = set(keys[: keys.index(current.id)]) - self._index.keys_in_use()
        if older:
            self._keys.destroy(sorted(older))

    def _like(
        self, people: Sequence[PartyDetails], offences: Sequence[OffenceDetails], but: str = ""
    ) -> tuple[Likeness, ...]:
        wanted = frozenset(one for offence in offences for one in references(offence))
        rows = self._sharing((*people, *offences), but)
        told: dict[tuple[str, str], list[Details]] = {}
        for row, details in self._documents(rows):
            told.setdefault((row.stream, appears_as(row.owner)), []).append(details)
        found = []
        for (stream, owner), known in sorted(told.items()):
            strength = _strength(tuple(people), wanted, known)
            if strength is not None:
                found.append(Likeness(stream, owner, strength))
        return tuple(found)

    def _sharing(self, wanted: Sequence[Details], but: str) -> Sequence[Row[Any]]:
        keys = self._keys.all()
        made = {one for key in keys for details in wanted for one in tokens(details, key.secret)}
        return self._index.sharing(made, but) if made else ()

    def _known(self, streams: Iterable[str]) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for row, details in self._documents(self._index.kept_of(streams)):
            before = found.get(row.stream, Known())
            if isinstance(details, PartyDetails):
                who = appears_as(row.owner)
                told = (*before.people.get(who, ()), details)
                found[row.stream] = Known({**before.people, who: told}, before.offences)
            elif isinstance(details, OffenceDetails):
                found[row.stream] = Known(before.people, (*before.offences, details))
        return found

    def _documents(self, rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], Details]]:
        opened = self._opened(rows)
        read = ((row, document(row._asdict(), opened[row.id])) for row in rows if row.id in opened)
        return [(row, details) for row, details in read if details is not None]

    def _opened(self, rows: Sequence[Row[Any]]) -> dict[str, str]:
        secrets = self._data_keys.find({row.key_id for row in rows}) if rows else {}
        opened = {}
        for row in rows:
            try:
                opened[row.id] = words_of(row, row.digest, secrets.get(row.key_id))
            except Unopened:
                continue
        return opened


def _people(known: Known) -> tuple[PartyDetails, ...]:
    return tuple(details for told in known.people.values() for details in told)


def _strength(
    people: tuple[PartyDetails, ...], wanted: frozenset[str], known: Sequence[Details]
) -> Strength | None:
    offences = [one for one in known if isinstance(one, OffenceDetails)]
    if any(wanted & references(one) for one in offences):
        return Strength.SAME_REFERENCE
    return likest(people, tuple(one for one in known if isinstance(one, PartyDetails)))
