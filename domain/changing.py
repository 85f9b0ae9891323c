"""A frozen thing with some of its fields changed, as a new thing: what the fold does all day."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


def with_changes(thing: T, **changes: Any) -> T:
    """Return a copy of this slotted dataclass with these fields changed.

    It does what `dataclasses.replace` does for a class that has no `__post_init__`, two to three
    times faster: it copies the slots and calls no `__init__`. Raises `TypeError` for a field that
    the class does not have.
    """
    cls: type[Any] = type(thing)
    read, writers, by_name = _slots(cls)
    copy: T = object.__new__(cls)
    for write, value in zip(writers, read(thing), strict=True):
        write(copy, value)
    for name, value in changes.items():
        if name not in by_name:
            raise TypeError(f"{cls.__name__} has no field {name}")
        by_name[name](copy, value)
    return copy


@cache
def _slots(
    cls: type[Any],
) -> tuple[
    Callable[[Any], tuple[Any, ...]],
    tuple[Callable[[Any, Any], None], ...],
    Mapping[str, Callable[[Any, Any], None]],
]:
    """Return what reads all fields of this class at once, and what writes each."""
    if hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__} checks itself when it is made; copying would pass that by")
    writers = {field.name: getattr(cls, field.name).__set__ for field in fields(cls)}
    return attrgetter(*writers), tuple(writers.values()), writers
