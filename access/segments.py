"""Sealed segments of the access log: a month each, kept for a set time; then only its root stays.

The root is that of the Merkle tree over the segment's entries (RFC 9162 hashing), so that one entry
that somebody kept can still be proved to have stood there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from access.chain import ROOTS, Head
from access.tables import stored
from audit.merkle import Edge
from domain.record import START
from store.errors import Altered, UnknownSeal
from store.seal import Seal, leaf, split

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.seal import Seals

_NAME = "segment_sealed"
_HASH = r"^[0-9a-f]{64}$"


class Root(BaseModel):
    """What stays of a segment: which entries it held, and what they hash to."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    form: Literal["rjs1"] = "rjs1"
    number: int = Field(ge=1)
    previous: str = Field(pattern=_HASH)
    """The hash of the root before."""
    first: int = Field(ge=1)
    last: int = Field(ge=1)
    before: str = Field(pattern=_HASH)
    """The hash of the entry before the first."""
    head: str = Field(pattern=_HASH)
    """The hash of the last entry."""
    root: str = Field(pattern=_HASH)
    edge: tuple[Annotated[str, Field(pattern=_HASH)], ...] | None = None
    """The right edge of the tree over all entries up to the last: with it checkpoints go on once
    the entries are gone. None in roots of before there were checkpoints of this log."""
    begun_at: AwareDatetime
    ended_at: AwareDatetime
    sealed_at: AwareDatetime


def edge_of(root: Root) -> Edge:
    """Return the tree's edge after a segment. Raises `Altered` if there can be none like it."""
    try:
        return Edge.at(root.last, [bytes.fromhex(node) for node in root.edge or ()])
    except ValueError:
        raise Altered(ROOTS, root.number, "has not the edge of a tree of its size") from None


@dataclass(frozen=True, slots=True)
class Segment:
    """A sealed segment, and the hash of its root's own row."""

    root: Root
    hash: str

    @property
    def head(self) -> Head:
        """Where the log stands after it."""
        return Head(self.root.last, self.root.head)


def sealed(root: Root, seals: Seals) -> bytes:
    """Return the bytes of a root with its seal. Raises `KeyMissing`."""
    return seals.seal(ROOTS, root.number, _NAME, root.model_dump_json().encode())


def checked(rows: Sequence[tuple[int, int, int, bytes]], seals: Seals) -> list[Segment]:
    """Return the segments of these rows (number, first, last, bytes), each found to follow on.

    Raises `Altered` and `UnknownSeal`.
    """
    segments: list[Segment] = []
    for number, first, last, state in rows:
        one = _read(number, stored(state), seals)
        before = segments[-1] if segments else None
        expected = (
            len(segments) + 1,
            before.hash if before else START,
            before.root.last + 1 if before else 1,
            before.root.head if before else START,
        )
        root = one.root
        if (root.number, root.previous, root.first, root.before) != expected:
            raise Altered(ROOTS, number, "does not follow on from the segment before it")
        if (root.number, root.first, root.last) != (number, first, last) or last < first:
            raise Altered(ROOTS, number, "is not where it was put")
        segments.append(one)
    return segments


def begin_after(segments: Sequence[Segment], first: int | None) -> Head:
    """Return after which entry those begin that are there; `first` is the first of them."""
    gone = [one for one in segments if first is None or one.root.last < first]
    return gone[-1].head if gone else Head()


def due(segments: Sequence[Segment], first: int | None, before: datetime) -> list[Segment]:
    """Return the segments whose entries are there and all of them older than a moment."""
    there = [one for one in segments if first is not None and one.root.last >= first]
    return [one for one in there if one.root.ended_at < before]


def _read(number: int, state: bytes, seals: Seals) -> Segment:
    taken = split(state)
    if taken is None:
        raise Altered(ROOTS, number, "has no seal")
    try:
        root = Root.model_validate_json(taken.body)
    except ValidationError:
        raise Altered(ROOTS, number, "is no root of a segment") from None
    seal = Seal(taken.key, taken.signature, leaf(ROOTS, number, _NAME, taken.body))
    if not seals.knows(seal):
        raise UnknownSeal(ROOTS, number, seal.key)
    if not seals.good(seal):
        raise Altered(ROOTS, number, "has a seal that does not fit it")
    return Segment(root, leaf(ROOTS, number, _NAME, state).hex())
