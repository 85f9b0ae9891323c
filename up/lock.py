"""One `rj up` for each data folder: a lock on a file, held as long as anything of it runs.

The children inherit the lock, so that it is free only when the last of them is gone, also after the
supervisor was killed: two workers or two Temporal servers never share a folder.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from typing import TYPE_CHECKING

from up.problem import Problem, cannot_write

if TYPE_CHECKING:
    from pathlib import Path

LOCK_FILE = "up.lock"
PATIENCE = 1.5
"""Seconds to wait for the lock: children of a killed supervisor need a moment to be gone, and a
look by another command holds it for an instant."""


class FolderLock:
    """The lock of one data folder, once taken."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    @classmethod
    async def take(cls, folder: Path) -> FolderLock:
        """Take the lock. Raises `Problem` if another `rj up` holds it."""
        path = folder / LOCK_FILE
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise cannot_write(path, error) from error
        try:
            await cls._wait(handle, folder)
            _note_pid(handle, path)
        except BaseException:
            os.close(handle)
            raise
        return cls(handle)

    @staticmethod
    async def _wait(handle: int, folder: Path) -> None:
        clock = asyncio.get_running_loop().time
        until = clock() + PATIENCE
        while not _try(handle, fcntl.LOCK_EX):
            if clock() > until:
                pid = os.pread(handle, 20, 0).decode(errors="replace").strip()
                raise Problem(
                    f"`rj up` is already running on {folder}"
                    + (f" (process {pid})" if pid.isdigit() else "")
                    + ". Stop it first, or start on another folder."
                )
            await asyncio.sleep(0.05)

    def release(self) -> None:
        """Give the lock back: it is free when the children are gone too."""
        os.close(self.handle)


def is_held(folder: Path) -> bool:
    """Say whether an `rj up` (or what is left of one) runs on this folder."""
    try:
        handle = os.open(folder / LOCK_FILE, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _try(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note_pid(handle: int, path: Path) -> None:
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    except OSError as error:
        raise cannot_write(path, error) from error
