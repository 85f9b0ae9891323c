"""Wrapping keys under the master key: so they lie in a database, and open only with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select, update

from keys import KeyMissing
from vault.ciphers import bound_to, seal, unseal
from vault.problems import AlteredText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Table

    from keys import Keyring
    from vault.database import Database


class Wrapping:
    """Wraps and unwraps keys of one database. Raises `Unavailable`, and `KeyMissing` where a master
    key is gone."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._masters = keyring.masters()
        if not self._masters:
            keyring.master()

    def wrap(self, secret: bytes, place: Sequence[str]) -> dict[str, Any]:
        """Return the columns `master` and `wrapped` for a key that is bound to this place."""
        # Asked anew: the master key may have been changed since this process began.
        master, wrapper = self._keyring.master()
        return {"master": master, "wrapped": seal(wrapper, secret, bound_to(*place, master))}

    def unwrap(self, row: Row[Any], place: Sequence[str]) -> bytes:
        """Return the key of this row. Raises `AlteredText` too."""
        if row.master not in self._masters:
            self._masters = self._keyring.masters()
        wrapper = self._masters.get(row.master)
        if wrapper is None:
            raise KeyMissing(self._without_master({row.master}))
        try:
            return unseal(wrapper, row.wrapped, bound_to(*place, row.master))
        except AlteredText:
            kind = place[0].removeprefix("rj ")
            raise AlteredText(f"the {kind} {row.id} was altered") from None

    def rewrap(self, table: Table, place_of: Callable[[Row[Any]], Sequence[str]]) -> int:
        """Wrap the keys of a table under the master key in use; return how many had an older."""
        master, _ = self._keyring.master()
        self._masters = self._keyring.masters()
        older = self._database.rows(select(table).where(table.c.master != master))
        for row in older:
            place = place_of(row)
            wrapped = self.wrap(self.unwrap(row, place), place)
            self._database.run(
                update(table)
                .where(table.c.id == row.id, table.c.master == row.master)
                .values(**wrapped)
            )
        if older:
            self._database.vacuum(table.name)
        return len(older)

    def used(self, *tables: Table) -> frozenset[str]:
        """Return the ids of the master keys that wrap what is in these tables."""
        found = (self._database.rows(select(table.c.master).distinct()) for table in tables)
        return frozenset(row.master for rows in found for row in rows)

    def lost(self, *tables: Table) -> frozenset[str]:
        """Return the ids of those of them that nobody has given us."""
        return self.used(*tables) - frozenset(self._keyring.masters())

    def refuse_wrong_masters(self, *tables: Table) -> None:
        """Raise `KeyMissing` if there are keys and none of them could be unwrapped."""
        used = self.used(*tables)
        if used and not used & set(self._masters):
            raise KeyMissing(self._without_master(set(used)))

    def _without_master(self, masters: set[str]) -> str:
        names = ", ".join(sorted(masters))
        return (
            f"{self._database.place} is locked with a master key that is not among ours ({names})"
        )
