"""Reaching the Temporal server."""

from __future__ import annotations

from temporalio.client import Client

from client.failures import Unavailable
from workflows.converter import converter


async def connect(address: str, namespace: str, identity: str, *, lazy: bool = False) -> Client:
    """Return a client of the Temporal server at host:port. Raises `Unavailable`.

    `identity` is what the server's own records call it. A lazy one connects when it is first
    used; it cannot serve a worker.
    """
    if not address:
        raise Unavailable(
            "nothing is running on this data folder: start it with `rj up`, "
            "or set RJ_TEMPORAL_ADDRESS"
        )
    try:
        return await Client.connect(
            address,
            namespace=namespace,
            data_converter=converter,
            identity=identity,
            lazy=lazy,
        )
    except RuntimeError:
        raise Unavailable(f"the Temporal server at {address} does not answer") from None
