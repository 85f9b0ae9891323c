"""One data folder for each key folder: a lock, held by all that write a log with these keys.

A copied data folder goes with the same keys as the original. If both were used at once, each would
seal a history of its own, both equally well: a fork that nobody could tell from the record. The
lock is shared by all processes of one data folder, and whoever holds it has seen its name in it.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keys import Keyring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from settings import Settings

LOCK_FILE = "used-by.lock"
PATIENCE = 1.5
"""Seconds to wait: what a killed process has left behind needs a moment to be gone."""
_FILE = "sqlite:///"
_SOMEBODY = "another data folder"
_LARGEST = 16 * 1024
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class NotHeld(Exception):
    """The key folder is in use by another data folder, or cannot be locked; the text says so."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What was taken: a handle for the children to inherit, or none where nothing is locked."""

    handle: int | None
    notice: str = ""
    """What people must know if it could not be locked."""

    def release(self) -> None:
        """Give it back: it is free when the children that inherited it are gone too."""
        if self.handle is not None:
            os.close(self.handle)


def hold(settings: Settings) -> Hold:
    """Hold the key folder for the data folder of these settings.

    Nothing is held where a copied data folder could not fork the record: a log that is no file, or
    no key folder because keys and data keys are elsewhere; nor, with a notice, in a key folder
    that this user cannot write. Raises `NotHeld`.
    """
    folder = settings.key_folder
    if not _is_needed(settings):
        return Hold(None)
    path = folder / LOCK_FILE
    try:
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotHeld(
            f"The data folder {settings.folder} cannot be made: {error.strerror}."
        ) from error
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        if error.errno in _READ_ONLY:
            return Hold(
                None,
                f"The key folder {folder} is read-only here: that no copy of the data folder uses "
                "the same keys at the same time is for you to see to.",
            )
        raise _cannot(folder, error) from error
    try:
        _take(handle, folder, settings.folder)
    except BaseException:
        os.close(handle)
        raise
    return Hold(handle)


@contextmanager
def held(settings: Settings) -> Iterator[Hold]:
    """Hold the key folder meanwhile; see `hold`."""
    taken = hold(settings)
    try:
        yield taken
    finally:
        taken.release()


def _is_needed(settings: Settings) -> bool:
    if not settings.database("log").startswith(_FILE):
        return False
    data_keys = settings.database("vault_keys")
    inside = data_keys.startswith(f"{_FILE}{settings.key_folder}{os.sep}")
    return inside or Keyring(settings.key_folder).reads_folder()


def _take(handle: int, folder: Path, data: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            user = _shared(handle, data)
        except OSError as error:
            raise _cannot(folder, error) from error
        if user is None:
            return
        if time.monotonic() > until:
            raise NotHeld(
                f"The key folder {folder} is in use by {user}: two copies of one record must not "
                "both go on, for nobody could tell them apart. Stop that one first, or start on an "
                "empty folder with a key folder of its own."
            )
        time.sleep(0.05)


def _shared(handle: int, data: Path) -> str | None:
    """Try once to share the lock; return None, or who has it."""
    if _try(handle, fcntl.LOCK_EX):
        _write(handle, data)
    # Between the two another may come in and write another name: hence it is read again, and only
    # while the lock is held, under which nobody writes.
    if not _try(handle, fcntl.LOCK_SH):
        return _SOMEBODY
    user, identity = _read(handle)
    if identity == _identity(data):
        return None
    fcntl.flock(handle, fcntl.LOCK_UN)
    return user


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(handle: int, data: Path) -> None:
    text = json.dumps({"folder": str(data), "identity": _identity(data)}) + "\n"
    os.ftruncate(handle, 0)
    os.pwrite(handle, text.encode(), 0)


def _read(handle: int) -> tuple[str, list[int] | None]:
    try:
        found = json.loads(os.pread(handle, _LARGEST, 0))
        return f"the data folder {found['folder']}", found["identity"]
    except (ValueError, KeyError, TypeError):
        return _SOMEBODY, None


def _identity(data: Path) -> list[int]:
    # Not its name: containers have the same name for different folders.
    found = data.stat()
    return [found.st_dev, found.st_ino]


def _cannot(folder: Path, error: OSError) -> NotHeld:
    return NotHeld(f"The key folder {folder} cannot be locked: {error.strerror}.")
