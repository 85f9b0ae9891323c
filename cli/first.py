"""The first practitioner of a register: entered once, while nobody is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from client import Nonsense
from domain.ids import PRACTITIONER_PREFIX, reference
from up import installation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from client import Door
    from settings import Settings
    from store import Log

SETUP = "service:setup"
_ONE_REGISTER = "register"


def seed_of(settings: Settings) -> str:
    """Return what the first practitioner's command id is made of: the same for all who set up the
    same register, so that of two at once one is first.

    A log on a server may be reached from several data folders, and from none.
    """
    found = None if settings.log_url else installation.read(settings.folder)
    return found.id if found else _ONE_REGISTER


def first_practitioner(seed: str) -> str:
    """Return the reference that the first practitioner has."""
    return reference(PRACTITIONER_PREFIX, _command_id(seed))


def is_registered(log: Log, practitioner: str) -> bool:
    """Say whether there is somebody of this reference."""
    return bool(log.load(practitioner))


def is_empty(log: Log) -> bool:
    """Say whether nobody is in the register."""
    return not any(s.startswith(f"{PRACTITIONER_PREFIX}-") for s in log.streams())


async def register_first(
    door: Door, seed: str, identified: str, entry: Mapping[str, Any]
) -> str | None:
    """Register the first practitioner with these fields; return their reference.

    `identified` is how it is known who does it. Returns None if somebody is in the register, also
    if they came in at the same moment. Raises what the door raises.
    """
    if not is_empty(door.readings.log):
        return None
    try:
        answer = await door.do(
            SETUP,
            identified,
            "register_practitioner",
            entry,
            command_id=_command_id(seed),
            origin="setup",
        )
    except Nonsense:
        # The same command with other words: unless it makes no sense at all, another was first.
        if is_empty(door.readings.log):
            raise
        return None
    return answer.stream


def _command_id(seed: str) -> str:
    return f"setup:{seed}"
