"""Texts: put as drafts, kept when an event refers to them, opened word for word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from domain.texts import TextRef
from vault.ciphers import bound_to, digest, pad, random_id, seal, unpad, unseal
from vault.problems import AlteredText, Erased, NotThere, Restricted, Unfit, Unopened
from vault.tables import DRAFT, ERASED, KEPT, RESTRICTED, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from vault.data_keys import DataKeys
    from vault.database import Database
    from vault.matching.matching import Matching

TEXT_LIMIT = 200_000
"""Characters of one text at most; what is longer is a file."""
_BATCH = 500
_CODE = re.compile(
    r"([VOSC][1-9][0-9]{0,2}(\.found)?|(PR|PE|RJ|DP)-[0-9A-Z]{8}-[0-9A-Z*~$=]|[a-z][a-z_]{0,39})"
)

# Built once: building a statement costs more than carrying it out.
_PUT = insert(TEXTS)
_BY_IDS = select(TEXTS).where(
    TEXTS.c.stream == bindparam("of_stream"),
    TEXTS.c.id.in_(bindparam("ids", expanding=True)),
    TEXTS.c.state.in_([DRAFT, KEPT]),
)
_RESTRICTED = select(RESTRICTED.c.owner).where(RESTRICTED.c.stream == bindparam("of_stream"))


class Texts:
    """The texts of all owners, and what is known of texts and files alike."""

    def __init__(self, database: Database, keys: DataKeys, matching: Matching) -> None:
        self._database = database
        self._keys = keys
        self._matching = matching

    def put(
        self,
        stream: str,
        owner: str,
        words: str,
        *,
        kind: str,
        at: datetime,
        about: Sequence[str] = (),
        state: str = DRAFT,
    ) -> TextRef:
        """Encrypt and store a draft, or what is kept from the start."""
        plain = _fit(words)
        row = new_row(stream, owner, kind, about, at)
        key = self._keys.ensure(stream, owner)
        sealed = seal(key.secret, pad(plain), place_of(row))
        row |= {"key_id": key.id, "digest": digest(sealed), "sealed": sealed, "state": state}
        self._write(row, words)
        self.refuse_erased(row)
        return TextRef(id=row["id"], digest=row["digest"])

    def _write(self, row: dict[str, Any], words: str) -> None:
        tokens = self._matching.writer(row, words)
        if tokens is None:
            self._database.run(_PUT, row)
            return
        with self._database.together() as connection:
            connection.execute(_PUT, row)
            tokens(connection)

    def refuse_erased(self, row: dict[str, Any]) -> None:
        """Raise `Erased`, and leave nothing, if the key was destroyed while this was written."""
        if self._keys.is_there(row["key_id"]):
            return
        self._database.run(delete(TEXTS).where(TEXTS.c.id == row["id"]))
        raise Erased(f"the data of {row['owner']} in {row['stream']} are being erased just now")

    def open(
        self, stream: str, refs: Iterable[TextRef], *, even_restricted: bool = False
    ) -> dict[str, str | Unopened]:
        """Return the words by id, or what keeps each from being opened."""
        wanted = {ref.id: ref for ref in refs}
        rows = {row.id: row for row in self.rows(stream, wanted)}
        kept = self.restricted(stream) if rows and not even_restricted else frozenset()
        secrets = self._keys.find({row.key_id for row in rows.values()}) if rows else {}
        opened: dict[str, str | Unopened] = {}
        for text_id, ref in wanted.items():
            try:
                if text_id in rows and rows[text_id].owner in kept:
                    raise Restricted(f"{text_id} is kept and not used")
                opened[text_id] = (
                    words_of(rows[text_id], ref.digest, secrets.get(rows[text_id].key_id))
                    if text_id in rows
                    else self.missing(stream, text_id)
                )
            except Unopened as problem:
                opened[text_id] = problem
        return opened

    def restricted(self, stream: str) -> frozenset[str]:
        """Return whose texts in this stream are kept and not used."""
        rows = self._database.rows(_RESTRICTED, {"of_stream": stream})
        return frozenset(row.owner for row in rows)

    def check(self, stream: str, refs: Iterable[TextRef]) -> None:
        """Raise `NotThere`, `Erased` or `AlteredText` unless the stream has all of these."""
        wanted = {ref.id: ref for ref in refs}
        there = {row.id: row.digest for row in self.rows(stream, wanted)}
        for text_id, ref in wanted.items():
            if text_id not in there:
                raise self.missing(stream, text_id)
            if there[text_id] != ref.digest:
                raise AlteredText(f"{text_id} is not what the reference says")

    def owners(self, stream: str, refs: Iterable[TextRef]) -> dict[str, str]:
        """Return the owners by id."""
        return {row.id: row.owner for row in self.rows(stream, {ref.id for ref in refs})}

    def keep(self, stream: str, refs: Iterable[TextRef]) -> None:
        """Make kept texts of drafts."""
        ids = {ref.id for ref in refs}
        for some in _batches(sorted(ids)):
            if self._keep(stream, some) < len(some):
                self._refuse_unknown(stream, some)

    def sweep(self, before: datetime, referred: Callable[[str, str], bool]) -> int:
        """Delete old drafts, keeping those that turn out to be referred to."""
        old = select(TEXTS.c.id, TEXTS.c.stream).where(
            TEXTS.c.state != KEPT, TEXTS.c.put_at < microseconds(before)
        )
        swept = 0
        for row in self._database.rows(old):
            if referred(row.stream, row.id):
                self._keep(row.stream, [row.id])
            else:
                swept += self._database.run(
                    delete(TEXTS).where(TEXTS.c.id == row.id, TEXTS.c.state != KEPT)
                )
        if swept:
            self._database.forget()
        return swept

    def erase(self, stream: str, keys: Sequence[str]) -> int:
        """Delete everything under these keys, and remember that it was there."""
        theirs = (TEXTS.c.stream == stream, TEXTS.c.key_id.in_(keys))
        with self._database.together() as connection:
            connection.execute(
                insert(ERASED).from_select(
                    ["id", "stream"],
                    select(TEXTS.c.id, TEXTS.c.stream).where(
                        *theirs, TEXTS.c.id.not_in(select(ERASED.c.id))
                    ),
                )
            )
            deleted = connection.execute(delete(TEXTS).where(*theirs)).rowcount
        self._database.forget()
        return deleted

    def rows(self, stream: str, ids: Iterable[str]) -> Iterator[Row[Any]]:
        """Yield the rows of those of these texts that are there."""
        for some in _batches(sorted(ids)):
            yield from self._database.rows(_BY_IDS, {"of_stream": stream, "ids": some})

    def missing(self, stream: str, text_id: str) -> Erased | NotThere:
        """Return which it is of a text that is not there."""
        gone = select(ERASED.c.id).where(ERASED.c.id == text_id, ERASED.c.stream == stream)
        if self._database.rows(gone):
            return Erased(f"{text_id} was erased")
        return NotThere(f"there is no {text_id} in {stream}")

    def _keep(self, stream: str, ids: list[str]) -> int:
        drafts = update(TEXTS).where(
            TEXTS.c.stream == stream, TEXTS.c.id.in_(ids), TEXTS.c.state == DRAFT
        )
        return self._database.run(drafts.values(state=KEPT))

    def _refuse_unknown(self, stream: str, ids: list[str]) -> None:
        there = {row.id for row in self.rows(stream, ids)}
        for text_id in ids:
            problem = None if text_id in there else self.missing(stream, text_id)
            if isinstance(problem, NotThere):
                raise problem


def new_row(
    stream: str, owner: str, kind: str, about: Sequence[str], at: datetime
) -> dict[str, Any]:
    """Return the plain columns of a new text or file, under a new random id.

    Raises `ValueError` for anything but references and codes: those columns are not encrypted.
    """
    if not all(_CODE.fullmatch(part) for part in (stream, owner, kind, *about)):
        raise ValueError("a stream, an owner, a kind and whom it is about are given as codes")
    return {
        "id": random_id("T"),
        "stream": stream,
        "owner": owner,
        "kind": kind,
        "about": " ".join(about),
        "put_at": microseconds(at),
    }


def place_of(row: Mapping[str, Any], *more: int | bool) -> bytes:
    """Return what binds ciphertext to its stream, owner, id and kind, and more for a chunk."""
    return bound_to("rj text", row["stream"], row["owner"], row["id"], row["kind"], *more)


def microseconds(at: datetime) -> int:
    """Return an aware time as microseconds since 1970, UTC."""
    if at.tzinfo is None:
        raise ValueError("a time needs its offset from UTC")
    return round(at.timestamp() * 1_000_000)


def _fit(words: str) -> bytes:
    if not words:
        raise Unfit("there are no words: a text cannot be empty")
    if len(words) > TEXT_LIMIT:
        raise Unfit(
            f"the text has {len(words):,} characters; {TEXT_LIMIT:,} are the most, "
            "a longer one can be put in as a file"
        )
    try:
        return words.encode()
    except UnicodeEncodeError:
        raise Unfit("the text has characters that are not Unicode: is it saved as UTF-8?") from None


def words_of(row: Row[Any], wanted: str, secret: bytes | None) -> str:
    """Return the words of a row whose digest has to be the wanted one. Raises `Unopened`."""
    if secret is None:
        raise Erased(f"{row.id} was erased")
    if row.chunks:
        raise NotThere(f"{row.id} is a file, not a text")
    if row.sealed is None or digest(row.sealed) != wanted:
        raise AlteredText(f"{row.id} is not what was put: its ciphertext was exchanged")
    return unpad(unseal(secret, row.sealed, place_of(row._asdict()))).decode()


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
