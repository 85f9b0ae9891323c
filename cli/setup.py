"""The first practitioner of a new installation: whoever starts it, so that somebody can begin."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

from client.admission import UNVERIFIED
from domain.commands.opening import SERVICE
from domain.ids import PRACTITIONER_PREFIX, reference

if TYPE_CHECKING:
    from client import Door
    from store import Log

SETUP = "service:setup"
_ROLES = ("ADMINISTRATOR", "SUPERVISOR", "INTAKE")
_CREDENTIALS = ("AWARENESS", "SUPERVISION")


def first_practitioner(installation: str) -> str:
    """Return the reference that the first practitioner of this installation has."""
    return reference(PRACTITIONER_PREFIX, _command_id(installation))


def is_registered(log: Log, practitioner: str) -> bool:
    """Say whether there is somebody of this reference."""
    return bool(log.load(practitioner))


async def set_up(door: Door, installation: str) -> bool:
    """Register the first administrator and supervisor if the register is empty; say if it was.

    Raises what the door raises.
    """
    if any(s.startswith(f"{PRACTITIONER_PREFIX}-") for s in door.readings.log.streams()):
        return False
    await door.do(
        SETUP,
        UNVERIFIED,
        "register_practitioner",
        {
            "kind": "SERVICE_STAFF",
            "organisation": SERVICE,
            "roles": _ROLES,
            "credentials": _CREDENTIALS,
            **_details(),
        },
        command_id=_command_id(installation),
        origin="setup",
    )
    return True


def _command_id(installation: str) -> str:
    # The same for the same installation, so that it happens once.
    return f"setup:{installation}"


def _details() -> dict[str, Any]:
    try:
        return {"details": {"name": getpass.getuser()}}
    except (OSError, KeyError):
        # A container's user may have no name.
        return {}
