"""Writing a file that was not there: whole or not at all, and only its owner may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ending import nonsense
from wholefile import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def check_new(file: Path) -> None:
    """See that the file can be made, before anything is reckoned for it. Raises `Ended`."""
    if file.exists():
        raise nonsense(f"{file.name} is there already: nothing is written over")
    if not file.parent.is_dir():
        raise nonsense(f"there is no such folder for {file.name}")


def write_new(file: Path, content: str | Iterable[bytes]) -> int:
    """Write the file, durably, and return its bytes. Raises `Ended` if it is there, and `OSError`.

    What comes in pieces is written piece by piece; what their source raises is passed on.
    """
    pieces = [content.encode()] if isinstance(content, str) else content
    try:
        with written_whole(file) as out:
            return sum(out.write(piece) for piece in pieces)
    except FileExistsError:
        raise nonsense(f"{file.name} is there already: nothing is written over") from None
