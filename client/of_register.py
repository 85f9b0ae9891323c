"""What other entries of the data-protection register have of whom a request is about: what they
asked before, a breach that touched them, and that others asked for notes about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.dossiers import read_dossier
from client.failures import Unavailable
from client.reading import NotNow
from domain.fold import fold_dossier
from domain.held import of_register
from domain.ids import DOSSIER_PREFIX
from vault import Erased

if TYPE_CHECKING:
    from collections.abc import Iterable

    from client.reading import Reading
    from domain.dossier import Dossier, Subject
    from domain.held import Item
    from domain.record import Actor


@dataclass(frozen=True, slots=True)
class OfRegister:
    """What one other entry of the register has."""

    dossier: Dossier
    items: list[Item]


def others_about(
    reading: Reading, actor: Actor, asked: Dossier, subjects: Iterable[Subject]
) -> tuple[OfRegister, ...]:
    """Return what the other entries have that are about any of these, each look written down.

    The request itself is not among them: each decision on it would be one more item to decide on.
    Raises what loading an entry raises, and `Unavailable` where the vault cannot be used now.
    """
    wanted = set(subjects)
    found = []
    for stream in reading.log.streams():
        if not stream.startswith(DOSSIER_PREFIX) or stream == asked.id:
            continue
        if not wanted.isdisjoint(fold_dossier(reading.log.load(stream)).subjects):
            found.append(_of_one(reading, actor, stream))
    return tuple(found)


def _of_one(reading: Reading, actor: Actor, stream: str) -> OfRegister:
    read = read_dossier(reading, actor, stream)
    words: dict[str, str | None] = {}
    for name, said in read.words.items():
        if isinstance(said, NotNow):
            raise Unavailable(f"{said}; nothing was gathered")
        if isinstance(said, str | Erased):
            words[name] = said if isinstance(said, str) else None
    return OfRegister(read.dossier, of_register(stream, read.entries, words))
