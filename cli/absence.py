"""`rj absent` and `rj back`: somebody is away for a time, who covers, and that they are back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.installed import settings_now
from cli.line import Grammar, read_line
from cli.named import command_named
from cli.send import do
from cli.who import acting

if TYPE_CHECKING:
    from cli.line import Line

Tokens = Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]


def absent(*tokens: Tokens) -> int:
    """Have it recorded that somebody is away, and who covers."""
    example = "--back 2026-12-14 --cover PR-7HFXT2ZD-B"
    return _read("rj absent", "record_absence", tokens, example)


def back(*tokens: Tokens) -> int:
    """Have it recorded that somebody is back before the day, or does not go."""
    return _read("rj back", "end_absence", tokens, "")


def _read(title: str, name: str, tokens: tuple[str, ...], example: str) -> int:
    grammar = Grammar(
        title=title,
        command=command_named(name),
        reference="PRACTITIONER",
        optional=True,
        left_out="you are meant if it is left out",
        example=example,
    )
    return read_line(grammar, tokens, _of_ones_own)


def _of_ones_own(line: Line) -> int:
    if line.stream is None:
        line = replace(line, stream=acting(line.actor, settings_now()).id)
    return do(line)
