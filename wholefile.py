"""A file that has its name only once all of it is on the disk: killed, full or broken off, it never
gets it. Nor does it lose it once it was said to be written."""

from __future__ import annotations

import os
from contextlib import contextmanager
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter
    from pathlib import Path

UNFINISHED = ".part"
"""What the name of a file ends with until all of it is there."""


@contextmanager
def written_whole(path: Path, *, over: bool = False) -> Iterator[BufferedWriter]:
    """Give a file to write, which only its owner may read; it is under `path` once all is well.

    Whatever is raised meanwhile leaves nothing behind; a kill leaves a file of another name, and
    two who write at once get one each. Raises `FileExistsError` if there is such a file already,
    at the beginning or by the end, and `OSError`. With `over` it takes the place of such a file,
    which stays as it is until then.
    """
    _refuse_if_there(path, over=over)
    unfinished = path.with_name(f"{path.name}.{token_hex(4)}{UNFINISHED}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _refuse_if_there(path, over=over)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    try:
        _keep_names(path.parent)
    except BaseException:
        if not over:
            path.unlink(missing_ok=True)
        raise


def _refuse_if_there(path: Path, *, over: bool) -> None:
    if not over and (path.exists() or path.is_symlink()):
        raise FileExistsError(path)


def _keep_names(folder: Path) -> None:
    """See that the names in a folder are on the disk: a file's own bytes do not hold its name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
