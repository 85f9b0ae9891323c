"""`rj up`: everything on one machine, a first practitioner, and a demonstration if it is wished."""

from __future__ import annotations

import asyncio
import getpass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.demo.enter import demonstration, enter, holds_other_cases
from cli.ending import nonsense
from cli.first import first_practitioner, is_empty, is_registered, register_first, seed_of
from cli.installed import settings_now
from cli.output import tell
from cli.progress import progress
from client import Door
from client.admission import UNVERIFIED
from domain.commands.opening import SERVICE
from keys import KeyKind, Keyring
from store import open_log
from up import installation
from up.run import run

if TYPE_CHECKING:
    from settings import Settings
    from up.running import Running

Data = Annotated[
    Path | None,
    Parameter(
        name="--data",
        metavar="DIR",
        help="the folder of the databases; RJ_DATA, or ~/.local/share/rj, if left out",
        negative="",
    ),
]
Demo = Annotated[
    bool,
    Parameter(
        name="--demo",
        help="fill it with invented cases, one for each path; not where there are other cases",
        negative="",
        show_default=False,
    ),
]


def up(*, data: Data = None, demo: Demo = False) -> int:
    """Start everything on this machine and keep it running until Ctrl-C.

    A new folder gets keys of its own and a first practitioner: administrator and supervisor.
    """
    settings = settings_now(data)
    if demo:
        _refuse_verified(settings)
        _refuse_other_cases(settings)
    return asyncio.run(run(settings, on_ready=partial(_on_ready, settings, demo)))


def _refuse_verified(settings: Settings) -> None:
    if not settings.allow_unverified:
        raise nonsense(
            "a demonstration has practitioners whom nobody vouches for, which "
            "RJ_ALLOW_UNVERIFIED=false refuses"
        )


def _refuse_other_cases(settings: Settings) -> None:
    """Before anything is started. Raises `Ended`."""
    if installation.read(settings.folder) is None:
        return
    log = settings.folder / "log.db"
    if not settings.log_url and not log.exists():
        return
    keyring = Keyring(settings.key_folder)
    seals = keyring.verifier(KeyKind.SEAL)
    opened = open_log(settings.database("log"), None, seals, create=False)
    try:
        if holds_other_cases(opened):
            raise nonsense(
                f"{settings.folder} holds other cases: a demonstration goes into an empty folder, "
                "such as one named with --data"
            )
    finally:
        opened.close()


async def _on_ready(settings: Settings, demo: bool, running: Running) -> None:
    door = await Door.connect(settings.model_copy(update={"temporal_address": running.temporal}))
    try:
        seed = seed_of(settings)
        first = first_practitioner(seed)
        if not settings.allow_unverified:
            _point_to_setup(door)
        elif await register_first(door, seed, UNVERIFIED, _whoever_starts_it()):
            tell("")
            tell("The register was empty: you are its first administrator and supervisor, as")
            tell(f"{first}. Nothing vouches for it but the name (entries say: unverified).")
        if demo:
            with progress("Entering the demonstration") as moved:
                shown = demonstration(door.readings.log, running.installation, first)
                entered = await enter(door, shown, moved)
            tell("")
            tell(f"The demonstration is there ({entered} commands entered): all of it is invented.")
        if settings.allow_unverified and is_registered(door.readings.log, first):
            tell("")
            tell(f"Act as the first practitioner with --as {first}, or with")
            tell(f"  export RJ_ACTOR='{first}'")
    finally:
        door.close()


def _point_to_setup(door: Door) -> None:
    if is_empty(door.readings.log):
        tell("")
        tell("Nobody is in the register yet: `rj setup` enters the first administrator.")


def _whoever_starts_it() -> dict[str, Any]:
    """Return the entry of whoever starts it, so that somebody can begin."""
    entry = {
        "kind": "SERVICE_STAFF",
        "organisation": SERVICE,
        "roles": ("ADMINISTRATOR", "SUPERVISOR", "INTAKE"),
        "credentials": ("AWARENESS", "SUPERVISION"),
    }
    try:
        return {**entry, "details": {"name": getpass.getuser()}}
    except (OSError, KeyError):
        # A container's user may have no name.
        return entry
