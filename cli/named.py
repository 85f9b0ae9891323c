"""Finding a command by the name that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import domain.decide  # noqa: F401 - loads every command
from cli.ending import nonsense
from cli.mistyped import close_to
from domain.command import COMMANDS

if TYPE_CHECKING:
    from domain.command import Command


def command_named(typed: str) -> type[Command]:
    """Return the command of this wire name, hyphens or not. Raises `Ended` if there is none."""
    name = typed.lower().replace("-", "_")
    if name not in COMMANDS:
        near = close_to(name, COMMANDS) or "; `rj commands` lists them"
        raise nonsense(f"there is no such command{near}")
    return COMMANDS[name]
