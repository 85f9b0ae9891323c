"""Signed notes: a text and the Ed25519 signatures under it, as other tools read and make them.

The form is that of C2SP signed-note (https://c2sp.org/signed-note), the one of Go's checksum
database too. Only signature type 1, Ed25519 over the text, is made and checked; signatures by keys
that are not known are passed over, as the specification says.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LONGEST = 64 * 1024
"""Bytes of a note; what is longer is not looked at."""
MOST_SIGNATURES = 100
_ED25519 = b"\x01"
_KEY_BYTES, _ID_BYTES, _SIGNATURE_BYTES = 32, 4, 64
NAME = re.compile(r"[^\s+]{1,200}")
_KEY = re.compile(r"(?P<name>[^\s+]{1,200})\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]{44})")
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")


class Malformed(Exception):
    """A note, a checkpoint or a key that does not have the form that it should have."""


class NotSigned(Exception):
    """A note without a good signature by any of the keys that are trusted, or with a false one."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """Whose signature counts: a name (a URL without its scheme) and a public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The 4 bytes that stand before each signature by this key."""
        return sha256(b"\n".join((self.name.encode(), _ED25519 + self.public))).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        encoded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    @classmethod
    def read(cls, text: str) -> NoteKey:
        """Return the key that is written `name+id+base64`. Raises `Malformed`."""
        found = _KEY.fullmatch(text.strip())
        material = base64.b64decode(found["key"]) if found else b""
        if found is None or len(material) != 1 + _KEY_BYTES or material[:1] != _ED25519:
            raise Malformed("this is not a verifier key: name+id+base64, for Ed25519")
        key = cls(found["name"], material[1:])
        if key.id.hex() != found["id"]:
            raise Malformed("the id of this verifier key does not go with its name and key")
        return key

    def made(self, signature: bytes, text: str) -> bool:
        """Say whether this key made the signature (64 bytes) over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """Who signs notes: the name of the key, and its private half."""

    name: str
    private: Ed25519PrivateKey

    @property
    def key(self) -> NoteKey:
        """The public half."""
        return NoteKey(self.name, self.private.public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """Return the line with the signature over this text."""
        signature = self.key.id + self.private.sign(text.encode())
        return f"— {self.name} {base64.b64encode(signature).decode()}\n"


def sign(text: str, signers: Iterable[NoteSigner]) -> str:
    """Return the note with this text, signed by each. The text ends with a newline."""
    return f"{text}\n{''.join(signer.line(text) for signer in signers)}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A note that somebody trusted has signed, and who they are."""

    text: str
    signed_by: tuple[NoteKey, ...]


def opened(note: bytes, trusted: Iterable[NoteKey]) -> Opened:
    """Return the text of a note, and which of the trusted keys signed it.

    Raises `Malformed`, and `NotSigned` if none of them did or a signature by one of them is false.
    """
    text, lines = _taken_apart(note)
    known = {(key.name, key.id): key for key in trusted}
    by: list[NoteKey] = []
    for name, key_id, signature in lines:
        key = known.get((name, key_id))
        if key is None:
            continue
        if not key.made(signature, text):
            raise NotSigned(f"the signature of {name} does not fit this note")
        if key not in by:
            by.append(key)
    if not by:
        raise NotSigned("none of the known keys has signed this note")
    return Opened(text, tuple(by))


def _taken_apart(note: bytes) -> tuple[str, Sequence[tuple[str, bytes, bytes]]]:
    """Return the text, and of each signature the key's name and id, and its bytes."""
    if len(note) > LONGEST:
        raise Malformed(f"this is longer than any note: {len(note)} bytes")
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise Malformed("this is not a signed note: it is not text in UTF-8") from None
    if any(character < " " and character != "\n" for character in whole):
        raise Malformed("this is not a signed note: there are control characters in it")
    text, found, under = whole.rpartition("\n\n")
    if not found or not text or not under.endswith("\n"):
        raise Malformed("this is not a signed note: no signatures stand under a text")
    lines = under[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Malformed(f"this note has {len(lines)} signatures, which is too many")
    return f"{text}\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = _LINE.fullmatch(line)
    try:
        signature = base64.b64decode(found["signature"], validate=True) if found else b""
    except ValueError:
        signature = b""
    if found is None or len(signature) <= _ID_BYTES:
        raise Malformed("this is not a signed note: a line under the text is no signature")
    return found["name"], signature[:_ID_BYTES], signature[_ID_BYTES:]
