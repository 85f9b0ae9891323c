"""What keeps the service from starting or running: a sentence for people, and an exit code."""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""A full disk, a used-up quota, a file size limit."""

NOT_WRITEABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class Ending(IntEnum):
    """Exit codes of `rj up`, the same as those of the other commands."""

    STOPPED = 0
    NONSENSE = 2
    UNAVAILABLE = 3
    UNFORESEEN = 4


class Problem(Exception):
    """The service cannot start, or cannot go on. Its text is a sentence for people."""

    def __init__(self, sentence: str, ending: Ending = Ending.UNAVAILABLE) -> None:
        super().__init__(sentence)
        self.ending = ending


def cannot_write(path: Path, error: OSError) -> Problem:
    """Say in plain words why nothing can be written here."""
    if error.errno in NO_ROOM:
        return Problem(f"There is no room left on the disk to write {path}.")
    if error.errno in NOT_WRITEABLE:
        return Problem(
            f"{path} cannot be written: it is read-only for the user who runs this command."
        )
    return Problem(f"{path} cannot be written: {error.strerror or error}.")
