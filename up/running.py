"""Where what `rj up` started can be found: a small file in the data folder while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from settings import RUNTIME_FILE
from up.files import write_whole
from up.lock import is_held
from up.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from settings import Settings


class Running(BaseModel):
    """What runs on a data folder, and where. Nothing in it is a secret."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    installation: str
    """Id of the installation in the data folder."""
    temporal: str
    """Temporal's front end, host:port."""
    ui: str
    """Temporal's own screens, a URL."""
    namespace: str
    pid: int
    """Process id of the supervisor."""
    started: AwareDatetime


def publish(folder: Path, running: Running) -> None:
    """Say where it runs. Raises `Problem` if that cannot be written."""
    write_whole(folder / RUNTIME_FILE, running.model_dump_json(indent=2) + "\n")


def withdraw(folder: Path) -> None:
    """Say that nothing runs any more."""
    (folder / RUNTIME_FILE).unlink(missing_ok=True)


def find(settings: Settings) -> Running | None:
    """Return what runs on this data folder; None if nothing does, or it is not ready yet.

    The lock is asked, not the process id: what a killed `rj up` left behind counts for nothing.
    Raises `Problem` if the folder does not let itself be read.
    """
    path = settings.folder / RUNTIME_FILE
    try:
        text = path.read_text(encoding="utf-8")
        if not is_held(settings.folder):
            return None
        return Running.model_validate_json(text)
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise Problem(f"{path} cannot be read; stop `rj up` and start it again.") from error
