"""Where every stream of a log ends: a small tree over the ends, whose root a checkpoint names.

A leaf is RFC 9162's over `rj-end1`, the length of the stream's id (4 bytes, big-endian), the id,
the version of its last entry (8 bytes) and the hash of that entry (32 bytes). The leaves stand in
the order of the ids' bytes. So it takes a few hashes to show of one stream where it ended when the
checkpoint was signed, and nothing is said of the others.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from audit.checkpoint import Ends
from audit.merkle import Tree, leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.verify.account import Strand


def end_leaf(stream: bytes, version: int, own: bytes) -> bytes:
    """Return the hash of the leaf for a stream whose last entry has this version and hash."""
    return leaf_hash(b"rj-end1" + pack(">I", len(stream)) + stream + pack(">Q", version) + own)


def ends_of(strands: Mapping[bytes, Strand]) -> Ends:
    """Return where these streams end, of which none may be broken."""
    return Ends(len(strands), root_of(_leaves(strands)))


def end_proof(strands: Mapping[bytes, Strand], stream: bytes) -> tuple[int, list[bytes]]:
    """Return the place of a stream's end in the tree, and the hashes from its sibling up.

    Raises `ValueError` if there is no such stream.
    """
    at = sorted(strands).index(stream)
    return at, Tree([*_leaves(strands)]).inclusion(at, len(strands))


def _leaves(strands: Mapping[bytes, Strand]) -> Iterator[bytes]:
    for stream in sorted(strands):
        strand = strands[stream]
        yield end_leaf(stream, strand.version, bytes.fromhex(strand.hash.decode()))
