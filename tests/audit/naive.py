"""The Merkle tree a second time, straight from the definitions of RFC 9162: slow and plain."""

from __future__ import annotations

import hashlib
from functools import cache


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def k(n: int) -> int:
    """Return the largest power of two smaller than n."""
    power = 1
    while power * 2 < n:
        power *= 2
    return power


@cache
def mth(d: tuple[bytes, ...]) -> bytes:
    """MTH(D[n]), section 2.1.1: over the data of the leaves."""
    if not d:
        return digest(b"")
    if len(d) == 1:
        return digest(b"\x00" + d[0])
    return digest(b"\x01" + mth(d[: k(len(d))]) + mth(d[k(len(d)) :]))


def path(m: int, d: tuple[bytes, ...]) -> list[bytes]:
    """PATH(m, D[n]), section 2.1.3.1."""
    if len(d) == 1:
        return []
    s = k(len(d))
    if m < s:
        return [*path(m, d[:s]), mth(d[s:])]
    return [*path(m - s, d[s:]), mth(d[:s])]


def subproof(m: int, d: tuple[bytes, ...], *, b: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b), section 2.1.4.1."""
    if m == len(d):
        return [] if b else [mth(d)]
    s = k(len(d))
    if m <= s:
        return [*subproof(m, d[:s], b=b), mth(d[s:])]
    return [*subproof(m - s, d[s:], b=False), mth(d[:s])]


def from_path(m: int, n: int, leaf: bytes, proof: list[bytes]) -> bytes | None:
    """Return the root that a proof of inclusion leads to, going down from the root."""
    if n == 1:
        return leaf if not proof else None
    if not proof:
        return None
    s, last = k(n), proof[-1]
    below = (
        from_path(m, s, leaf, proof[:-1]) if m < s else from_path(m - s, n - s, leaf, proof[:-1])
    )
    if below is None:
        return None
    return digest(b"\x01" + below + last) if m < s else digest(b"\x01" + last + below)


def from_subproof(
    m: int, n: int, old: bytes, proof: list[bytes], *, b: bool = True
) -> tuple[bytes, bytes] | None:
    """Return the two roots that a proof of consistency leads to, going down from the root."""
    if m == n:
        if b:
            return (old, old) if not proof else None
        return (proof[0], proof[0]) if len(proof) == 1 else None
    if not proof:
        return None
    s, last = k(n), proof[-1]
    if m <= s:
        below = from_subproof(m, s, old, proof[:-1], b=b)
        return below and (below[0], digest(b"\x01" + below[1] + last))
    below = from_subproof(m - s, n - s, old, proof[:-1], b=False)
    return below and (digest(b"\x01" + last + below[0]), digest(b"\x01" + last + below[1]))
