"""From what a person gave to a command: nonsense stops here, before anything is kept or sent."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from client.failures import Nonsense
from client.words import OwnerMissing, with_references
from domain.command import COMMANDS
from domain.decide import decode
from domain.texts import TextRef
from vault.texts import TEXT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from client.words import Put
    from domain.command import Command

_NOT_YET = TextRef(id="T-0000000000000000", digest="0" * 64)


def command_class(name: str) -> type[Command]:
    """Return the class of a command by its wire name. Raises `Nonsense` for an unknown one."""
    if (cls := COMMANDS.get(name)) is not None:
        return cls
    near = difflib.get_close_matches(name, COMMANDS, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise Nonsense(f"there is no such command{hint}")


def checked(cls: type[Command], given: Mapping[str, Any]) -> None:
    """Check what was given, its words left out of account except for their length.

    Raises `Nonsense` with one sentence for each problem; none quotes what was given.
    """
    read(cls, given, _length_checked)


def read(cls: type[Command], given: Mapping[str, Any], put: Put) -> Command:
    """Return the command that was given, with what `put` returns in place of words.

    Raises `Nonsense`.
    """
    if not isinstance(given, dict):
        raise Nonsense("a command is given as names of fields and their values")
    try:
        return decode(cls.name(), with_references(cls, given, put))
    except OwnerMissing as error:
        raise Nonsense(str(error)) from None


def _length_checked(place: str, _owner: str, words: str) -> TextRef:
    if len(words) > TEXT_LIMIT:
        raise Nonsense(f"{place}: longer than {TEXT_LIMIT} characters; attach it as a file")
    return _NOT_YET
