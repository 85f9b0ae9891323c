"""What `rj up` says to the person who typed it."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, TextIO

from settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from keys import KeyKind
    from up.place import Place


def say(line: str) -> None:
    """Print a line at once."""
    _write(sys.stdout, line)


def complain(line: str) -> None:
    """Print a line at once, as an error."""
    _write(sys.stderr, line)


def _write(stream: TextIO, line: str) -> None:
    try:
        stream.write(line + "\n")
        stream.flush()
    except (OSError, ValueError):
        # The terminal is gone or the pipe closed: the service goes on, and must stop in order.
        return


def about_keys(made: Sequence[KeyKind], key_folder: Path, folder: Path) -> list[str]:
    """Return what must be known about the keys."""
    lines = []
    if made:
        lines.append(
            f"New keys were made in {key_folder}. Keep a copy of them apart from the data: without "
            "them the vault cannot be read."
        )
    if key_folder.is_relative_to(folder):
        lines.append(
            "The key folder is inside the data folder: whoever copies the data has the keys too."
        )
    return lines


def where(place: Place) -> list[str]:
    """Return where to look, once all is ready."""
    default = Settings.model_fields["data"].default.expanduser().resolve()
    prefix = "" if place.folder == default else f"RJ_DATA={shlex.quote(str(place.folder))} "
    if place.settings.keys is not None:
        prefix += f"RJ_KEYS={shlex.quote(str(place.settings.key_folder))} "
    return [
        "",
        "Everything is running. Ctrl-C stops it.",
        "Whoever looks at a case, a list or a text is logged: who, when, what and why.",
        "",
        f"  Data folder         {place.folder}",
        f"  Key folder          {place.settings.key_folder}",
        f"  Temporal's screens  {place.ui} (for operators)",
        "",
        f"In another terminal:  {prefix}rj commands",
        "",
    ]
