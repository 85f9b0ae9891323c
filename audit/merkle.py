"""The Merkle tree over a log in its order: roots, and proofs that a few hashes long suffice for.

Hashing and proofs are those of RFC 9162 section 2.1, the same as in RFC 6962: a leaf is SHA-256 of
0x00 and its data, a node SHA-256 of 0x01 and its two children. Hashes are 32 bytes. What is in the
tree is bound by its place: change, leave out or move anything, and the root is another.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HASH_BYTES = 32
EMPTY = sha256().digest()
"""The root of the tree with nothing in it."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf with this data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over these two."""
    return sha256(b"\x01" + left + right).digest()


class Edge:
    """A tree's right edge: about log2 of its size hashes, from which it grows and has its root."""

    def __init__(self) -> None:
        self.size = 0
        self._nodes: list[bytes] = []
        """The roots of its full parts from left to right; their sizes are the bits of `size`."""

    @classmethod
    def at(cls, size: int, nodes: Sequence[bytes]) -> Edge:
        """Return the edge of this size with these nodes, from left to right.

        Nothing shows that they are right but a root of this size or a later one. Raises
        `ValueError` if there can be no such edge.
        """
        if len(nodes) != size.bit_count() or any(len(node) != HASH_BYTES for node in nodes):
            raise ValueError(f"this is not the edge of a tree of {size}")
        edge = cls()
        edge.size, edge._nodes = size, list(nodes)
        return edge

    @property
    def nodes(self) -> tuple[bytes, ...]:
        """The roots of its full parts from left to right."""
        return tuple(self._nodes)

    def add(self, leaf: bytes) -> None:
        """Take in the hash of the next leaf."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Take in the hashes of the next leaves."""
        nodes, size = self._nodes, self.size
        for leaf in leaves:
            node, number = leaf, size
            while number & 1:
                node = sha256(b"\x01" + nodes.pop() + node).digest()
                number >>= 1
            nodes.append(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """Return the root of the tree as it is."""
        if not self._nodes:
            return EMPTY
        *others, root = self._nodes
        for left in reversed(others):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes."""
    edge = Edge()
    edge.extend(leaves)
    return edge.root()


class Tree:
    """A whole tree in memory, from which proofs are taken, of any size up to its own."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [leaves]
        while len(below := self._levels[-1]) > 1:
            pairs = range(0, len(below) - 1, 2)
            self._levels.append([node_hash(below[at], below[at + 1]) for at in pairs])

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self._levels[0])

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` leaves. Raises `IndexError`."""
        if not 0 <= size <= self.size:
            raise IndexError(f"there is no tree of {size} within one of {self.size}")
        return self._over(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the proof that the leaf at this index is in the tree of `size` leaves.

        The hashes go from the leaf's sibling up to the root's child. Raises `IndexError`.
        """
        if not 0 <= index < size <= self.size:
            raise IndexError(f"there is no leaf {index} in a tree of {size}")
        begin, end = 0, size
        proof: list[bytes] = []
        while end - begin > 1:
            middle = begin + _split(end - begin)
            if index < middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(begin, middle))
                begin = middle
        return proof[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the tree of `old` leaves grew into that of `new`.

        Raises `IndexError`.
        """
        if not 0 <= old <= new <= self.size:
            raise IndexError(f"there is no tree of {old} within one of {new}")
        if old in {0, new}:
            return []
        begin, end = 0, new
        proof: list[bytes] = []
        while old != end:
            middle = begin + _split(end - begin)
            if old <= middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(begin, middle))
                begin = middle
        # Whoever checks it has the old root, and so needs no hash for a tree that is all of it.
        return [self._over(begin, end), *proof[::-1]] if begin else proof[::-1]

    def _over(self, begin: int, end: int) -> bytes:
        """Return the hash over these leaves, which are one of the parts that the tree splits in."""
        size = end - begin
        if size & (size - 1) == 0:
            level = size.bit_length() - 1
            return self._levels[level][begin >> level]
        middle = begin + _split(size)
        return node_hash(self._over(begin, middle), self._over(middle, end))


def includes(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the proof shows this leaf hash at this index of the tree with this root.

    RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    number, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            node = node_hash(sibling, node)
            number, last = _while_even(number, last)
        else:
            node = node_hash(node, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and node == root


def grew(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the proof shows that the tree of `old` leaves grew into that of `new`.

    RFC 9162 section 2.1.4.2. Any tree grew from the empty one, and each from itself.
    """
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else [*proof]
    if not path:
        return False
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            number, last = _while_even(number, last)
        else:
            after = node_hash(after, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _while_even(number: int, last: int) -> tuple[int, int]:
    """Go up from a right edge that has no sibling of its own until it is a right child."""
    while not number & 1 and number:
        number, last = number >> 1, last >> 1
    return number, last


def _split(size: int) -> int:
    """Return the largest power of two below this size."""
    return 1 << ((size - 1).bit_length() - 1)
