"""Finding the references to the vault in what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from domain.texts import TextRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.record import Draft, Entry


def references(entries: Iterable[Entry]) -> list[TextRef]:
    """Return every reference in these entries: in their data and in the reasons given."""
    return [ref for e in entries for ref in _within((e.event, e.recorded.why))]


def references_to_be(drafts: Iterable[Draft]) -> list[TextRef]:
    """Return every reference that these drafts would record."""
    return [ref for d in drafts for ref in _within((d.event, d.why))]


def _within(thing: object) -> Iterator[TextRef]:
    if isinstance(thing, TextRef):
        yield thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from _within(getattr(thing, name))
    elif isinstance(thing, dict) and thing.keys() == TextRef.model_fields.keys():
        # As a breach records it, which repeats a command of any kind.
        yield TextRef.model_validate(thing)
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _within(value)
    elif isinstance(thing, list | tuple | set | frozenset):
        for value in thing:
            yield from _within(value)
