"""Sealing bytes under a key and opening them: AES-256-GCM, bound to the place they belong to.

What is stored is one form byte, the 12 bytes of the nonce, then ciphertext and tag. Another cipher
some day is another form byte; what is stored already stays as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ids import ALPHABET
from vault.problems import AlteredText

KEY_BYTES = 32
_FORM = b"\x01"
_NONCE_BYTES = 12
_BLOCK = 256
_END = b"\x80"


def bound_to(*place: str | int | bool) -> bytes:
    """Return the additional data for what belongs in this place: its parts as a JSON array."""
    return json.dumps(place, separators=(",", ":")).encode()


def seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Return the bytes encrypted under the 32-byte key; equal bytes never look alike."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, plain, place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Return what was sealed under this key for this place. Raises `AlteredText`."""
    nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if sealed[:1] != _FORM or len(nonce) != _NONCE_BYTES:
        raise AlteredText("what is stored is not in a form that this release knows")
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, place)
    except InvalidTag:
        raise AlteredText("what is stored was changed, or belongs to another place") from None


def digest(sealed: bytes) -> str:
    """Return the SHA-256 of what is stored (hexadecimal)."""
    return hashlib.sha256(sealed).hexdigest()


def pad(plain: bytes) -> bytes:
    """Fill up to a multiple of 256 bytes, so that the length does not tell a "no" from a "yes"."""
    return plain + _END + bytes(-(len(plain) + 1) % _BLOCK)


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given."""
    return padded[: padded.rindex(_END)]


def random_id(prefix: str) -> str:
    """Return `prefix`, a hyphen and 16 random characters (80 bits) of Crockford's base 32."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(16))
