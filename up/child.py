"""A row in the table of children: what is started, how, when it is ready, how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from up.place import Place
    from up.process import Process


def _nothing(_place: Place) -> None:
    """Most children need no preparation."""


def _here(_place: Place) -> Path | None:
    """Most children run in the folder that the command was typed in."""


@dataclass(frozen=True, slots=True)
class Child:
    """One of the programs that make up the service. They start in order and stop in reverse."""

    name: str
    """Names its log file: `<name>.log`."""
    title: str
    """How sentences begin: "The worker"."""
    command: Callable[[Place], list[str]]
    """The program, absolute, and its arguments. No secret and nothing personal in them."""
    environment: Callable[[Place], Mapping[str, str]]
    ready: Callable[[Place, Process], Awaitable[None]]
    """Returns when it really does its work; asked after each start."""
    prepare: Callable[[Place], None] = _nothing
    """Done before each start; may raise `Problem`."""
    folder: Callable[[Place], Path | None] = _here
    ready_within: float = 60.0
    """Seconds; a child that is not ready by then is stopped and started again."""
    stop_within: float = 10.0
    """Seconds between SIGTERM and SIGKILL."""
