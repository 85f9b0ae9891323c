"""Which installation a data folder belongs to: its id, its format, and the keys it goes with."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from up.files import write_whole
from up.problem import Ending, Problem, cannot_write

if TYPE_CHECKING:
    from pathlib import Path

FILE = "installation.json"
FORMAT = 1
"""Format of the data folder that this release reads and writes."""

_OURS = ("log.db", "vault.db", "access.db", "views.db", "temporal.db", "logs", "up.lock", "up.json")
_NOBODYS = ("lost+found",)


class Installation(BaseModel):
    """The content of `installation.json`; what a later release adds is kept."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    id: str = Field(pattern=r"^[0-9a-f]{16}$")
    format: int = FORMAT
    keys: dict[str, str] = Field(default_factory=dict)
    """Id of the key in use by kind, when it was last started. An id is no secret."""


def read(folder: Path) -> Installation | None:
    """Return the installation in this folder, None if there is none yet. Changes nothing.

    Raises `Problem` for a folder that this release must not touch: one of a newer release, or one
    that holds something else.
    """
    if folder.exists() and not folder.is_dir():
        raise Problem(f"{folder} is a file; the data folder must be a folder.", Ending.NONSENSE)
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        _refuse_foreign(folder)
        return None
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error
    try:
        installation = Installation.model_validate_json(text)
    except ValidationError as error:
        raise Problem(f"{path} is damaged; put it back from the back-up.") from error
    if installation.format > FORMAT:
        raise Problem(
            f"{folder} was written by a newer release (format {installation.format}; this release "
            f"knows {FORMAT}). Start it with that release."
        )
    return installation


def found(folder: Path) -> Installation:
    """Return the installation in this folder, made if there is none yet. Raises `Problem`."""
    installation = read(folder)
    if installation is None:
        installation = Installation(id=secrets.token_hex(8))
        save(folder, installation)
    return installation


def make_folder(folder: Path) -> None:
    """Make the data folder if it is not there, for its owner only. Raises `Problem`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def save(folder: Path, installation: Installation) -> None:
    """Write `installation.json`. Raises `Problem`."""
    write_whole(folder / FILE, installation.model_dump_json() + "\n")


def _refuse_foreign(folder: Path) -> None:
    try:
        names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    except OSError as error:
        raise Problem(f"{folder} cannot be read: {error.strerror}.") from error
    if names.intersection(_OURS):
        return
    if any(not name.startswith(".") and name not in _NOBODYS for name in names):
        raise Problem(
            f"{folder} holds other files and no data of this service. Name an empty folder, or one "
            "that is not there yet.",
            Ending.NONSENSE,
        )
