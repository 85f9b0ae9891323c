"""The installation that a command works on: its settings, the door to it, and ways to read it."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from cli.ending import nonsense, unavailable
from client import Door, Unavailable
from client.gate import Gate
from client.reading import Reading
from client.stores import Stores
from keys import KeyKind, Keyring
from logs import set_up
from settings import Mistyped, from_environment
from store import open_log
from up import installation
from up.running import find

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from settings import Settings

_DATABASES = ("log", "vault", "vault_keys", "access", "views")


def settings_now(data: Path | None = None) -> Settings:
    """Return the settings of the environment, `data` in the place of its data folder if given.

    What the parts log while a person types is for the service's own processes: it is silent here,
    and RJ_LOG_LEVEL brings it to standard error. Raises `Ended` for a setting that makes no sense.
    """
    try:
        settings = from_environment() if data is None else from_environment(data=data)
    except Mistyped as error:
        raise nonsense(*error.sentences) from None
    asked = "RJ_LOG_LEVEL" in os.environ
    set_up(settings.log_format, settings.log_level if asked else "critical")
    return settings


def installed() -> Settings:
    """Return the settings of an installation that is there. Raises `Ended` if there is none."""
    settings = settings_now()
    require_data(settings)
    return settings


def require_data(settings: Settings) -> None:
    """See that the installation is there. Raises `Ended` if it is not.

    Nothing is made: a mistyped folder must not become an installation.
    """
    if not has_data(settings):
        raise unavailable(
            f"there is no data of this service in {settings.folder}: start it there with `rj up`, "
            "or say with RJ_DATA where it is"
        )


def has_data(settings: Settings) -> bool:
    """Say whether there is an installation: in the data folder, or wholly elsewhere."""
    elsewhere = settings.keys is not None and all(
        getattr(settings, f"{name}_url") for name in _DATABASES
    )
    return elsewhere or installation.read(settings.folder) is not None


@asynccontextmanager
async def door_to(settings: Settings) -> AsyncIterator[Door]:
    """Open the door of the installation for commands, and close it.

    Raises `Ended` if nothing is running there, and what the stores raise.
    """
    door = await Door.connect(_served(settings))
    try:
        yield door
    finally:
        door.close()


@contextmanager
def reading_of(settings: Settings) -> Iterator[Reading]:
    """Open the record for reading, which needs no server, and close it."""
    keyring = Keyring(settings.key_folder)
    log = open_log(settings.database("log"), None, keyring.verifier(KeyKind.SEAL), create=False)
    try:
        stores = Stores(settings, keyring, log)
        try:
            yield Reading(log, stores, Gate(log))
        finally:
            stores.close()
    finally:
        log.close()


def _served(settings: Settings) -> Settings:
    """Return the settings with the address of the server that `rj up` started, if none is set."""
    if settings.temporal_address:
        return settings
    running = find(settings)
    if running is None:
        raise Unavailable(
            f"nothing is running on {settings.folder}: start it with `rj up`, or say with "
            "RJ_DATA where it runs"
        )
    return settings.model_copy(update={"temporal_address": running.temporal})
