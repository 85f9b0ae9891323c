"""Checkpoints: how long a log is and what the root of its tree is, signed.

The form is that of C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint): a signed note whose
text is the log's name, its size and its root in base64, a line each. Whoever keeps one can show of
any later log whether it begins with what this one was made over.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.merkle import HASH_BYTES
from audit.note import Malformed, NotSigned, opened, sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.note import NoteKey, NoteSigner

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_ROOT = re.compile(r"[A-Za-z0-9+/]{43}=")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log's tree."""

    origin: str
    """Names the log: a URL without its scheme."""
    size: int
    """Entries."""
    root: bytes
    """Of the tree over them: 32 bytes."""

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Return what a note's text says. Raises `Malformed`. What follows in it is passed over."""
        origin, size, root, *more = text[:-1].split("\n") if text.count("\n") > 2 else [""] * 3  # noqa: PLR2004 - three lines at least
        if not origin or not _SIZE.fullmatch(size) or not _ROOT.fullmatch(root) or "" in more:
            raise Malformed("this is not a checkpoint: name, size and root, a line each")
        material = base64.b64decode(root)
        if len(material) != HASH_BYTES or base64.b64encode(material).decode() != root:
            raise Malformed("this is not a checkpoint: the root is no hash in base64")
        return cls(origin, int(size), material)

    def signed(self, signers: Iterable[NoteSigner]) -> str:
        """Return the checkpoint as a note, signed by each."""
        return sign(self.text, signers)


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint, and who of those trusted signed it."""

    checkpoint: Checkpoint
    by: tuple[NoteKey, ...]
    note: str
    """The whole of it, as it was signed."""


def open_checkpoint(note: bytes, trusted: Iterable[NoteKey]) -> Signed:
    """Return the checkpoint in a note that a trusted key of the log's own name has signed.

    Raises `Malformed` and `NotSigned`.
    """
    found = opened(note, trusted)
    checkpoint = Checkpoint.read(found.text)
    by = tuple(key for key in found.signed_by if key.name == checkpoint.origin)
    if not by:
        raise NotSigned("this checkpoint is of another log than the key that signed it")
    return Signed(checkpoint, by, note.decode())
