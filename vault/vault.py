"""The vault: one way in and one way out for everything personal.

Ciphertext lies in one database, the keys to it in another, the master key in neither. Every method
raises `Unavailable` for a database that cannot be used and `KeyMissing` for a key that is gone.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO

from vault.data_keys import DataKeys
from vault.erasing import Erasing
from vault.files import Files
from vault.leftover import Leftover
from vault.matching.index import Index
from vault.matching.keys import MatchingKeys
from vault.matching.matching import Matching
from vault.opening import open_database
from vault.restricting import Restricting
from vault.suppressing import Suppressing
from vault.tables import (
    CHUNKS,
    KEYS,
    KEYS_DATABASE,
    MATCHED,
    MATCHING_KEYS,
    SUPPRESSION_KEYS,
    TEXTS,
    TEXTS_DATABASE,
    TOKENS,
)
from vault.texts import Texts
from vault.wrapping import Wrapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from domain.texts import TextRef
    from keys import Keyring
    from vault.database import Database
    from vault.problems import Unopened

WRAPPED = (KEYS, MATCHING_KEYS, SUPPRESSION_KEYS)
"""The tables of keys that a master key wraps."""


class Vault:
    """Texts and files, each owned by one party of one stream (`V1`, `O2`, `case`)."""

    def __init__(self, texts: Database, keys: Database, wrapping: Wrapping) -> None:
        self._databases = (texts, keys)
        self._wrapping = wrapping
        self._keys = data_keys = DataKeys(keys, wrapping)
        self._matching_keys = MatchingKeys(keys, wrapping)
        self.matching = Matching(Index(texts), data_keys, self._matching_keys)
        """Finding details by others like them."""
        self._texts = Texts(texts, data_keys, self.matching)
        self._files = Files(texts, data_keys, self._texts)
        self._suppression_keys = MatchingKeys(
            keys, wrapping, SUPPRESSION_KEYS, "rj suppression key"
        )
        suppressing = Suppressing(texts, self._suppression_keys)
        self.erasing = Erasing(texts, keys, data_keys, self._texts, suppressing)
        """Erasing somebody, and doing it again."""
        self.leftover = Leftover(texts, keys)
        """Looking for what an erasure should have left nowhere."""
        self.restricting = Restricting(texts, keys)
        """Keeping texts from use, and following the record."""
        self.asked_for_no_contact = suppressing.has
        """Whether somebody with such details was erased who asked not to be contacted."""

    def put(
        self,
        stream: str,
        owner: str,
        words: str,
        *,
        kind: str,
        about: Sequence[str] = (),
        at: datetime,
    ) -> TextRef:
        """Store a text of at most 200,000 characters as a draft and return its reference.

        `owner` is whose words or record it is, `about` the ids of others whom it mentions, `kind`
        a code; `at` is now, with its offset. Raises `Unfit` for an empty or overlong text, and
        `Erased` if the owner's data were erased at this very moment.
        """
        return self._texts.put(stream, owner, words, kind=kind, about=about, at=at)

    def keep(self, stream: str, refs: Iterable[TextRef]) -> None:
        """Note that a recorded event refers to these: they are drafts no longer.

        May be repeated. Raises `NotThere` for one that the vault does not know.
        """
        self._texts.keep(stream, refs)

    def check(self, stream: str, refs: Iterable[TextRef]) -> None:
        """Raise `NotThere`, `Erased` or `AlteredText` unless all of these are in the vault.

        To be asked before an event that refers to them is recorded; nothing is decrypted.
        """
        self._texts.check(stream, refs)

    def owners(self, stream: str, refs: Iterable[TextRef]) -> dict[str, str]:
        """Return by text id the owner of those of these texts and files that are there.

        Nothing is decrypted; the ciphertext is bound to its owner, so that an owner who was
        exchanged in the database is found when it is opened.
        """
        return self._texts.owners(stream, refs)

    def words(self, stream: str, ref: TextRef) -> str:
        """Return the text. Raises `Erased`, `Restricted`, `NotThere` or `AlteredText`."""
        opened = self._texts.open(stream, [ref])[ref.id]
        if isinstance(opened, str):
            return opened
        raise opened

    def words_many(
        self, stream: str, refs: Iterable[TextRef], *, even_restricted: bool = False
    ) -> dict[str, str | Unopened]:
        """Return by text id the words, or the exception that `words` would raise for it.

        `even_restricted` is for what a restriction allows: an answer to the person themselves.
        """
        return self._texts.open(stream, refs, even_restricted=even_restricted)

    def put_file(
        self,
        stream: str,
        owner: str,
        source: BinaryIO,
        *,
        kind: str,
        about: Sequence[str] = (),
        at: datetime,
    ) -> TextRef:
        """Store a file of at most 1 GiB as a draft, read from `source` 1 MiB at a time.

        Raises `Unfit` for an empty or overlong file, and `Erased` if the owner's data were erased
        meanwhile; what the source raises is passed on. In each case nothing of it is left.
        """
        return self._files.put(stream, owner, source, kind=kind, about=about, at=at)

    def file(self, stream: str, ref: TextRef, *, even_restricted: bool = False) -> Iterator[bytes]:
        """Return the file in pieces of at most 1 MiB, checked as a whole before the first.

        Raises `Erased`, `Restricted`, `NotThere` or `AlteredText`. `even_restricted` is as in
        `words_many`.
        """
        return self._files.open(stream, ref, even_restricted=even_restricted)

    def sweep(self, before: datetime, referred: Callable[[str, str], bool]) -> int:
        """Delete the drafts put before a time; return how many it was.

        `referred(stream, text id)` is asked of each first: one that an event does refer to is
        kept from now on.
        """
        return self._texts.sweep(before, referred)

    def erase_person(self, stream: str, owner: str) -> int:
        """Destroy the owner's key in this stream and delete all that is theirs, for good.

        Returns how many texts and files this call deleted. Repeat it if it was broken off: once
        it has returned, everything is gone. Whatever is put for them afterwards has a new key.
        """
        return self._texts.erase(stream, self._keys.destroy(stream, owner))

    def rewrap(self) -> int:
        """Wrap all keys here under the master key in use; return how many had an older one.

        When it returns 0 in every process's time, the older master key may be destroyed, and with
        it whatever copies of erased keys may be left in backups or on the disk.
        """
        every = (self._keys, self._matching_keys, self._suppression_keys)
        return sum(keys.rewrap() for keys in every)

    def lost_masters(self) -> frozenset[str]:
        """Return the ids of master keys that are needed here and that the keyring has not got."""
        return self._wrapping.lost(*WRAPPED)

    def compact(self) -> None:
        """Write both databases anew, without any copy of a deleted row; for a quiet hour."""
        self._databases[0].vacuum(TEXTS.name, CHUNKS.name, MATCHED.name, TOKENS.name)
        self._databases[1].vacuum(*(table.name for table in WRAPPED))

    def close(self) -> None:
        """Close both databases."""
        for database in self._databases:
            database.close()


def open_text_database(url: str, *, create: bool) -> Database:
    """Open, and with `create` make, the database of the ciphertext. Raises `Unavailable`."""
    return open_database(url, "the vault", TEXTS_DATABASE, create=create)


def open_key_database(url: str, *, create: bool) -> Database:
    """Open, and with `create` make, the database of the data keys. Raises `Unavailable`."""
    name = "the vault's key database"
    return open_database(url, name, KEYS_DATABASE, create=create, journal="TRUNCATE")


def open_vault(url: str, keys_url: str, keyring: Keyring, *, create: bool = True) -> Vault:
    """Open the vault: ciphertext at `url`, data keys at `keys_url`, each a database of its own.

    Either is `sqlite:///path` or `postgresql://…`. With `create`, what is not there is made.
    Raises `Unavailable`; `KeyMissing` without a master key, or if none of the data keys can be
    unwrapped (another installation's key folder); `ValueError` if both are one database.
    """
    if url == keys_url:
        raise ValueError("the data keys have to be in a database of their own")
    with ExitStack() as opened:
        keys = open_key_database(keys_url, create=create)
        opened.callback(keys.close)
        wrapping = Wrapping(keys, keyring)
        wrapping.refuse_wrong_masters(*WRAPPED)
        texts = open_text_database(url, create=create)
        opened.pop_all()
        return Vault(texts, keys, wrapping)
