"""What a stretch of a log comes to: its part of the tree, and where each stream stands.

This is the quick way, two hashes and a comparison for each entry. It tells which streams are not as
they were recorded; `diagnosis` then says how. Where each entry links to the one before it, and the
newest seal of a stream is good, all of the stream is what was sealed.
"""

from __future__ import annotations

from binascii import hexlify
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from struct import error as StructError  # noqa: N812 - the library names it like a module
from typing import TYPE_CHECKING

from audit.verify.entry import START, Seal, ends_append, prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.verify.entry import Beginning, Recorded, Seals

NO_LEAF = bytes(32)
"""Stands in the tree for what cannot be hashed."""
_LINK = b',"previous":"'
_FROM, _TO = len(_LINK), len(_LINK) + len(START)
_pack = Struct(">QI").pack


@dataclass(slots=True)
class Strand:
    """One stream within a stretch: what its first entry there follows on, and its last entry."""

    prefix: bytes
    opening: tuple[int, bytes] | None = None
    """Its first entry's version and link; None where that was checked already."""
    version: int = 0
    hash: bytes = START
    name: bytes = b""
    state: bytes = b""

    def is_followed(self, version: int, previous: bytes) -> bool:
        """Say whether an entry with this version and link comes next."""
        return version == self.version + 1 and previous == self.hash


class Account:
    """Where each stream stands after a stretch of a log; entries are taken in, stretches joined.

    A stretch that is not the log's first does not know what its entries follow on until joined.
    """

    def __init__(self, *, from_the_start: bool = True, begins: Beginning | None = None) -> None:
        self.strands: dict[bytes, Strand] = {}
        if begins is not None:
            strand = Strand(prefix_of(begins.stream), version=begins.version, hash=begins.hash)
            self.strands[begins.stream] = strand
        self.broken: dict[bytes, None] = {}
        """The streams that something is wrong with, in the order in which it was seen."""
        self._from_the_start = from_the_start
        self._unsettled: dict[bytes, None] = {}

    def take(self, rows: Iterable[Recorded]) -> list[bytes]:
        """Take in the next entries; return the hashes of their leaves in the log's tree."""
        # What is written out here is done for each entry of a long log.
        strands, broken, unsettled = self.strands, self.broken, self._unsettled
        leaves: list[bytes] = []
        strand: Strand | None = None
        last, at = b"", 0
        for stream, version, name, state, _ in rows:
            if strand is None or stream != last:
                last, strand = stream, strands.get(stream)
                if strand is None:
                    strand = strands[stream] = Strand(prefix_of(stream or b""))
                unsettled[stream] = None
            try:
                place_of = _pack(version, len(name))
                own = sha256(b"".join((strand.prefix, place_of, name, state))).digest()
                # Mostly it stands where it stood in the entry before, which is sooner looked at.
                if not state.startswith(_LINK, at):
                    at = state.find(_LINK)
            except (StructError, TypeError, AttributeError):
                broken[stream] = None
                leaves.append(NO_LEAF)
                continue
            leaves.append(sha256(b"\x00" + own).digest())
            previous = state[at + _FROM : at + _TO]
            if not (strand.state or self._from_the_start):
                strand.opening = (version, previous)
            elif version != strand.version + 1 or previous != strand.hash or at < 0:
                broken[stream] = None
            strand.version, strand.name, strand.state = version, name, state
            strand.hash = hexlify(own)
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
            if not self._ends_sealed(stream, seals):
                self.broken[stream] = None
        self._unsettled = {}

    def _ends_sealed(self, stream: bytes, seals: Seals) -> bool:
        strand = self.strands[stream]
        seal = Seal.on(stream, strand.version, strand.name, strand.state)
        if seal is None or not ends_append(strand.state):
            return False
        return seal.key in seals and seal.good(seals)
