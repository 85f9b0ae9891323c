"""Asking on the terminal for words that are never options: a name, a question, a letter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cli.ending import nonsense
from cli.fields import fields_of, is_model, model_fields
from domain.command import StreamKind
from domain.texts import CASE, OwnedBy
from vault.details import DETAILS, PartyDetails
from vault.equality import FIELDS as EQUALITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.fields import CommandField
    from domain.command import Command

FIRST = "name"
"""The detail that is asked for first; whoever skips it skips the rest of that person's."""
OF_STAFF = (FIRST, "phone", "email")
_OF_A_PARTY = tuple(name for name in PartyDetails.model_fields if name not in EQUALITY)
"""The details that are asked for of a practitioner."""


def can_ask() -> bool:
    """Say whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked_for(command: type[Command], given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given and the words that were asked for, where they were missing.

    Enter skips what is optional. Raises `Ended` if something required is not told.
    """
    told = dict(given)
    for field in fields_of(command):
        if field.words and field.name not in told:
            staff = command.stream is StreamKind.PRACTITIONER
            _put(told, field, _words(field, _whose(field, told), staff=staff))
        elif is_model(field.shape.kind) and field.name in told and field.shape.many:
            told[field.name] = [*_of_each(field, told[field.name])]
    return told


def note_of(what: str) -> str | None:
    """Ask for a note; None if it is skipped with Enter."""
    return _ask(f"note ({what}), Enter to skip: ") or None


def choice(options: Sequence[str]) -> int | None:
    """Ask for one of these by its number; return its place from 0 on, None if nothing fits."""
    for number, option in enumerate(options, 1):
        sys.stderr.write(f"  {number}  {option}\n")
    typed = _ask(f"1 to {len(options)}: ")
    return int(typed) - 1 if typed.isdecimal() and 1 <= int(typed) <= len(options) else None


def staff_details(who: str) -> dict[str, str]:
    """Ask for the details of somebody of the staff. Raises `Ended` if the name is not told."""
    told = {}
    for name in OF_STAFF:
        answer = _ask(f"{who}, {name}{'' if name == FIRST else ', Enter to skip'}: ")
        if answer:
            told[name] = answer
        elif name == FIRST:
            raise nonsense(f"{FIRST}: this is needed; nothing was sent")
    return told


def one_by_one(title: str, names: tuple[str, ...]) -> dict[str, str]:
    """Ask for each of these in turn and return what was told; Enter skips."""
    asked = ((name, _ask(f"{title}, {name.replace('_', ' ')}, Enter to skip: ")) for name in names)
    return {name: answer for name, answer in asked if answer}


def _of_each(field: CommandField, parts: list[Any]) -> Iterator[Any]:
    inner = [f for f in model_fields(field.shape.kind) if f.words]
    for part in parts:
        told = dict(part)
        for one in inner:
            if one.name not in told:
                _put(told, one, _words(one, _whose(one, told)))
        yield told


def _put(told: dict[str, Any], field: CommandField, words: Any) -> None:
    if words:
        told[field.name] = words
    elif field.required:
        raise nonsense(f"{field.name}: this is needed; nothing was sent")


def _whose(field: CommandField, told: dict[str, Any]) -> str:
    owner = next((mark.field for mark in field.shape.marks if isinstance(mark, OwnedBy)), CASE)
    return "" if owner == CASE else f" of {told.get(owner, 'the person')}"


def _words(field: CommandField, whose: str, *, staff: bool = False) -> Any:
    name = field.name.replace("_", " ")
    if field.name == DETAILS:
        return _details(f"{name}{whose}", OF_STAFF if staff else _OF_A_PARTY)
    hint = f" ({field.help})" if field.help else ""
    if field.name == "flags":
        return {"flags": _ask(f"{name}{hint}, Enter for none: ").replace(",", " ").upper().split()}
    skip = "" if field.required else ", Enter to skip"
    return _ask(f"{name}{whose}{hint}{skip}: ")


def _details(title: str, names: tuple[str, ...]) -> dict[str, str]:
    """Ask for a person's details one by one."""
    told: dict[str, str] = {}
    for name in names:
        description = PartyDetails.model_fields[name].description
        hint = f" ({description})" if description else ""
        answer = _ask(f"{title}, {name.replace('_', ' ')}{hint}, Enter to skip: ")
        if answer:
            told[name] = answer
        elif name == FIRST:
            break
    return told


def _ask(prompt: str) -> str:
    """Return a line that was typed; the prompt never goes to where results go."""
    if sys.stdout.isatty():
        import readline  # noqa: F401, PLC0415 - so that a line can be edited while it is typed
    else:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        prompt = ""
    try:
        return input(prompt).strip()
    except EOFError:
        sys.stderr.write("\n")
        return ""
