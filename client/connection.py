"""Finding and reaching the Temporal server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from client.failures import Unavailable
from settings import RUNTIME_FILE

if TYPE_CHECKING:
    from settings import Settings


def address(settings: Settings) -> str:
    """Return host and port of the server: as set, or what `rj up` started on this folder.

    Raises `Unavailable` when neither says anything.
    """
    if settings.temporal_address:
        return settings.temporal_address
    path = settings.folder / RUNTIME_FILE
    try:
        return str(json.loads(path.read_text())["temporal"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Unavailable(
            "nothing is running on this data folder: start it with `rj up`, "
            "or set RJ_TEMPORAL_ADDRESS"
        ) from None


async def connect(settings: Settings, identity: str, *, lazy: bool = False) -> Client:
    """Return a client of the Temporal server. Raises `Unavailable`.

    A lazy one connects when it is first used; it cannot serve a worker.
    """
    where = address(settings)
    try:
        return await Client.connect(
            where,
            namespace=settings.temporal_namespace,
            data_converter=pydantic_data_converter,
            identity=identity,
            lazy=lazy,
        )
    except RuntimeError:
        raise Unavailable(f"the Temporal server at {where} does not answer") from None
