"""Keys: the seal of the log, the door's proofs, and the vault's master key; never in a database.

Each kind is a folder of files `<kind>-<id>.key` (mode 0600, 32 bytes in base64) or, in a
deployment, an environment variable `RJ_KEY_<KIND>` with the base64 text. The youngest file is used;
older ones stay readable, so that a key can be changed without rewriting anything.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEY_BYTES = 32


class KeyKind(StrEnum):
    """What a key is for."""

    SEAL = "seal"
    """Signs the last event of each append (Ed25519)."""
    DOOR = "door"
    """Signs each command that the door lets through (Ed25519)."""
    MASTER = "master"
    """Wraps the vault's data keys (AES-256)."""


class KeyMissing(Exception):
    """A key that is needed is not where the settings say."""


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 private key and the id (16 hexadecimal characters) it goes by."""

    id: str
    private: Ed25519PrivateKey

    def sign(self, message: bytes) -> str:
        """Return the signature over the message, base64 (88 characters)."""
        return base64.b64encode(self.private.sign(message)).decode()


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public keys that signatures are checked against, by id."""

    keys: Mapping[str, Ed25519PublicKey]

    def verify(self, key_id: str, signature: str, message: bytes) -> bool:
        """Say whether a known key made this signature over this message."""
        key = self.keys.get(key_id)
        if key is None:
            return False
        try:
            key.verify(base64.b64decode(signature, validate=True), message)
        except (InvalidSignature, ValueError):
            return False
        return True


def _identify(material: bytes) -> str:
    return hashlib.sha256(b"rj key id" + material).hexdigest()[:16]


class Keyring:
    """All keys of one installation, read from a folder or from the environment."""

    def __init__(self, folder: Path, environment: Mapping[str, str] = os.environ) -> None:
        self._folder = folder
        self._environment = environment

    def create_missing(self) -> list[KeyKind]:
        """Make each kind of key that there is none of yet; return the kinds that were made."""
        made = [kind for kind in KeyKind if not self._all(kind)]
        for kind in made:
            self.create(kind)
        return made

    def create(self, kind: KeyKind) -> str:
        """Make a new key of this kind, used from now on; return its id."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        material = os.urandom(KEY_BYTES)
        key_id = self._public_id(kind, material)
        path = self._folder / f"{kind}-{key_id}.key"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(material) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return key_id

    def signer(self, kind: KeyKind) -> Signer:
        """Return the signing key in use. Raises `KeyMissing`."""
        key_id, material = self._current(kind)
        return Signer(key_id, Ed25519PrivateKey.from_private_bytes(material))

    def verifier(self, kind: KeyKind) -> Verifier:
        """Return the public half of every key of this kind."""
        return Verifier(
            {
                key_id: Ed25519PrivateKey.from_private_bytes(material).public_key()
                for key_id, material in self._all(kind)
            }
        )

    def master(self) -> tuple[str, bytes]:
        """Return the id and the 32 bytes of the master key in use. Raises `KeyMissing`."""
        return self._current(KeyKind.MASTER)

    def masters(self) -> dict[str, bytes]:
        """Return every master key by id, older ones too."""
        return dict(self._all(KeyKind.MASTER))

    def _current(self, kind: KeyKind) -> tuple[str, bytes]:
        keys = self._all(kind)
        if not keys:
            raise KeyMissing(f"there is no {kind} key in the key folder ({self._folder})")
        return keys[-1]

    def _all(self, kind: KeyKind) -> list[tuple[str, bytes]]:
        from_environment = self._environment.get(f"RJ_KEY_{kind.upper()}")
        if from_environment:
            material = self._decode(from_environment, f"RJ_KEY_{kind.upper()}")
            return [(self._public_id(kind, material), material)]
        files = sorted(
            self._folder.glob(f"{kind}-*.key"), key=lambda p: (p.stat().st_mtime_ns, p.name)
        )
        keys = []
        for path in files:
            material = self._decode(path.read_text(), path.name)
            keys.append((self._public_id(kind, material), material))
        return keys

    @staticmethod
    def _decode(text: str, where: str) -> bytes:
        try:
            material = base64.b64decode(text.strip(), validate=True)
        except ValueError:
            material = b""
        if len(material) != KEY_BYTES:
            raise KeyMissing(f"{where} does not hold a key ({KEY_BYTES} bytes in base64)")
        return material

    @staticmethod
    def _public_id(kind: KeyKind, material: bytes) -> str:
        if kind is KeyKind.MASTER:
            return _identify(material)
        public = Ed25519PrivateKey.from_private_bytes(material).public_key()
        return _identify(public.public_bytes_raw())
