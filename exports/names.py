"""The names that cases, people and everything else go by in an export."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from typing import TYPE_CHECKING, Protocol

from domain.ids import ALPHABET

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32
_LONGEST_FILE = 1024
_DIGITS = 16


class BadKey(Exception):
    """A file that is to hold a key for pseudonyms holds none; the text says why."""


class Names(Protocol):
    """Names for what an export tells of: always the same for the same thing, within the export."""

    def of(self, kind: str, name: str) -> str:
        """Return the name of this thing. `name` says which it is among all of its kind."""


class Pseudonyms:
    """Keyed pseudonyms: HMAC-SHA256, the first 80 bits. Nobody without the key can tell whose.

    With another key the same thing has another name, so two exports cannot be joined by names.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(KEY_BYTES)

    def of(self, kind: str, name: str) -> str:
        """Return the pseudonym: the first letters of its kind, and 16 Crockford digits."""
        digest = hmac.digest(self._key, f"{kind} {name}".encode(), hashlib.sha256)
        number = int.from_bytes(digest[: _DIGITS * 5 // 8])
        shifts = range((_DIGITS - 1) * 5, -1, -5)
        return f"{kind}-{''.join(ALPHABET[number >> shift & 31] for shift in shifts)}"


class References:
    """The references of the record as they are: whoever has access to it knows what is meant."""

    def of(self, kind: str, name: str) -> str:  # noqa: ARG002 - other names depend on the kind
        """Return the name as it is."""
        return name


def key_in(path: Path) -> bytes | None:
    """Return the key for pseudonyms in this file; None if there is no such file.

    Raises `BadKey` for a file that holds anything else, and `OSError`.
    """
    try:
        with path.open("rb") as file:
            held = file.read(_LONGEST_FILE).strip()
    except FileNotFoundError:
        return None
    try:
        key = base64.b64decode(held, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKey("it holds no key for pseudonyms: one is made where there is no file")
    return key


def new_key_in(path: Path) -> bytes:
    """Make a key for pseudonyms in a new file that only its owner may read, and return it.

    Raises `FileExistsError` and `OSError`.
    """
    key = secrets.token_bytes(KEY_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(key) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return key
