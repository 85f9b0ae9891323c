"""Carrying out an everyday verb: its command's own fields are its options."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cli.line import Grammar, read_line
from cli.named import command_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.line import Act, Line
    from cli.verbs import Verb


def carry_out(verb: Verb, tokens: Sequence[str]) -> int:
    """Parse what was typed after the verb and have the command done."""
    command = command_named(verb.command)
    grammar = Grammar(
        title=f"rj {verb.names[0]}",
        command=command,
        places=verb.places,
        optional=verb.opens,
        example=verb.example,
    )
    return read_line(grammar, tokens, _act(verb))


def _act(verb: Verb) -> Act:
    module, _, name = (verb.act or "cli.everyday:_have_done").partition(":")

    def act(line: Line) -> int:
        # Slow to load, and not for a line that makes no sense.
        done: int = getattr(import_module(module), name)(line)
        return done

    return act


def _have_done(line: Line) -> int:
    from cli import send  # noqa: PLC0415 - slow to load, and not for a line that makes no sense

    return send.do(line)
