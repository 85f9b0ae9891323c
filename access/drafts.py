"""Which draft each text of a command became, so that the command can be sent again unchanged.

A person who sends the same words again under the same command id must get the same references:
else the record would take it for another command. Ids only; the words are in the vault.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from domain.texts import TextRef
from vault.opening import open_database

if TYPE_CHECKING:
    from vault.database import Database

_TABLES = sa.MetaData()
_DRAFTS = sa.Table(
    "drafts",
    _TABLES,
    sa.Column("command", sa.String(100), primary_key=True),
    sa.Column("place", sa.String(200), primary_key=True),
    sa.Column("text_id", sa.String(40), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("made_at", sa.String(40), nullable=False, index=True),
)


class Remembered:
    """The table of drafts by command. Every method raises the vault's `Unavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, command_id: str, place: str) -> TextRef | None:
        """Return the draft that this text of the command became, if it was sent before."""
        here = (_DRAFTS.c.command == command_id) & (_DRAFTS.c.place == place)
        statement = sa.select(_DRAFTS.c.text_id, _DRAFTS.c.digest).where(here)
        for row in self._database.rows(statement):
            return TextRef(id=row.text_id, digest=row.digest)
        return None

    def keep(self, command_id: str, place: str, ref: TextRef, at: datetime) -> TextRef:
        """Remember the draft and return it; or return the one that another sending made first."""
        row = {
            "command": command_id,
            "place": place,
            "text_id": ref.id,
            "digest": ref.digest,
            "made_at": at.astimezone(UTC).isoformat(),
        }
        try:
            self._database.run(sa.insert(_DRAFTS), row)
        except IntegrityError:
            return self.find(command_id, place) or ref
        return ref

    def forget(self, before: datetime) -> int:
        """Forget drafts made before this, which the vault has swept; return how many."""
        old = _DRAFTS.c.made_at < before.astimezone(UTC).isoformat()
        return self._database.run(sa.delete(_DRAFTS).where(old))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def open_remembered(url: str, *, create: bool = True) -> Remembered:
    """Return the drafts remembered in this database. Raises the vault's `Unavailable`."""
    return Remembered(open_database(url, "the database of drafts", _TABLES, create=create))
