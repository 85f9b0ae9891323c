"""Ports on loopback: the ones that were asked for, or free ones that stay ours over a restart."""

from __future__ import annotations

import random
import socket
from dataclasses import dataclass

from up.problem import Ending, Problem

LOOPBACK = "127.0.0.1"

_RANGE = range(20_000, 32_000)
"""Below the ports that systems give to outgoing connections (from 32768 on Linux), so that nobody
takes ours while a killed server is being started again."""

_TRIES = 200


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the Temporal server listens."""

    temporal: int
    ui: int


def choose(temporal: int | None, ui: int | None) -> Ports:
    """Return the ports asked for, and free ones for those left out.

    Raises `Problem` if one that was asked for is in use or may not be used.
    """
    if temporal is not None and temporal == ui:
        raise Problem(f"RJ_UP_PORT and RJ_UP_UI_PORT are both {ui}.", Ending.NONSENSE)
    first = _free({ui}) if temporal is None else _wanted(temporal, "RJ_UP_PORT")
    second = _free({first}) if ui is None else _wanted(ui, "RJ_UP_UI_PORT")
    return Ports(first, second)


def _wanted(port: int, setting: str) -> int:
    error = _try(port)
    if isinstance(error, PermissionError):
        raise Problem(f"Port {port} ({setting}) may not be used by this user; name another.")
    if error is not None:
        raise Problem(
            f"Port {port} ({setting}) is in use by another program; stop that, or name another."
        )
    return port


def _free(taken: set[int | None]) -> int:
    for _ in range(_TRIES):
        port = random.choice(_RANGE)  # noqa: S311 - a port is no secret
        if port not in taken and _try(port) is None:
            return port
    raise Problem(f"No free port was found between {_RANGE.start} and {_RANGE.stop - 1}.")


def _try(port: int) -> OSError | None:
    """Listen there for an instant, the way a Go server does."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
            listener.listen(1)
        except OSError as error:
            return error
    return None
