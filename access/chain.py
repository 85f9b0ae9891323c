"""The recorded bytes of the access log: a chain over all looks, and a seal where a write ends.

The form is that of the event log (decision 0002), as of one stream with a name of its own: the
hash is taken over that name, the entry's number and its bytes; each entry carries the hash of the
one before; the last entry of each write is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from access.look import Look
from domain.record import START
from store.errors import Altered, UnknownSeal
from store.seal import Seal, leaf, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from store.seal import Seals

LOG, SPOOL, ROOTS = "access", "access-spool", "access-roots"
"""What each chain is called, so that none of its entries can stand in another."""
NAME = "looked"
"""What stands in an entry's hash where the event log has an event's name."""


class Link(BaseModel):
    """One look as it stands in a chain."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    form: Literal["rja1"] = "rja1"
    number: int = Field(ge=1)
    """Its place, from 1 on without gaps."""
    previous: str = Field(pattern=r"^[0-9a-f]{64}$")
    recorded_at: AwareDatetime
    spooled: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """Where it stood in the spool first, the hash of that line."""
    look: Look


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: its last number, and that entry's hash."""

    number: int = 0
    hash: str = START


class Linked(NamedTuple):
    """One entry, read: what it says, its hash, its bytes, and its seal if a write ends there."""

    link: Link
    hash: str
    bytes: bytes
    seal: Seal | None

    @property
    def head(self) -> Head:
        """Where the chain stands if this is its last entry."""
        return Head(self.link.number, self.hash)


class Spooled(NamedTuple):
    """A look that stood in the spool, and the hash of its line there."""

    look: Look
    hash: str


def written(
    chain: str, head: Head, looks: Sequence[Look | Spooled], at: datetime, seals: Seals
) -> list[Linked]:
    """Return these looks as entries after `head`, the last one sealed. Raises `KeyMissing`."""
    entries: list[Linked] = []
    for number, one in enumerate(looks, head.number + 1):
        look, line = (one.look, one.hash) if isinstance(one, Spooled) else (one, None)
        previous = entries[-1].hash if entries else head.hash
        link = Link(number=number, previous=previous, recorded_at=at, spooled=line, look=look)
        state = link.model_dump_json(exclude_none=True).encode()
        if number == head.number + len(looks):
            state = seals.seal(chain, number, NAME, state)
        entries.append(read(chain, number, state))
    return entries


def read(chain: str, number: int, state: bytes) -> Linked:
    """Return the entry with these bytes. Raises `Altered` if it is malformed."""
    sealed = split(state)
    body = state if sealed is None else sealed.body
    try:
        link = Link.model_validate_json(body)
    except ValidationError:
        raise Altered(chain, number, "is no entry of this log") from None
    seal = None
    if sealed is not None:
        seal = Seal(sealed.key, sealed.signature, leaf(chain, number, NAME, sealed.body))
    return Linked(link, leaf(chain, number, NAME, state).hex(), state, seal)


def last_of(chain: str, state: bytes, seals: Seals) -> Head:
    """Return where a chain stands that ends with these bytes. Raises `Altered`, `UnknownSeal`."""
    sealed = split(state)
    try:
        number = Link.model_validate_json(sealed.body if sealed else state).number
    except ValidationError:
        raise Altered(chain, 0, "is no entry of this log") from None
    last = read(chain, number, state)
    check_end(chain, last, seals)
    return last.head


def followed(
    chain: str,
    after: Head,
    rows: Iterable[tuple[int, bytes]],
    seals: Seals,
    *,
    every_seal: bool = True,
) -> Iterator[Linked]:
    """Yield the entries that follow on from `after`, each checked: its place, its link, its seal.

    Without `every_seal` only the newest is checked, which covers what stands before it through
    the chain. Raises `Altered` at the first number that is not as it was recorded, also once all
    are read if the last of them has no seal, and `UnknownSeal`.
    """
    head, last = after, None
    for number, state in rows:
        expected = head.number + 1
        if number != expected:
            raise Altered(chain, expected, f"is missing: version {number} comes next")
        last = read(chain, number, state)
        if last.link.number != number or last.link.previous != head.hash:
            raise Altered(chain, number, "does not link to the entry before it")
        if every_seal:
            check_seal(chain, last, seals)
        head = last.head
        yield last
    if last is not None:
        check_end(chain, last, seals)


def check_end(chain: str, last: Linked, seals: Seals) -> None:
    """Check that a write ends with this entry, its seal good. Raises `Altered`, `UnknownSeal`."""
    if last.seal is None:
        raise Altered(chain, last.link.number, "ends its write without a seal")
    check_seal(chain, last, seals)


def check_seal(chain: str, entry: Linked, seals: Seals) -> None:
    """Check the seal on an entry, if it has one. Raises `Altered` and `UnknownSeal`."""
    if entry.seal is None:
        return
    if not seals.knows(entry.seal):
        raise UnknownSeal(chain, entry.link.number, entry.seal.key)
    if not seals.good(entry.seal):
        raise Altered(chain, entry.link.number, "has a seal that does not fit it")
