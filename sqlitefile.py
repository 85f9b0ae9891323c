"""An SQLite file that is open: whether it is still the one that stands under its name.

SQLite goes on writing to a file that was deleted or renamed, and nobody would find it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TAKEN_AWAY = (
    "{place} was taken away or replaced while it was open: stop the service, see what is there, "
    "and start it again"
)
"""What people are told then."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The file that stood under a name when it was opened. To be asked before each use, and once
    more before a write is acknowledged."""

    path: Path
    identity: tuple[int, int] | None
    """Its device and its number there; None if there was no file."""

    @classmethod
    def at(cls, path: Path) -> OpenFile:
        """Return the file that stands there now."""
        return cls(path, _identity(path))

    def is_still_there(self) -> bool:
        """Say whether the same file stands there still."""
        return _identity(self.path) == self.identity


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
