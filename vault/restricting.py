"""What the vault knows of the record's decisions: whose texts are kept from use, and how far it has
followed them. An old backup that was put back is so told from one that is up to date."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from vault.tables import IN_STEP, KEYS_IN_STEP, RESTRICTED

if TYPE_CHECKING:
    from vault.database import Database


class Restricting:
    """Raises `Unavailable` from every method. Each may be repeated."""

    def __init__(self, texts: Database, keys: Database) -> None:
        self._texts = texts
        self._keys = keys

    def restrict(self, stream: str, owner: str) -> None:
        """Keep this person's texts and files from use; see `Restricted`."""
        with suppress(IntegrityError):  # it is restricted already
            self._texts.run(insert(RESTRICTED), {"stream": stream, "owner": owner})

    def lift(self, stream: str, owner: str) -> None:
        """Give this person's texts and files back to use."""
        mine = (RESTRICTED.c.stream == stream) & (RESTRICTED.c.owner == owner)
        self._texts.run(delete(RESTRICTED).where(mine))

    def all(self) -> frozenset[tuple[str, str]]:
        """Return whose texts are kept from use: stream and owner."""
        rows = self._texts.rows(select(RESTRICTED.c.stream, RESTRICTED.c.owner))
        return frozenset((row.stream, row.owner) for row in rows)

    def is_in_step(self, mark: str) -> bool:
        """Say whether both databases have followed the record up to this mark of it."""
        marks = (
            (self._texts, select(IN_STEP.c.mark)),
            (self._keys, select(KEYS_IN_STEP.c.mark)),
        )
        return all([row.mark for row in where.rows(asked)] == [mark] for where, asked in marks)

    def note_in_step(self, mark: str) -> None:
        """Note that both have."""
        for database, table in ((self._texts, IN_STEP), (self._keys, KEYS_IN_STEP)):
            with database.together() as connection:
                connection.execute(delete(table))
                connection.execute(insert(table), {"one": 1, "mark": mark})
