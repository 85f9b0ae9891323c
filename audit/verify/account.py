"""What a stretch of a log comes to: its part of the tree, and where each stream stands.

This is the quick way, two hashes and a pattern for each entry. It tells which streams are not as
they were recorded; `diagnosis` then says how.
"""

from __future__ import annotations

from binascii import hexlify
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from struct import error as StructError  # noqa: N812 - the library names it like a module
from typing import TYPE_CHECKING

from audit.verify.entry import HEAD, SEAL_BEGINS, SEAL_LENGTH, START, Seal, prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.verify.entry import Recorded, Seals

NO_LEAF = bytes(32)
"""Stands in the tree for what cannot be hashed."""
_pack, _head = Struct(">QI").pack, HEAD.match
_FROM, _TO = -SEAL_LENGTH, len(SEAL_BEGINS) - SEAL_LENGTH


Place = tuple[bytes, bytes, bytes]
"""Command, part and parts of an entry, as they are written."""


@dataclass(slots=True)
class Strand:
    """One stream within a stretch: what its first entry there follows on, and its last entry."""

    prefix: bytes
    opening: tuple[int, bytes, Place] | None = None
    """Its first entry's version, link and place; None where that was checked already."""
    version: int = 0
    hash: bytes = START
    command: bytes = b""
    part: bytes = b""
    parts: bytes = b""
    name: bytes = b""
    state: bytes = b""

    def is_followed(self, version: int, previous: bytes, place: Place) -> bool:
        """Say whether an entry with this version, link and place comes next."""
        if version != self.version + 1 or previous != self.hash:
            return False
        if self.part == self.parts:
            return place[1] == b"1"
        expected = (self.command, b"%d" % (int(self.part) + 1), self.parts)
        return place == expected


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
        # What is written out here is done for each entry of a long log.
        strands, broken, unsettled = self.strands, self.broken, self._unsettled
        leaves: list[bytes] = []
        for stream, version, name, state, _ in rows:
            strand = strands.get(stream)
            if strand is None:
                strand = strands[stream] = Strand(prefix_of(stream or b""))
            try:
                place_of = _pack(version, len(name))
                own = sha256(b"".join((strand.prefix, place_of, name, state))).digest()
                found = _head(state)
            except (StructError, TypeError):
                broken[stream] = None
                leaves.append(NO_LEAF)
                continue
            leaves.append(sha256(b"\x00" + own).digest())
            if found is None:
                broken[stream] = None
            else:
                command, part, parts, previous = found.groups()
                if not strand.state or version != strand.version + 1 or previous != strand.hash:
                    follows = self._follows(strand, version, previous, (command, part, parts))
                elif strand.part == strand.parts:
                    follows = part == b"1"
                else:
                    follows = (
                        command == strand.command
                        and parts == strand.parts
                        and part == b"%d" % (int(strand.part) + 1)
                    )
                if not follows:
                    broken[stream] = None
                if (part == parts) is not (state[_FROM:_TO] == SEAL_BEGINS):
                    broken[stream] = None
                strand.command, strand.part, strand.parts = command, part, parts
            strand.version, strand.name, strand.state = version, name, state
            strand.hash = hexlify(own)
            unsettled[stream] = None
        return leaves

    def _follows(self, strand: Strand, version: int, previous: bytes, place: Place) -> bool:
        """Say whether an entry follows on in its stream, as far as that is known here."""
        if strand.state or self._from_the_start:
            return strand.is_followed(version, previous, place)
        strand.opening = (version, previous, place)
        return True

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
            if not (strand.part == strand.parts != b"" and self._is_sealed(stream, strand, seals)):
                self.broken[stream] = None
        self._unsettled = {}

    @staticmethod
    def _is_sealed(stream: bytes, strand: Strand, seals: Seals) -> bool:
        seal = Seal.on(stream, strand.version, strand.name, strand.state)
        return seal is not None and seal.key in seals and seal.good(seals)
