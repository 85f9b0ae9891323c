"""Checkpoints: how long a log is and what the root of its tree is, signed.

The form is that of C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint): a signed note whose
text is the log's name, its size and its root in base64, a line each. Whoever keeps one can show of
any later log whether it begins with what this one was made over. An extension line names where each
stream ended then, so that it can be shown of one case that its end is there.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.merkle import HASH_BYTES
from audit.note import Malformed, NotSigned, opened, sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.note import NoteKey, NoteSigner

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_ROOT = re.compile(r"[A-Za-z0-9+/]{43}=")
_ENDS = re.compile(r"ends (0|[1-9][0-9]{0,18}) ([A-Za-z0-9+/]{43}=)")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the streams of a log end: how many there are, and the root of the tree over their
    ends (32 bytes; `audit/verify/ends.py`)."""

    streams: int
    root: bytes

    @property
    def line(self) -> str:
        """The extension line that says it."""
        return f"ends {self.streams} {base64.b64encode(self.root).decode()}"

    @classmethod
    def among(cls, lines: Iterable[str]) -> Ends | None:
        """Return what the extension lines say; None if none of them does. Raises `Malformed`."""
        said = [one for one in lines if one.startswith("ends ")]
        if not said:
            return None
        found = _ENDS.fullmatch(said[0])
        if found is None or len(said) > 1:
            raise Malformed("this is not a checkpoint: the line of its ends is none")
        return cls(int(found[1]), _hash(found[2]))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log's tree."""

    origin: str
    """Names the log: a URL without its scheme."""
    size: int
    """Entries."""
    root: bytes
    """Of the tree over them: 32 bytes."""
    ends: Ends | None = field(default=None, compare=False)
    """Where its streams ended; older checkpoints do not say it."""

    @property
    def text(self) -> str:
        """What is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        lines += [self.ends.line] if self.ends else []
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Return what a note's text says. Raises `Malformed`. Other lines in it are passed over."""
        origin, size, root, *more = text[:-1].split("\n") if text.count("\n") > 2 else [""] * 3  # noqa: PLR2004 - three lines at least
        if not origin or not _SIZE.fullmatch(size) or not _ROOT.fullmatch(root) or "" in more:
            raise Malformed("this is not a checkpoint: name, size and root, a line each")
        return cls(origin, int(size), _hash(root), Ends.among(more))

    def signed(self, signers: Iterable[NoteSigner]) -> str:
        """Return the checkpoint as a note, signed by each."""
        return sign(self.text, signers)


def _hash(said: str) -> bytes:
    material = base64.b64decode(said)
    if len(material) != HASH_BYTES or base64.b64encode(material).decode() != said:
        raise Malformed("this is not a checkpoint: the root is no hash in base64")
    return material


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
