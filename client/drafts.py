"""Putting a command's words into the vault before it is sent; once, however often it is sent."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vault import Unopened
from vault.scans import Scan

if TYPE_CHECKING:
    from datetime import datetime

    from client.stores import Stores
    from client.words import Words
    from domain.texts import TextRef


@dataclass(frozen=True, slots=True)
class Drafts:
    """Puts the words of one command into the vault. Call it as a `client.words.Put`."""

    stores: Stores
    stream: str
    command_id: str
    at: datetime

    def __call__(self, place: str, owner: str, words: Words) -> TextRef:
        """Return the reference to these words: the one of the first sending, if they are the same.

        Raises the vault's `Unavailable` and `KeyMissing`, and `Unfit` for words that it cannot
        take. What cannot be remembered is not put either: sent again, it would pass for another.
        """
        command = f"{self.stream} {self.command_id}"
        before = self.stores.remembered.find(command, place)
        if before is not None and self._holds(before, words):
            return before
        kind = next(part for part in reversed(place.split(".")) if not part.isdigit())
        mine = self._put(owner, words, kind)
        if before is not None:
            # Other words under the same command id: the record will say that it was used before.
            return mine
        first = self.stores.remembered.keep(command, place, mine, self.at)
        return first if self._holds(first, words) else mine

    def _put(self, owner: str, words: Words, kind: str) -> TextRef:
        vault = self.stores.vault
        if isinstance(words, str):
            return vault.put(self.stream, owner, words, kind=kind, at=self.at)
        source = io.BytesIO(words.content)
        return vault.put_file(self.stream, owner, source, kind=kind, at=self.at)

    def _holds(self, ref: TextRef, words: Words) -> bool:
        if isinstance(words, Scan):
            return self._holds_file(ref, words)
        # Whoever sent it has it: that it is kept from use since does not make it another.
        known = self.stores.vault.words_many(self.stream, [ref], even_restricted=True)
        return known[ref.id] == words

    def _holds_file(self, ref: TextRef, scan: Scan) -> bool:
        try:
            known = self.stores.vault.file(self.stream, ref, even_restricted=True)
            return b"".join(known) == scan.content
        except Unopened:
            return False
