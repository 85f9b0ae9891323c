"""Putting a command's words into the vault before it is sent; once, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from client.stores import Stores
    from domain.texts import TextRef


@dataclass(frozen=True, slots=True)
class Drafts:
    """Puts the words of one command into the vault. Call it as a `client.words.Put`."""

    stores: Stores
    stream: str
    command_id: str
    at: datetime

    def __call__(self, place: str, owner: str, words: str) -> TextRef:
        """Return the reference to these words: the one of the first sending, if they are the same.

        Raises the vault's `Unavailable` and `KeyMissing`, and `Unfit` for words that it cannot
        take. What cannot be remembered is not put either: sent again, it would pass for another.
        """
        command = f"{self.stream} {self.command_id}"
        before = self.stores.remembered.find(command, place)
        if before is not None and self._holds(before, words):
            return before
        kind = next(part for part in reversed(place.split(".")) if not part.isdigit())
        mine = self.stores.vault.put(self.stream, owner, words, kind=kind, at=self.at)
        if before is not None:
            # Other words under the same command id: the record will say that it was used before.
            return mine
        first = self.stores.remembered.keep(command, place, mine, self.at)
        return first if self._holds(first, words) else mine

    def _holds(self, ref: TextRef, words: str) -> bool:
        # Whoever sent it has it: that it is kept from use since does not make it another.
        known = self.stores.vault.words_many(self.stream, [ref], even_restricted=True)
        return known[ref.id] == words
