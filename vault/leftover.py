"""Looking for what an erasure should have left nowhere: rows, tokens, free pages, backups of keys.

Only ids are looked for. What was erased is known to nobody any more.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import select, text

from vault.tables import KEYS, MATCHED, TEXTS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vault.database import Database

_TEXT_IDS = re.compile(rb"T-[0-9A-HJKMNP-TV-Z]{16}")
_CHUNK = 1 << 20
_LONGEST = 18
"""Bytes of an id: it may lie across two chunks."""


class Leftover:
    """Raises `Unavailable` from every method; nothing is changed."""

    def __init__(self, texts: Database, keys: Database) -> None:
        self._texts = texts
        self._keys = keys

    def without_key(self) -> tuple[str, ...]:
        """Return the ids of texts and files whose key is not there any more."""
        there = {row.id for row in self._keys.rows(select(KEYS.c.id))}
        used = {row.key_id for row in self._texts.rows(select(TEXTS.c.key_id).distinct())}
        gone = sorted(used - there)
        if not gone:
            return ()
        rows = self._texts.rows(select(TEXTS.c.id).where(TEXTS.c.key_id.in_(gone)))
        return tuple(row.id for row in rows)

    def tokens_of_nothing(self) -> int:
        """Return how many texts have tokens and are not there."""
        there = select(TEXTS.c.id)
        found: set[str] = set()
        for table in (MATCHED, TOKENS):
            lost = select(table.c.text_id).where(table.c.text_id.not_in(there)).distinct()
            found.update(row.text_id for row in self._texts.rows(lost))
        return len(found)

    def free_pages(self) -> int:
        """Return how many pages of the key database are free, where it is an SQLite file: what was
        deleted may only be in those, and it is written anew with each erasure."""
        if not self._keys.is_sqlite:
            return 0
        return int(self._keys.rows(text("PRAGMA freelist_count"))[0][0])


def keys_in_backup(file: Path) -> frozenset[str] | None:
    """Return the ids of the data keys that this copy of the key database holds.

    None if it is no SQLite database with data keys: then nothing can be said of what is in it.
    """
    try:
        address = f"file:{quote(str(file))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = connection.execute(f"SELECT id FROM {KEYS.name}").fetchall()  # noqa: S608
    except sqlite3.Error:
        return None
    return frozenset(row[0] for row in found)


def text_ids_in(file: Path) -> Iterator[str]:
    """Yield every id of a text that stands anywhere in this file, free pages included."""
    with file.open("rb") as opened:
        before = b""
        while chunk := opened.read(_CHUNK):
            for found in _TEXT_IDS.findall(before + chunk):
                yield found.decode()
            before = chunk[-_LONGEST + 1 :]
