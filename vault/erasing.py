"""Erasing, and what goes with it: looking through others' texts first, keeping what a person is
found by; and doing all that again after an old backup was put back.

Every method may be repeated, and carries on where it was broken off.
"""

from __future__ import annotations

from contextlib import suppress as ignoring
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from domain.texts import CASE
from vault.details import DETAILS, PartyDetails
from vault.finding import FINDING, finding_entries, found_owner
from vault.mentions import Traits
from vault.problems import Unfit, Unopened
from vault.tables import DRAFT, ERASED, KEPT, KEYS, TEXTS
from vault.texts import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from vault.data_keys import DataKeys
    from vault.database import Database
    from vault.suppressing import Suppressing
    from vault.texts import Texts

REPLY = "reply"
"""What somebody was told of a decision about their data: kept as proof that they were."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is still there of what should be gone: nothing, where an erasure was carried out."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What there is of somebody in a stream, by number."""

    texts: int
    files: int
    keys: int
    """Keys of theirs, also of what they are found by; without one nothing of them can be read."""


class Erasing:
    """Raises `Unavailable` and `KeyMissing` from every method."""

    def __init__(
        self,
        texts: Database,
        keys: Database,
        data_keys: DataKeys,
        kept: Texts,
        suppressing: Suppressing,
    ) -> None:
        self._texts = texts
        self._keys = keys
        self._data_keys = data_keys
        self._kept = kept
        self._suppressing = suppressing

    def held(self, stream: str, owner: str) -> Held:
        """Return how much there is of this person in this stream: nothing is opened."""
        owners = [owner, found_owner(owner)]
        rows = self._rows(TEXTS.c.stream == stream, TEXTS.c.owner.in_(owners))
        mine = select(KEYS.c.id).where(KEYS.c.stream == stream, KEYS.c.owner.in_(owners))
        files = sum(bool(row.chunks) for row in rows)
        return Held(len(rows) - files, files, len(self._keys.rows(mine)))

    def mentions(self, stream: str, owner: str) -> tuple[tuple[str, str], ...]:
        """Return the texts of others in this stream that may be about this person: id and owner.

        Those that say so, those in which they are named, and all files, which nobody can look
        through. To be asked before the key is destroyed.
        """
        traits = Traits.of(self._details(stream, owner))
        others = self._rows(
            TEXTS.c.stream == stream,
            TEXTS.c.owner.not_in([owner, found_owner(owner)]),
            TEXTS.c.state == KEPT,
            TEXTS.c.kind.not_in([REPLY, FINDING]),
        )
        words = self._opened([row for row in others if not row.chunks])
        return tuple(
            (row.id, row.owner)
            for row in others
            if row.chunks
            or owner in row.about.split()
            or (row.id in words and traits.are_in(words[row.id]))
        )

    def keep_finding(self, stream: str, owner: str, at: datetime) -> int:
        """Keep, under a key of its own, what this person is found by; return how many entries."""
        wanted = finding_entries(self._details(stream, owner))
        apart = found_owner(owner)
        rows = self._rows(TEXTS.c.stream == stream, TEXTS.c.owner == apart)
        there = set(self._opened(rows).values())
        for words in (one for one in wanted if one not in there):
            self._kept.put(stream, apart, words, kind=FINDING, at=at, state=KEPT)
        return len(wanted)

    def suppress(self, stream: str, owner: str) -> int:
        """Keep, as yes or no for the matcher, that this person asked not to be contacted; return
        how many digests there are of it: none, if they cannot be told from others."""
        return self._suppressing.add(self._details(stream, owner))

    def suppressed_in(self, stream: str) -> tuple[str, ...]:
        """Return who in this stream is like somebody of whom it was kept that they asked not to be
        contacted."""
        told = self._rows(TEXTS.c.stream == stream, TEXTS.c.kind == DETAILS)
        owners = sorted({row.owner for row in told if row.owner != CASE})
        known = ((owner, self._details(stream, owner)) for owner in owners)
        return tuple(who for who, told in known if any(map(self._suppressing.has, told)))

    def destroy(self, stream: str, owner: str, *, found: bool) -> tuple[str, ...]:
        """Destroy this person's key and all that is under it; return the ids of all that were.

        `found` says whether that by which they are found again goes, too.
        """
        owners = [owner, found_owner(owner)] if found else [owner]
        gone: list[str] = []
        for one in owners:
            keys = self._data_keys.destroy(stream, one)
            self._kept.erase(stream, keys)
            gone += keys
        return tuple(sorted(gone))

    def destroy_again(self, stream: str, keys: Sequence[str]) -> int:
        """Destroy these keys, and all under them, that an old backup brought back; return how many
        keys and texts it was."""
        there = self.left(stream, keys)
        if there.keys:
            self._data_keys.destroy_ids(there.keys)
        if there.texts:
            self._kept.erase(stream, keys)
        return len(there.keys) + len(there.texts)

    def left(self, stream: str, keys: Sequence[str]) -> Left:
        """Return what is there of these keys, and of what was under them."""
        found = self._keys.rows(select(KEYS.c.id).where(KEYS.c.id.in_(keys))) if keys else ()
        texts = self._rows(TEXTS.c.stream == stream, TEXTS.c.key_id.in_(keys)) if keys else ()
        return Left(tuple(row.id for row in found), tuple(row.id for row in texts))

    def erase_text(self, stream: str, text_id: str) -> bool:
        """Delete one text whose owner keeps their key; say whether it was there.

        The file of SQLite is written anew: pages may hold copies that this key would open.
        """
        one = (TEXTS.c.stream == stream, TEXTS.c.id == text_id)
        if not self._rows(*one):
            return False
        with self._texts.together() as connection:
            noted = select(TEXTS.c.id, TEXTS.c.stream).where(*one)
            connection.execute(insert(ERASED).from_select(["id", "stream"], noted))
            connection.execute(delete(TEXTS).where(*one))
        if self._texts.is_sqlite:
            self._texts.vacuum(TEXTS.name)
        return True

    def erased_texts(self) -> frozenset[str]:
        """Return the ids of all texts and files that were erased."""
        return frozenset(row.id for row in self._texts.rows(select(ERASED.c.id)))

    def has_text(self, stream: str, text_id: str) -> bool:
        """Say whether this text is there."""
        return bool(self._rows(TEXTS.c.stream == stream, TEXTS.c.id == text_id))

    def _details(self, stream: str, owner: str) -> list[PartyDetails]:
        told = self._rows(
            TEXTS.c.stream == stream,
            TEXTS.c.owner.in_([owner, found_owner(owner)]),
            TEXTS.c.kind.in_([DETAILS, FINDING]),
            TEXTS.c.state.in_([DRAFT, KEPT]),
            TEXTS.c.chunks == 0,
        )
        found = []
        for words in self._opened(told).values():
            with ignoring(Unfit):  # a text of that kind that is no document
                found.append(PartyDetails.parse(words))
        return found

    def _rows(self, *where: Any) -> Sequence[Row[Any]]:
        return self._texts.rows(select(TEXTS).where(*where).order_by(TEXTS.c.put_at, TEXTS.c.id))

    def _opened(self, rows: Iterable[Row[Any]]) -> dict[str, str]:
        rows = list(rows)
        secrets = self._data_keys.find({row.key_id for row in rows}) if rows else {}
        opened = {}
        for row in rows:
            with ignoring(Unopened):  # what was altered cannot be looked through
                opened[row.id] = words_of(row, row.digest, secrets.get(row.key_id))
        return opened
