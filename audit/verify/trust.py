"""What somebody trusts: the public keys and the checkpoints that they have kept."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit.checkpoint import open_checkpoint
from audit.note import LONGEST, NAME, Malformed, NoteKey, NotSigned
from audit.verify.entry import seal_key_id
from audit.verify.findings import CouldNotVerify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.checkpoint import Checkpoint
    from audit.verify.entry import Seals

SUFFIX = ".checkpoint"
_SEAL_KEY = re.compile(r"seal\+([0-9a-f]{16})\+([A-Za-z0-9+/]{43}=)")


@dataclass(frozen=True, slots=True)
class Trusted:
    """The keys: of the notary, which signs checkpoints, and of the seals, by id."""

    notaries: list[NoteKey] = field(default_factory=list)
    seals: Seals = field(default_factory=dict)


def seal_key_line(public: bytes) -> str:
    """Return the line that a seal's public key is handed over as."""
    return f"seal+{seal_key_id(public)}+{base64.b64encode(public).decode()}"


def trusted(given: Iterable[str]) -> Trusted:
    """Return the keys that are given as text, or in files of a key a line.

    Raises `CouldNotVerify` for what is no key, and if there is none of a notary.
    """
    found = Trusted()
    for one in given:
        for line in _lines(one):
            _take(found, line.strip())
    if not found.notaries:
        raise CouldNotVerify("no key of a notary was given: checkpoints cannot be checked")
    return found


def _lines(given: str) -> list[str]:
    if "\n" in given or _SEAL_KEY.fullmatch(given) or "+" in given:
        return given.splitlines()
    return _bytes(Path(given), "the keys").decode(errors="replace").splitlines()


def _take(found: Trusted, line: str) -> None:
    if not line or line.startswith("#"):
        return
    if seal := _SEAL_KEY.fullmatch(line):
        public = base64.b64decode(seal[2])
        if seal_key_id(public) != seal[1]:
            raise CouldNotVerify("the id of a seal's key does not go with it")
        found.seals[seal[1]] = Ed25519PublicKey.from_public_bytes(public)
        return
    try:
        found.notaries.append(NoteKey.read(line))
    except Malformed:
        raise CouldNotVerify(
            "a key is not one: name+id+base64 for the notary's, seal+id+base64 for a seal's"
        ) from None


def checkpoints(given: Iterable[Path], keys: Trusted, origin: str) -> list[Checkpoint]:
    """Return the checkpoints in these files and folders, by size.

    Those of other logs than `origin` are passed over in a folder, where several may lie together.
    Raises `CouldNotVerify` for what is none, or none that a known key has signed.
    """
    found = [_checkpoint(path, keys) for path in _files(given, origin)]
    if not found:
        raise CouldNotVerify(
            f"no checkpoint was given of {origin}: without an earlier one nobody can tell what is "
            "missing"
        )
    return sorted(found, key=lambda one: one.size)


def _files(given: Iterable[Path], origin: str) -> Iterable[Path]:
    for path in given:
        if path.is_dir():
            files = sorted(path.rglob(f"*{SUFFIX}"))
            yield from (file for file in files if not _is_of_another(file, origin))
        else:
            yield path


def _is_of_another(file: Path, origin: str) -> bool:
    name, newline, _ = _bytes(file, "the checkpoint").partition(b"\n")
    return (
        bool(newline)
        and NAME.fullmatch(name.decode(errors="replace")) is not None
        and (name != origin.encode())
    )


def _checkpoint(path: Path, keys: Trusted) -> Checkpoint:
    note = _bytes(path, "the checkpoint")
    try:
        return open_checkpoint(note, keys.notaries).checkpoint
    except (Malformed, NotSigned) as error:
        raise CouldNotVerify(f"{path.name}: {error}") from None


def _bytes(path: Path, what: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "there is no such file"
        raise CouldNotVerify(f"{what} cannot be read: {why}") from None
