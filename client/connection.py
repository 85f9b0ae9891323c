"""Reaching the Temporal server."""

from __future__ import annotations

import logging
from functools import cache

from temporalio.client import Client
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

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
            runtime=_runtime(),
        )
    except RuntimeError:
        raise Unavailable(f"the Temporal server at {address} does not answer") from None


@cache
def _runtime() -> Runtime:
    """Return the one of this process, whose own log lines go where all others go.

    By default they are written to standard output, among what a program was asked for.
    """
    forwarding = LogForwardingConfig(
        logger=logging.getLogger("temporalio.core"),
        append_target_to_name=False,
        append_log_fields_to_message=False,
    )
    filtered = TelemetryFilter(core_level="WARN", other_level="ERROR")
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filtered, forwarding)))
