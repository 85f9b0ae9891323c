"""Files: scans, letters, recordings; taken in and handed out in chunks, never whole in memory.

Each chunk is sealed for its file, its number and whether it is the last, so that none can be
left out, added, exchanged or moved unnoticed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.texts import TextRef
from vault.ciphers import seal, unseal
from vault.problems import AlteredText, Erased, NotThere, Restricted, Unfit, Unopened
from vault.tables import CHUNKS, DRAFT, INCOMING, TEXTS
from vault.texts import new_row, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from vault.data_keys import DataKey, DataKeys
    from vault.database import Database
    from vault.texts import Texts

CHUNK_BYTES = 1024 * 1024
FILE_LIMIT = 1024 * 1024 * 1024
"""Bytes of one file at most."""


class Files:
    """The files of all owners."""

    def __init__(self, database: Database, keys: DataKeys, texts: Texts) -> None:
        self._database = database
        self._keys = keys
        self._texts = texts

    def put(
        self,
        stream: str,
        owner: str,
        source: BinaryIO,
        *,
        kind: str,
        about: Sequence[str],
        at: datetime,
    ) -> TextRef:
        """Encrypt and store a draft; a chunk at a time, so that nobody else waits for the source.

        What is broken off leaves nothing; after a crash `sweep` takes away what is left.
        """
        row = new_row(stream, owner, kind, about, at)
        key = self._keys.ensure(stream, owner)
        row |= {"key_id": key.id, "digest": "", "state": INCOMING}
        self._database.run(insert(TEXTS), row)
        try:
            return self._take_in(row, key, source)
        except IntegrityError:
            # The row above was deleted while the file was being taken in.
            raise self._texts.missing(stream, row["id"]) from None
        except BaseException:
            self._database.run(delete(TEXTS).where(TEXTS.c.id == row["id"]))
            raise

    def open(self, stream: str, ref: TextRef, *, even_restricted: bool = False) -> Iterator[bytes]:
        """Check the whole file against its reference, then return its chunks, decrypted in turn."""
        row = next(self._texts.rows(stream, [ref.id]), None)
        if row is None:
            raise self._texts.missing(stream, ref.id)
        if row.sealed is None and not row.chunks:
            raise AlteredText(f"{ref.id} is not whole: all its chunks are missing")
        if not row.chunks:
            raise NotThere(f"{ref.id} is a text, not a file")
        if not even_restricted and row.owner in self._texts.restricted(stream):
            raise Restricted(f"{ref.id} is kept and not used")
        secret = self._keys.find([row.key_id]).get(row.key_id)
        if secret is None:
            raise Erased(f"{ref.id} was erased")
        found = hashlib.sha256()
        for sealed in self._sealed(row):
            found.update(sealed)
        if found.hexdigest() != ref.digest:
            raise AlteredText(f"{ref.id} is not what was put: its ciphertext was exchanged")
        return self._opened(row, secret)

    def _take_in(self, row: dict[str, Any], key: DataKey, source: BinaryIO) -> TextRef:
        found, count = hashlib.sha256(), 0
        for number, (plain, last) in enumerate(_chunks(source)):
            sealed = seal(key.secret, plain, place_of(row, number, last))
            found.update(sealed)
            chunk = {"text_id": row["id"], "number": number, "sealed": sealed}
            self._database.run(insert(CHUNKS), chunk)
            count = number + 1
        finished = update(TEXTS).where(TEXTS.c.id == row["id"], TEXTS.c.state == INCOMING)
        ready = {"state": DRAFT, "digest": found.hexdigest(), "chunks": count}
        if not self._database.run(finished.values(ready)):
            raise self._texts.missing(row["stream"], row["id"])
        self._texts.refuse_erased(row)
        return TextRef(id=row["id"], digest=ready["digest"])

    def _opened(self, row: Row[Any], secret: bytes) -> Iterator[bytes]:
        for number, sealed in enumerate(self._sealed(row)):
            last = number == row.chunks - 1
            yield unseal(secret, sealed, place_of(row._asdict(), number, last))

    def _sealed(self, row: Row[Any]) -> Iterator[bytes]:
        # Each in a question of its own: a long one would hold up whoever writes.
        for number in range(row.chunks):
            chunk = select(CHUNKS.c.sealed).where(
                CHUNKS.c.text_id == row.id, CHUNKS.c.number == number
            )
            found = self._database.rows(chunk)
            if not found:
                raise self._without_chunk(row, number)
            yield found[0].sealed

    def _without_chunk(self, row: Row[Any], number: int) -> Unopened:
        if next(self._texts.rows(row.stream, [row.id]), None) is None:
            return self._texts.missing(row.stream, row.id)
        return AlteredText(f"{row.id} is not whole: chunk {number + 1} is missing")


def _chunks(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield (bytes, whether they are the last), each but the last of CHUNK_BYTES."""
    chunk, total = _read(source), 0
    if not chunk:
        raise Unfit("there is nothing in the file: a file cannot be empty")
    while chunk:
        total += len(chunk)
        if total > FILE_LIMIT:
            raise Unfit(f"the file is too large: {FILE_LIMIT // CHUNK_BYTES:,} MiB are the most")
        following = _read(source)
        yield chunk, not following
        chunk = following


def _read(source: BinaryIO) -> bytes:
    """Return CHUNK_BYTES, fewer only at the end: a pipe hands over less at a time."""
    read = bytearray()
    while len(read) < CHUNK_BYTES and (some := source.read(CHUNK_BYTES - len(read))):
        read += some
    return bytes(read)
