"""Names and words of a case, for whoever may read them: each with the entry that refers to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.looking import CASE_WORK
from domain.fold import in_order
from domain.texts import references
from vault import Erased, Restricted
from vault.details import DETAILS
from vault.equality import FIELDS as EQUALITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from cli.looking import Look
    from domain.record import Entry
    from domain.texts import TextRef
    from vault import Unopened

ERASED, RESTRICTED = "[erased]", "[kept, and not used]"


@dataclass(frozen=True, slots=True)
class Told:
    """One text: the entry that refers to it, under which name, and what it says."""

    entry: int
    event: str
    field: str
    text_id: str
    words: Any
    """The words; for details a document of them; `[erased]`, or why it cannot be told."""


@dataclass(frozen=True, slots=True)
class Words:
    """All texts of a case, in the order of their entries."""

    told: tuple[Told, ...]

    def details(self, ref: TextRef | None) -> Mapping[str, str]:
        """Return the details that this reference is to; nothing if there are none to be read."""
        found = next((t.words for t in self.told if ref and t.text_id == ref.id), None)
        return found if isinstance(found, dict) else {}

    def text(self, ref: TextRef | None) -> str | None:
        """Return what this reference is to; None if there is nothing to be read."""
        found = next((t.words for t in self.told if ref and t.text_id == ref.id), None)
        return found if isinstance(found, str) and not found.startswith("[") else None

    def as_json(self) -> list[dict[str, Any]]:
        """Return them for a program."""
        return [
            {"entry": t.entry, "event": t.event, "field": t.field, "words": t.words}
            for t in self.told
        ]


def words_of_case(
    look: Look, about: str, true_at: datetime | None, known_at: datetime | None
) -> Words:
    """Return the words of a case as at these moments. Raises `Denied` for who may not read them."""
    entries = in_order(look.reading.history(look.actor, about, CASE_WORK), true_at, known_at)
    refs = [ref for entry in entries for _, ref in references(entry)]
    return words_in(entries, look.reading.words(look.actor, about, refs, CASE_WORK))


def words_in(entries: Iterable[Entry], opened: Mapping[str, str | Unopened]) -> Words:
    """Return the words that these entries refer to, out of those that were opened, by text id."""
    found = [(entry, field, ref) for entry in entries for field, ref in references(entry)]
    return Words(tuple(_told(entry, field, ref, opened[ref.id]) for entry, field, ref in found))


def _told(entry: Entry, field: str, ref: TextRef, opened: str | Unopened) -> Told:
    return Told(entry.version, entry.name, field, ref.id, words_or_why(field, opened))


def words_or_why(field: str, opened: str | Unopened) -> Any:
    """Return the words of a field, details as a document, or in brackets why there are none."""
    if isinstance(opened, Erased):
        return ERASED
    if isinstance(opened, Restricted):
        return RESTRICTED
    if not isinstance(opened, str):
        return f"[{opened}]"
    return _document(opened) if field == DETAILS else opened


def _document(words: str) -> Any:
    try:
        document = json.loads(words)
    except ValueError:
        return words
    if not isinstance(document, dict):
        return document
    # What people said of themselves for the numbers is for nothing else.
    return {name: said for name, said in document.items() if name not in EQUALITY}
