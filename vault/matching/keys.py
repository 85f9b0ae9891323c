"""The matching key: what tokens are made with; wrapped by the master key, beside the data keys.

There is one in use. After a new one was made the older stays until every token is written anew,
and is then destroyed: with it whatever copies of erased tokens are left anywhere.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.exc import IntegrityError

from vault.ciphers import KEY_BYTES, random_id
from vault.tables import MATCHING_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table

    from vault.database import Database
    from vault.wrapping import Wrapping

MATCHING = "rj matching key"
"""What a key of this kind is bound to when it is wrapped."""


@dataclass(frozen=True, slots=True)
class MatchingKey:
    """A matching key, unwrapped: its id (`K-…`) and 32 bytes."""

    id: str
    secret: bytes = field(repr=False)


class MatchingKeys:
    """The matching keys. Raises `Unavailable`, and `KeyMissing` where a master key is gone."""

    def __init__(
        self,
        database: Database,
        wrapping: Wrapping,
        table: Table = MATCHING_KEYS,
        kind: str = MATCHING,
    ) -> None:
        self._database = database
        self._wrapping = wrapping
        self._table = table
        self._kind = kind

    def current(self) -> MatchingKey:
        """Return the key in use, made now if there is none."""
        return (self.all() or self._first())[-1]

    def all(self) -> Sequence[MatchingKey]:
        """Return every key that tokens may be made with, the one in use last."""
        rows = self._rows()
        return [MatchingKey(row.id, self._wrapping.unwrap(row, self._place(row))) for row in rows]

    def renew(self) -> MatchingKey:
        """Make a new key, used from now on; return it."""
        rows = self._rows()
        self._make(rows[-1].number + 1 if rows else 1)
        return self.current()

    def rewrap(self) -> int:
        """Wrap under the master key in use what older ones wrap; return how many keys it was."""
        return self._wrapping.rewrap(self._table, self._place)

    def destroy(self, key_ids: Sequence[str]) -> None:
        """Destroy these keys, for good."""
        self._database.run(delete(self._table).where(self._table.c.id.in_(key_ids)))
        self._database.vacuum(self._table.name)

    def _first(self) -> Sequence[MatchingKey]:
        self._make(1)
        return self.all()

    def _make(self, number: int) -> None:
        row = {"number": number, "id": random_id("K")}
        wrapped = self._wrapping.wrap(os.urandom(KEY_BYTES), self._named(str(row["id"])))
        with suppress(IntegrityError):  # another process was first: its key is read instead
            self._database.run(insert(self._table), row | wrapped)

    def _rows(self) -> Sequence[Row[Any]]:
        return self._database.rows(select(self._table).order_by(self._table.c.number))

    def _place(self, row: Row[Any]) -> Sequence[str]:
        return self._named(row.id)

    def _named(self, key_id: str) -> Sequence[str]:
        return self._kind, key_id
