"""Small files written whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from up.problem import cannot_write


def write_whole(path: Path, text: str) -> None:
    """Replace the file's content; whoever reads it sees the old text or the new one.

    Raises `Problem` if it cannot be written; the old text is then still there.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        new = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            with suppress(OSError):
                new.unlink()
            raise
    except OSError as error:
        raise cannot_write(path, error) from error
