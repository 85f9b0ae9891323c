"""Files that somebody names: read here, so that no command ever has their names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.ending import nonsense
from cli.fields import fields_of
from vault import Unfit
from vault.scans import Scan

if TYPE_CHECKING:
    from domain.command import Command


def with_files(command: type[Command], given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, with what is in a file in the place of its name.

    Raises `Ended` for what cannot be read or is no scan; no file's name is repeated.
    """
    named = [f for f in fields_of(command) if f.is_file and isinstance(given.get(f.name), str)]
    return {**given, **{field.name: _read(field.option, given[field.name]) for field in named}}


def _read(option: str, name: str) -> Scan:
    try:
        with Path(name).expanduser().open("rb") as file:
            return Scan.taken_from(file)
    except (OSError, ValueError) as error:
        raise nonsense(f"{option}: {_why(error)}; nothing was sent") from None


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, Unfit):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"the file cannot be read: {error.strerror}"
    return "this can be no file's name"
