"""A case's state taken apart: as JSON for programs, and as coded facts that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from operator import is_
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from domain.case import Case
from domain.linked import Linked
from domain.pair import Thread
from domain.party import Party
from domain.stage import stage_of

if TYPE_CHECKING:
    from collections.abc import Iterator


_PLUMBING = frozenset(
    {"id", "version", "head", "number", "choice_version", "last_activity", "missed"}
    | {"contact_allowed_at", "later_offers_at", "no_later_offers_since", "contact_by_at", "ways_at"}
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
        return {_key(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((as_json(inner) for inner in value), key=str)
    if isinstance(value, tuple | list):
        return [as_json(inner) for inner in value]
    return value


def _key(key: Any) -> str:
    """Return what something is known by, such as `MOTIVE O1`: parts that it has not left out."""
    return " ".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)


def changes(before: Case | None, after: Case) -> list[tuple[str, Any, Any]]:
    """Return the coded facts in which two states differ: what, from, to; None for nothing yet.

    The names are such as `stage`, `V1 role` and `V1-O1 victim choice`; references to words are
    left out. Of what only grew, such as the attempts to reach somebody, it is what was added. Only
    what is not the very same in both is looked at: from step to step a long case hardly changes.
    """
    old = {} if before is None else _stage(before)
    new = _stage(after)
    for one, other, path in _apart(before, after, ()):
        _tell_apart(one, other, path, old, new)
    names = [*new, *(name for name in old if name not in new)]
    pairs = ((name, old.get(name), new.get(name)) for name in names)
    return [(name, was, now) for name, was, now in pairs if was != now]


def _stage(case: Case) -> dict[str, Any]:
    stage = stage_of(case)
    return {} if stage == "EMPTY" else {"stage": stage}


def _apart(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, Any, tuple[str, ...]]]:
    """Yield the smallest parts in which two states are not the very same: old, new, and where."""
    if old is new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in {**new, **old}:
            yield from _apart(old.get(key), new.get(key), (*path, _key(key)))
    elif type(old) is type(new) and isinstance(new, Case | Party):
        for field in fields(new):
            if field.name not in _PLUMBING:
                one, other = getattr(old, field.name), getattr(new, field.name)
                yield from _apart(one, other, _step(path, field.name, other))
    else:
        yield old, new, path


def _tell_apart(
    old: Any, new: Any, path: tuple[str, ...], olds: dict[str, Any], news: dict[str, Any]
) -> None:
    if isinstance(old, tuple) and isinstance(new, tuple) and _grew(old, new):
        news.update(_facts(new[len(old) :], (*path, "added")))
        return
    olds.update(_facts(old, path))
    news.update(_facts(new, path))


def _grew(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    return 0 < len(old) < len(new) and all(map(is_, old, new))


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
            yield from _facts(inner, (*path, _key(key)))
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
