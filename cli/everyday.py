"""Carrying out an everyday verb: its command's own fields are its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.line import Grammar, read_line
from cli.send import do
from client.understanding import command_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.verbs import Verb


def carry_out(verb: Verb, tokens: Sequence[str]) -> int:
    """Parse what was typed after the verb and have the command done."""
    command = command_class(verb.command)
    grammar = Grammar(
        title=f"rj {verb.names[0]}",
        command=command,
        places=verb.places,
        optional=verb.opens,
    )
    return read_line(grammar, tokens, do)
