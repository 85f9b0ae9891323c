"""A case's state taken apart: as JSON for programs, and as coded facts that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from domain.linked import Linked
from domain.pair import Thread
from domain.stage import stage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.case import Case

_PLUMBING = frozenset(
    {"id", "version", "head", "number", "choice_version", "last_activity", "missed"}
    | {"contact_allowed_at", "later_offers_at", "contact_by_at", "ways_at"}
)
"""What changes with every event, or is said otherwise."""
_NOTHING: tuple[Any, ...] = ("", (), frozenset(), None, False, 0)


def as_json(value: Any) -> Any:
    """Return a state as JSON has it: codes as text, times as UTC, sets sorted."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _of_several(value)


def _of_several(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((as_json(inner) for inner in value), key=str)
    if isinstance(value, tuple | list):
        return [as_json(inner) for inner in value]
    return value


def facts(case: Case) -> dict[str, Any]:
    """Return the coded facts of a case, as JSON has them, by what they are about.

    The names are such as `stage`, `V1 role` and `V1-O1 victim choice`; what is nothing yet, and
    references to words, are left out.
    """
    stage = stage_of(case)
    known = {} if stage == "EMPTY" else {"stage": stage}
    return known | dict(_facts(case, ()))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return what differs between the facts of two states: what, from, to; None for nothing."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]


def _facts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Thread):
        yield from _of_pair(value, path)
    elif isinstance(value, Linked):
        if value.joined:
            yield " ".join((*path, "person")), value.person
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in _PLUMBING:
                inner = getattr(value, field.name)
                yield from _facts(inner, _step(path, field.name, inner))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _facts(inner, (*path, str(key)))
    elif (coded := _coded(value)) is not None:
        yield " ".join(path), coded


def _of_pair(thread: Thread, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    yield " ".join((*path, "episode")), thread.current.number
    if thread.later_offer_kind:
        yield " ".join((*path, "later offer")), str(thread.later_offer_kind)
    yield from _facts(thread.current, path)


def _step(path: tuple[str, ...], name: str, value: Any) -> tuple[str, ...]:
    # What a case has by id (people, pairs, letters) is known by that id alone.
    by_id = not path and isinstance(value, Mapping)
    return path if by_id else (*path, name.replace("_", " "))


def _coded(value: Any) -> Any:
    """Return a coded fact as JSON has it; None for what is no coded fact, or nothing yet."""
    if isinstance(value, BaseModel) or value in _NOTHING:
        return None
    if isinstance(value, frozenset):
        return sorted(str(inner) for inner in value)
    if isinstance(value, tuple):
        return [_in_short(inner) for inner in value]
    return as_json(value)


def _in_short(value: Any) -> Any:
    if not is_dataclass(value):
        return _coded(value)
    parts = (_coded(getattr(value, f.name)) for f in fields(value) if f.name != "at")
    return " ".join(str(part) for part in parts if part is not None)
