"""The hash of a recorded event, and the seal on the last event of each append.

The hash is SHA-256 over `rj1`, the length of the stream's id (4 bytes), the id, the version
(8 bytes), the length of the event's name (4 bytes), the name, and the recorded bytes; numbers are
big-endian. The seal is an Ed25519 signature over that hash of the bytes without the seal; it
stands at their end, in place of the final brace, and always has the same length.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from struct import Struct, pack
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from keys import KeyMissing

if TYPE_CHECKING:
    from keys import Signer, Verifier

_FORM = b"rj1"
_place = Struct(">QI").pack
# The last character carries two bits: the other four would be a place to alter unseen.
_SEAL = re.compile(rb',"seal":\{"key":"([0-9a-f]{16})","sig":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\}')
SEAL_LENGTH = len(b',"seal":{"key":"') + 16 + len(b'","sig":"') + 88 + len(b'"}}')


def leaf(stream: str, version: int, name: str, state: bytes) -> bytes:
    """Return the hash (32 bytes) of an event at its place: stream, version, name and bytes."""
    topic = name.encode()
    place = _place(version, len(topic))
    return sha256(b"".join((_beginning(stream), place, topic, state))).digest()


@lru_cache(maxsize=64)
def _beginning(stream: str) -> bytes:
    # The same for each event of a stream, and streams are read one after the other.
    place = stream.encode()
    return _FORM + pack(">I", len(place)) + place


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as it stands: the id of its key, its signature (base64), and what was signed."""

    key: str
    signature: str
    message: bytes


class Sealed(NamedTuple):
    """Recorded bytes taken apart: without the seal, its key's id, its signature (base64)."""

    body: bytes
    key: str
    signature: str


def split(state: bytes) -> Sealed | None:
    """Return the recorded bytes taken apart, None if there is no seal on them."""
    begins = max(len(state) - SEAL_LENGTH, 0)
    # Most events are not the last of their append: these are soon told.
    found = _SEAL.fullmatch(state, begins) if state.startswith(b',"seal"', begins) else None
    if found is None:
        return None
    return Sealed(state[:-SEAL_LENGTH] + b"}", found[1].decode(), found[2].decode())


class Seals:
    """Makes seals and checks them. A seal once found good is not reckoned again.

    The memory is kept because a check costs more than reading a short stream; it holds the newest
    `remember` seals, and only whole ones: key, signature and what was signed.
    """

    def __init__(self, signer: Signer | None, verifier: Verifier, remember: int = 10_000) -> None:
        self._signer = signer
        self._verifier = verifier
        self._good: OrderedDict[Seal, None] = OrderedDict()
        self._remember = remember
        self._lock = Lock()

    def seal(self, stream: str, version: int, name: str, body: bytes) -> bytes:
        """Return the bytes of an append's last event with the seal put on.

        Raises `KeyMissing` if this log was opened without a key to seal with.
        """
        if self._signer is None:
            raise KeyMissing("this log was opened for reading: there is no key to seal it with")
        message = leaf(stream, version, name, body)
        seal = Seal(self._signer.id, self._signer.sign(message), message)
        self._keep(seal)
        return body[:-1] + f',"seal":{{"key":"{seal.key}","sig":"{seal.signature}"}}}}'.encode()

    def knows(self, seal: Seal) -> bool:
        """Say whether the seal's key is one of those that can be checked here."""
        return self._verifier.knows(seal.key)

    def good(self, seal: Seal) -> bool:
        """Say whether the seal was made by its key over what it stands on."""
        with self._lock:
            if seal in self._good:
                return True
        if not self._verifier.verify(seal.key, seal.signature, seal.message):
            return False
        self._keep(seal)
        return True

    def _keep(self, seal: Seal) -> None:
        with self._lock:
            self._good[seal] = None
            if len(self._good) > self._remember:
                self._good.popitem(last=False)
