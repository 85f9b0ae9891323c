"""Counting what is recorded, for whoever may have numbers: of what is in the vault, counts only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from client.failures import Unavailable
from client.reading import What
from domain.permissions import View
from keys import KeyMissing
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from client.reading import Reading
    from domain.record import Actor
    from domain.texts import TextRef

T = TypeVar("T")
Documents = Callable[[str, Iterable["TextRef"]], Mapping[str, Mapping[str, object]]]
"""Returns documents of a stream by text id; what is erased, or is no document, is left out."""
PURPOSE = "numbers"


def counted(
    reading: Reading,
    actor: Actor,
    asked: Mapping[str, str],
    medium: str,
    count: Callable[[Documents], T],
) -> T:
    """Return what `count` makes of the record, once it is written down that it was asked for.

    `count` may open documents of the vault, and returns nothing of them but numbers; `asked` says
    which, as codes; `medium` is SCREEN or EXPORT. Raises `Denied`, and `Unavailable` of the stores
    it reads.
    """
    what = What(View.NUMBERS, asked=asked, medium="EXPORT" if medium == "EXPORT" else "SCREEN")
    opened = _Opened(reading)
    return reading.listing(actor, what, PURPOSE, lambda _: count(opened), lambda _: ())


class _Opened:
    """Documents of the vault, each opened once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, Mapping[str, object]] = {}

    def __call__(self, stream: str, refs: Iterable[TextRef]) -> Mapping[str, Mapping[str, object]]:
        wanted = [*refs]
        new = [ref for ref in wanted if ref.id not in self._known]
        if new:
            try:
                words = self._reading.stores.vault.words_many(stream, new)
            except (VaultUnavailable, KeyMissing) as error:
                raise Unavailable(str(error)) from None
            self._known |= {name: _document(said) for name, said in words.items()}
        return {ref.id: self._known[ref.id] for ref in wanted if self._known.get(ref.id)}


def _document(said: object) -> Mapping[str, object]:
    try:
        read = json.loads(said) if isinstance(said, str) else None
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
