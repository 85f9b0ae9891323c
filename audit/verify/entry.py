"""One recorded entry as bytes: its hash, its place in the chain, and its seal.

The forms are those of decisions 0002 and 0032, written a second time from there: what is checked is
the bytes as they stand, never what the service's own code makes of them.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from hashlib import sha256
from struct import error as StructError  # noqa: N812 - the library names it like a module
from struct import pack
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Recorded = tuple[bytes, int, bytes, bytes, int]
"""Stream, version, name and recorded bytes of an entry; then where it stands: position or line."""
START = b"0" * 64
"""What stands for the hash before the first entry of a stream."""
HEAD = re.compile(
    rb'\{"form":"rj1","v":[0-9]+,("command":"[^"]+","digest":".{64}"),'
    rb'"part":([0-9]+),"parts":([0-9]+),"previous":"(.{64})",'
)
"""How every recorded entry begins: the command, its part of the append, the entry before it."""
LOOK = re.compile(rb'\{"form":"rja1","number":([0-9]+),"previous":"(.{64})",')
"""How every entry of the access log begins: its number, the entry before it."""
SEAL_BEGINS = b',"seal":{"key":"'
_SEAL = re.compile(rb',"seal":\{"key":"([0-9a-f]{16})","sig":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\}')
SEAL_LENGTH = len(SEAL_BEGINS) + 16 + len(b'","sig":"') + 88 + len(b'"}}')

Seals = dict[str, "Ed25519PublicKey"]
"""The public keys that seals are checked against, by id."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """After which entry a log begins whose older entries went after their time."""

    stream: bytes
    version: int
    """Of the last entry that went; the log is one stream."""
    hash: bytes
    """Of that entry, hexadecimal."""
    edge: tuple[bytes, ...]
    """The right edge of the tree over all that went: as many hashes as its size has bits set."""


class NotAnEntry(Exception):
    """What stands there has not the form of a recorded entry."""


def prefix_of(stream: bytes) -> bytes:
    """Return what the hash of every entry of this stream begins with."""
    return b"rj1" + pack(">I", len(stream)) + stream


def hash_of(prefix: bytes, version: int, name: bytes, state: bytes) -> bytes:
    """Return the hash of an entry (32 bytes). Raises `NotAnEntry` if there is none to be had."""
    try:
        return sha256(b"".join((prefix, pack(">QI", version, len(name)), name, state))).digest()
    except (StructError, TypeError):
        raise NotAnEntry from None


def leaf_of(own: bytes) -> bytes:
    """Return the hash of the leaf that stands for an entry: its data are the entry's own hash."""
    return sha256(b"\x00" + own).digest()


def ends_append(state: bytes) -> bool:
    """Say whether these recorded bytes say that they are the last of an append.

    An entry of the access log does not say it: that its seal is there says so.
    """
    head = HEAD.match(state)
    return head[2] == head[3] if head else LOOK.match(state) is not None


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal on the last entry of an append, and what it was put on."""

    key: str
    signature: bytes
    message: bytes

    @classmethod
    def on(cls, stream: bytes, version: int, name: bytes, state: bytes) -> Seal | None:
        """Return the seal that these recorded bytes end with; None if there is none."""
        found = _SEAL.fullmatch(state, max(len(state) - SEAL_LENGTH, 0))
        if found is None:
            return None
        body = state[:-SEAL_LENGTH] + b"}"
        message = hash_of(prefix_of(stream), version, name, body)
        return cls(found[1].decode(), base64.b64decode(found[2]), message)

    def good(self, seals: Seals) -> bool:
        """Say whether its key made it over what it stands on. Raises `KeyError` if not known."""
        try:
            seals[self.key].verify(self.signature, self.message)
        except InvalidSignature:
            return False
        return True


def seal_key_id(public: bytes) -> str:
    """Return the id (16 hexadecimal digits) that a seal names its public key by."""
    return sha256(b"rj key id" + public).hexdigest()[:16]
