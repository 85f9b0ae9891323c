"""What a stretch of a log comes to: its part of the tree, and where each stream stands.

This is the quick way, two hashes and a pattern for each entry. It tells which streams are not as
they were recorded; `diagnosis` then says how.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from audit.verify.entry import (
    HEAD,
    SEAL_BEGINS,
    SEAL_LENGTH,
    START,
    NotAnEntry,
    Seal,
    hash_of,
    prefix_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.verify.entry import Recorded, Seals

NO_LEAF = bytes(32)
"""Stands in the tree for what cannot be hashed."""
_FROM, _TO = -SEAL_LENGTH, len(SEAL_BEGINS) - SEAL_LENGTH


@dataclass(slots=True)
class Strand:
    """One stream within a stretch: what its first entry there follows on, and its last entry."""

    prefix: bytes
    opening: tuple[int, bytes, tuple[bytes, int, int]] | None = None
    """Its first entry's version, link and place; None where that was checked already."""
    version: int = 0
    hash: bytes = START
    place: tuple[bytes, int, int] = (b"", 0, 0)
    """Command, part and parts of the last entry; (b"", 0, 0) before the first."""
    name: bytes = b""
    state: bytes = b""

    def is_followed(self, version: int, previous: bytes, place: tuple[bytes, int, int]) -> bool:
        """Say whether an entry with this version, link and place comes next."""
        return (
            version == self.version + 1 and previous == self.hash and _carries_on(self.place, place)
        )


class Account:
    """Where each stream stands after a stretch of a log; entries are taken in, stretches joined.

    A stretch that is not the log's first does not know what its entries follow on until joined.
    """

    def __init__(self, *, from_the_start: bool = True) -> None:
        self.strands: dict[bytes, Strand] = {}
        self.broken: dict[bytes, None] = {}
        """The streams that something is wrong with, in the order in which it was seen."""
        self._from_the_start = from_the_start
        self._unsettled: dict[bytes, None] = {}

    def take(self, rows: Iterable[Recorded]) -> list[bytes]:
        """Take in the next entries; return the hashes of their leaves in the log's tree."""
        strands, broken = self.strands, self.broken
        leaves: list[bytes] = []
        for stream, version, name, state, _ in rows:
            strand = strands.get(stream)
            if strand is None:
                strand = strands[stream] = Strand(prefix_of(stream or b""))
            try:
                own = hash_of(strand.prefix, version, name, state)
                found = HEAD.match(state)
            except NotAnEntry:
                broken[stream] = None
                leaves.append(NO_LEAF)
                continue
            leaves.append(sha256(b"\x00" + own).digest())
            if found is None:
                broken[stream] = None
            else:
                command, part, parts, previous = found.groups()
                place = (command, int(part), int(parts))
                if not (strand.state or self._from_the_start):
                    strand.opening = (version, previous, place)
                elif not strand.is_followed(version, previous, place):
                    broken[stream] = None
                if (place[1] == place[2]) != (state[_FROM:_TO] == SEAL_BEGINS):
                    broken[stream] = None
                strand.place = place
            strand.version, strand.hash = version, own.hex().encode()
            strand.name, strand.state = name, state
            self._unsettled[stream] = None
        return leaves

    def join(self, after: Account) -> None:
        """Take in the stretch that follows this one, reckoned on its own."""
        for stream, strand in after.strands.items():
            mine = self.strands.get(stream)
            if strand.opening and not (mine or Strand(b"")).is_followed(*strand.opening):
                self.broken[stream] = None
            strand.opening = mine.opening if mine else None
            self.strands[stream] = strand
        self.broken.update(after.broken)
        self._unsettled.update(after._unsettled)

    def settle(self, seals: Seals) -> None:
        """Check that each stream ends with a whole append and that its newest seal is good.

        A seal covers all that stands before it in its stream, through the chain.
        """
        for stream in self._unsettled:
            strand = self.strands[stream]
            if not (strand.place[1] == strand.place[2] and self._is_sealed(stream, strand, seals)):
                self.broken[stream] = None
        self._unsettled = {}

    @staticmethod
    def _is_sealed(stream: bytes, strand: Strand, seals: Seals) -> bool:
        seal = Seal.on(stream, strand.version, strand.name, strand.state)
        return seal is not None and seal.key in seals and seal.good(seals)


def _carries_on(before: tuple[bytes, int, int], now: tuple[bytes, int, int]) -> bool:
    """Say whether an entry at this place of an append may follow one at that place."""
    if before[1] == before[2]:
        return now[1] == 1 <= now[2]
    return (now[0], now[1], now[2]) == (before[0], before[1] + 1, before[2])
