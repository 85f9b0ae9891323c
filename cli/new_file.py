"""Writing a file that was not there: whole or not at all, and only its owner may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ending import nonsense
from wholefile import written_whole

if TYPE_CHECKING:
    from pathlib import Path


def check_new(file: Path) -> None:
    """See that the file can be made, before anything is reckoned for it. Raises `Ended`."""
    if file.exists():
        raise nonsense(f"{file.name} is there already: nothing is written over")
    if not file.parent.is_dir():
        raise nonsense(f"there is no such folder for {file.name}")


def write_new(file: Path, text: str) -> None:
    """Write the file, durably. Raises `Ended` if it is there, and `OSError`."""
    try:
        with written_whole(file) as out:
            out.write(text.encode())
    except FileExistsError:
        raise nonsense(f"{file.name} is there already: nothing is written over") from None
