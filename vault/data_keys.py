"""Data keys: one per person per case, wrapped by the master key, in a database of their own.

A key is never kept in memory from one question to the next: destroyed means destroyed in every
process at once.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from keys import KeyMissing
from vault.ciphers import KEY_BYTES, random_id
from vault.problems import Erased
from vault.tables import DESTROYED, KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vault.database import Database
    from vault.wrapping import Wrapping

# Built once: building a statement costs more than carrying it out.
_OF_OWNER = select(KEYS).where(
    KEYS.c.stream == bindparam("of_stream"), KEYS.c.owner == bindparam("of_owner")
)
_BY_IDS = select(KEYS).where(KEYS.c.id.in_(bindparam("ids", expanding=True)))
_IS_THERE = select(KEYS.c.id).where(KEYS.c.id == bindparam("of_id"))


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key, unwrapped: its id (`K-…`) and 32 bytes."""

    id: str
    secret: bytes = field(repr=False)


class DataKeys:
    """The keys of all owners. Raises `Unavailable`, and `KeyMissing` where a master key is gone."""

    def __init__(self, database: Database, wrapping: Wrapping) -> None:
        self._database = database
        self._wrapping = wrapping

    def ensure(self, stream: str, owner: str) -> DataKey:
        """Return the owner's key in this stream, made now if there is none.

        Whoever is first makes it: of two at once, both get the same.
        """
        found = self._of(stream, owner)
        if not found:
            with suppress(IntegrityError):  # another process was first: its key is read instead
                self._make(stream, owner)
            found = self._of(stream, owner)
        if not found:
            raise Erased(f"the data of {owner} in {stream} are being erased just now")
        return DataKey(found[0].id, self._unwrap(found[0]))

    def find(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the 32 bytes of these keys by id; destroyed ones are left out.

        Raises `KeyMissing` for a key that is neither there nor destroyed.
        """
        wanted = set(ids)
        rows = self._database.rows(_BY_IDS, {"ids": list(wanted)})
        lost = wanted - {row.id for row in rows}
        if lost - self._destroyed_among(lost):
            raise KeyMissing(f"{self._database.place} has lost a data key: restore its backup")
        return {row.id: self._unwrap(row) for row in rows}

    def is_there(self, key_id: str) -> bool:
        """Say whether the key has not been destroyed."""
        return bool(self._database.rows(_IS_THERE, {"of_id": key_id}))

    def destroy(self, stream: str, owner: str) -> tuple[str, ...]:
        """Destroy the owner's key; return the ids of all that were ever destroyed for them."""
        self._destroy(KEYS.c.stream == stream, KEYS.c.owner == owner)
        gone = select(DESTROYED.c.id).where(
            DESTROYED.c.stream == stream, DESTROYED.c.owner == owner
        )
        return tuple(row.id for row in self._database.rows(gone))

    def destroy_ids(self, ids: Sequence[str]) -> None:
        """Destroy these keys, which a backup brought back."""
        self._destroy(KEYS.c.id.in_(ids))

    def rewrap(self) -> int:
        """Wrap under the master key in use what older ones wrap; return how many keys it was."""
        return self._wrapping.rewrap(KEYS, _place)

    def _destroy(self, *which: Any) -> None:
        noted = select(DESTROYED.c.id)
        with self._database.together() as connection:
            connection.execute(
                insert(DESTROYED).from_select(
                    ["id", "stream", "owner"],
                    # A backup may bring back a key of which it is noted already.
                    select(KEYS.c.id, KEYS.c.stream, KEYS.c.owner).where(
                        *which, KEYS.c.id.not_in(noted)
                    ),
                )
            )
            connection.execute(delete(KEYS).where(*which))
        self._database.vacuum(KEYS.name)

    def _of(self, stream: str, owner: str) -> tuple[Row[tuple[str, ...]], ...]:
        return tuple(self._database.rows(_OF_OWNER, {"of_stream": stream, "of_owner": owner}))

    def _make(self, stream: str, owner: str) -> None:
        row = {"id": random_id("K"), "stream": stream, "owner": owner}
        wrapped = self._wrapping.wrap(os.urandom(KEY_BYTES), _named(row["id"], stream, owner))
        self._database.run(insert(KEYS), row | wrapped)

    def _unwrap(self, row: Row[tuple[str, ...]]) -> bytes:
        return self._wrapping.unwrap(row, _place(row))

    def _destroyed_among(self, ids: set[str]) -> set[str]:
        if not ids:
            return set()
        rows = self._database.rows(select(DESTROYED.c.id).where(DESTROYED.c.id.in_(ids)))
        return {row.id for row in rows}


def _place(row: Row[tuple[str, ...]]) -> Sequence[str]:
    return _named(row.id, row.stream, row.owner)


def _named(key_id: str, stream: str, owner: str) -> Sequence[str]:
    return "rj data key", key_id, stream, owner
