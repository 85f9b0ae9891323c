"""From what a person gave to a command: nonsense stops here, before anything is kept or sent."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from client.failures import Nonsense
from client.words import OwnerMissing, WrongKind, with_references
from domain.command import COMMANDS
from domain.decide import decode
from domain.texts import TextRef
from domain.visit import VISIT, in_part, part_class, visit
from vault.texts import TEXT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from client.words import Put, Words
    from domain.command import Command

NOT_YET = TextRef(id="T-0000000000000000", digest="0" * 64)
"""What stands in the place of words that are not put into the vault."""


def command_class(name: str) -> type[Command]:
    """Return the class of a command by its wire name. Raises `Nonsense` for an unknown one."""
    if (cls := COMMANDS.get(name)) is not None:
        return cls
    near = difflib.get_close_matches(name, COMMANDS, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise Nonsense(f"there is no such command{hint}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One command that was asked for: by itself, or as a part of a visit."""

    cls: type[Command]
    given: Mapping[str, Any]
    part: int = 0
    """Its number in the visit, from 1; 0 for a command by itself."""

    def read(self, put: Put) -> Command:
        """Return the command, with what `put` returns in place of words. Raises `Nonsense`."""
        if not self.part:
            return read(self.cls, self.given, put)
        try:
            return read(self.cls, self.given, lambda p, o, w: put(f"{self.part}.{p}", o, w))
        except Nonsense as error:
            raise Nonsense(*self.named(*error.problems)) from None

    def named(self, *sentences: str) -> list[str]:
        """Return these sentences, each saying about which part of the visit it is."""
        if not self.part:
            return [*sentences]
        return in_part(self.part, self.cls.name(), sentences)

    def check(self) -> None:
        """Check it as `checked` does. Raises `Nonsense`."""
        self.read(_length_checked)


def asked(name: str, given: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked for under this wire name: one command, or the parts of a visit.

    Raises `Nonsense`.
    """
    if name != VISIT:
        return (Asked(command_class(name), given),)
    parts = enumerate(visit(given).parts, 1)
    return tuple(Asked(part_class(number, one.name), one.body, number) for number, one in parts)


def body_of(name: str, commands: Sequence[Command]) -> dict[str, Any]:
    """Return what travels of these commands: only what was given."""
    bodies = [one.model_dump(mode="json", exclude_unset=True) for one in commands]
    if name != VISIT:
        return bodies[0]
    named = zip(commands, bodies, strict=True)
    return {"parts": [{"name": one.name(), "body": body} for one, body in named]}


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
    except (OwnerMissing, WrongKind) as error:
        raise Nonsense(str(error)) from None


def _length_checked(place: str, _owner: str, words: Words) -> TextRef:
    if isinstance(words, str) and len(words) > TEXT_LIMIT:
        raise Nonsense(f"{place}: longer than {TEXT_LIMIT} characters; attach it as a file")
    return NOT_YET
