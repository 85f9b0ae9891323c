"""The fields of a command as a terminal sees them: options, or words that are never options."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from domain.texts import IsFile, TextRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from domain.command import Command


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field takes: one value or several, of a type without its options and marks."""

    kind: Any
    """A type: `str`, an enumeration, a `Literal`, a model, a date …"""
    marks: tuple[Any, ...] = ()
    """What pydantic knows of it besides: patterns, limits."""
    many: bool = False
    value: Shape | None = None
    """For a field of keys and values, what the values are; `kind` is then that of the keys."""


@dataclass(frozen=True, slots=True)
class CommandField:
    """One field of a command."""

    name: str
    shape: Shape
    required: bool
    help: str

    @property
    def option(self) -> str:
        """How it is typed."""
        return "--" + self.name.replace("_", "-")

    @property
    def personal(self) -> bool:
        """Whether what it takes goes into the vault: words, which are never options, or a file."""
        return self.shape.kind is TextRef

    @property
    def is_file(self) -> bool:
        """Whether it takes a file, which is named and read here; only what is in it travels."""
        return any(isinstance(mark, IsFile) for mark in self.shape.marks)

    @property
    def words(self) -> bool:
        """Whether it holds words, which are asked for, or read with --from."""
        return self.personal and not self.is_file

    @property
    def choices(self) -> tuple[str, ...]:
        """The codes that it takes, if it takes only certain ones."""
        return choices(self.shape.kind)


def fields_of(command: type[Command]) -> tuple[CommandField, ...]:
    """Return the fields of a command: its own first, then those that every command has."""
    every = [*_fields(command)]
    own = [field for field in every if field.name not in EVERY]
    return (*own, *(field for field in every if field.name in EVERY))


def model_fields(model: type[BaseModel]) -> tuple[CommandField, ...]:
    """Return the fields of a part of a command, such as a person or an agreed item."""
    return tuple(_fields(model))


def shape_of(annotation: Any, marks: tuple[Any, ...] = ()) -> Shape:
    """Return what an annotation takes."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(parts[0], (*marks, *parts[1:]))
    if origin in (Union, types.UnionType):
        return shape_of(next(part for part in parts if part is not types.NoneType), marks)
    if origin in (tuple, list, set, frozenset):
        one = shape_of(parts[0])
        return Shape(one.kind, one.marks, many=True)
    if origin is dict:
        key = shape_of(parts[0])
        return Shape(key.kind, key.marks, many=True, value=shape_of(parts[1]))
    return Shape(annotation, marks)


def choices(kind: Any) -> tuple[str, ...]:
    """Return the codes of an enumeration or a `Literal`; nothing for any other type."""
    if get_origin(kind) is Literal:
        return tuple(str(value) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(member.value for member in kind)
    return ()


def is_model(kind: Any) -> bool:
    """Say whether a type is a model with fields of its own."""
    return isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not TextRef


def _fields(model: type[BaseModel]) -> Iterator[CommandField]:
    for name, field in model.model_fields.items():
        shape = shape_of(field.annotation, tuple(field.metadata))
        yield CommandField(name, shape, field.is_required(), _help(field))


def _help(field: FieldInfo) -> str:
    return field.description or ""


EVERY = frozenset({"effective_at", "asked_by", "basis", "why", "happened"})
"""The names of the fields that every command has."""
