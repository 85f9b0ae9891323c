"""Keys: the seal of the log, the door's proofs, the vault's master key, and the notary's.

None is ever in a database.

Each kind is a folder of files `<kind>-<id>.key` (mode 0600, 32 bytes in base64) or, in a
deployment, an environment variable `RJ_KEY_<KIND>` with the base64 text, several with spaces
between them, the oldest first. The youngest is used; older ones stay readable, so that a key can be
changed without rewriting anything. Whoever only checks signatures is given public keys instead, in
`RJ_KEY_<KIND>_PUBLIC`: as `rj audit keys` shows them, or their 32 bytes in base64.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

KEY_BYTES = 32
_PUBLIC = re.compile(r"(?:[a-z]+\+(?P<id>[0-9a-f]{16})\+)?(?P<key>[A-Za-z0-9+/]{43}=)")


class KeyKind(StrEnum):
    """What a key is for."""

    SEAL = "seal"
    """Signs the last event of each append (Ed25519)."""
    DOOR = "door"
    """Signs each command that the door lets through (Ed25519)."""
    MASTER = "master"
    """Wraps the vault's data keys (AES-256)."""
    NOTARY = "notary"
    """Signs the checkpoints of the log (Ed25519)."""


class KeyMissing(Exception):
    """A key that is needed is not where the settings say, or cannot be read or written there."""


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
    """The public keys that signatures are checked against, by id.

    `anew` reads them again, for a key that was made since. Every method raises what it raises.
    """

    keys: dict[str, Ed25519PublicKey]
    anew: Callable[[], Mapping[str, Ed25519PublicKey]] | None = None

    def knows(self, key_id: str) -> bool:
        """Say whether a key of this id is there."""
        if key_id not in self.keys and self.anew is not None:
            self.keys.update(self.anew())
        return key_id in self.keys

    def verify(self, key_id: str, signature: str, message: bytes) -> bool:
        """Say whether a known key made this signature over this message."""
        if not self.knows(key_id):
            return False
        key = self.keys[key_id]
        try:
            key.verify(base64.b64decode(signature, validate=True), message)
        except (InvalidSignature, ValueError):
            return False
        return True


def _identify(material: bytes) -> str:
    return hashlib.sha256(b"rj key id" + material).hexdigest()[:16]


def _public_half(text: str, where: str) -> tuple[str, Ed25519PublicKey]:
    """Return a public key that was given, and its id. Raises `KeyMissing`."""
    found = _PUBLIC.fullmatch(text)
    material = base64.b64decode(found["key"]) if found else b""
    key_id = _identify(material)
    if found is None or (found["id"] or key_id) != key_id:
        raise KeyMissing(f"{where} does not hold a public key ({KEY_BYTES} bytes in base64)")
    return key_id, Ed25519PublicKey.from_public_bytes(material)


def _variable(kind: KeyKind) -> str:
    return f"RJ_KEY_{kind.upper()}"


def _persist(folder: Path) -> None:
    """Make sure that the names in the folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Keyring:
    """All keys of one installation, read from a folder or from the environment.

    They are read anew each time, so that a changed key is found without a restart. Every method
    raises `KeyMissing` where the folder cannot be read or written, and for a file without a key.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str] = os.environ) -> None:
        self._folder = folder
        self._environment = environment

    def create_missing(self) -> list[KeyKind]:
        """Make each kind of key that there is none of yet; return the kinds that were made.

        Of several processes that begin at once, one makes them and the others find them.
        """
        if all(self._all(kind) for kind in KeyKind):
            return []
        with self._locked():
            made = [kind for kind in KeyKind if not self._all(kind)]
            for kind in made:
                self.create(kind)
        return made

    def create(self, kind: KeyKind) -> str:
        """Make a new key of this kind in the folder, used from now on; return its id.

        A key is there whole or not at all, and survives a loss of power once this has returned.
        """
        material = os.urandom(KEY_BYTES)
        key_id = self._public_id(kind, material)
        try:
            self._make_folder()
            self._write(f"{kind}-{key_id}.key", base64.b64encode(material) + b"\n")
        except OSError as error:
            raise self._without(error, "written") from error
        return key_id

    def signer(self, kind: KeyKind) -> Signer:
        """Return the signing key in use. Raises `KeyMissing`."""
        key_id, material = self._current(kind)
        return Signer(key_id, Ed25519PrivateKey.from_private_bytes(material))

    def signers(self, kind: KeyKind) -> list[Signer]:
        """Return every signing key of this kind, the oldest first; the last one is in use."""
        return [
            Signer(key_id, Ed25519PrivateKey.from_private_bytes(material))
            for key_id, material in self._all(kind)
        ]

    def verifier(self, kind: KeyKind) -> Verifier:
        """Return the public half of every key of this kind, and of those that are made later.

        Those of which only the public half was given are among them.
        """
        return Verifier(self._public(kind), lambda: self._public(kind))

    def _public(self, kind: KeyKind) -> dict[str, Ed25519PublicKey]:
        variable = f"{_variable(kind)}_PUBLIC"
        given = self._environment.get(variable, "").split()
        halves = dict(_public_half(text, variable) for text in given)
        ours = {
            key_id: Ed25519PrivateKey.from_private_bytes(material).public_key()
            for key_id, material in self._all(kind)
        }
        return halves | ours

    def master(self) -> tuple[str, bytes]:
        """Return the id and the 32 bytes of the master key in use. Raises `KeyMissing`."""
        return self._current(KeyKind.MASTER)

    def masters(self) -> dict[str, bytes]:
        """Return every master key by id, older ones too."""
        return dict(self._all(KeyKind.MASTER))

    def reads_folder(self) -> bool:
        """Say whether any kind of key is looked for in the folder, and not in the environment."""
        return not all(self._given(kind) for kind in KeyKind)

    def _given(self, kind: KeyKind) -> list[str]:
        return self._environment.get(_variable(kind), "").split()

    def _current(self, kind: KeyKind) -> tuple[str, bytes]:
        keys = self._all(kind)
        if not keys:
            raise KeyMissing(f"there is no {kind} key in the key folder ({self._folder})")
        return keys[-1]

    def _all(self, kind: KeyKind) -> list[tuple[str, bytes]]:
        if given := self._given(kind):
            materials = [self._decode(text.encode(), _variable(kind)) for text in given]
            return [(self._public_id(kind, material), material) for material in materials]
        try:
            texts = self._read(kind)
        except OSError as error:
            raise self._without(error, "read") from error
        keys = [self._decode(text, name) for name, text in texts]
        return [(self._public_id(kind, material), material) for material in keys]

    def _read(self, kind: KeyKind) -> list[tuple[str, bytes]]:
        """Return (name, what is in it) of each key file, the oldest first."""
        return [(path.name, path.read_bytes()) for path in self._files(f"{kind}-")]

    def _files(self, beginning: str) -> list[Path]:
        if not self._folder.exists():
            return []
        files = [p for p in self._folder.iterdir() if p.suffix == ".key"]
        files = [p for p in files if p.name.startswith(beginning)]
        return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))

    def _make_folder(self) -> None:
        if self._folder.exists():
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _persist(self._folder.parent)

    def _write(self, name: str, content: bytes) -> None:
        new = self._folder / f".{name}.{os.getpid()}.new"
        youngest = max((path.stat().st_mtime_ns for path in self._files("")), default=0)
        # The system's clock is coarse, and may have been set back: the order must not depend on it.
        written_at = max(time.time_ns(), youngest + 1)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.utime(file.fileno(), ns=(written_at, written_at))
                os.fsync(file.fileno())
            new.rename(self._folder / name)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        _persist(self._folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._make_folder()
            handle = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self._without(error, "written") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _without(self, error: OSError, done: str) -> KeyMissing:
        return KeyMissing(f"the key folder ({self._folder}) cannot be {done}: {error.strerror}")

    @staticmethod
    def _decode(text: bytes, where: str) -> bytes:
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
