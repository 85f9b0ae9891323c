"""What an event holds: whom and what it names, and its coded facts. Whatever is neither, stays out.

Cases and persons beyond this one are never told: a link between cases opens none from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from domain.texts import TextRef
from exports.course import Kind, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"[A-Za-z0-9_.:+-]{1,60}")
_PARTY = re.compile(r"[VOSC][1-9][0-9]{0,2}")
_THREAD = re.compile(r"(V[1-9][0-9]{0,2})-(O[1-9][0-9]{0,2})")
_PRACTITIONER = re.compile(r"PR-[0-9A-Z]{8}-.")
_TEXT = re.compile(r"T-[0-9A-Z]{16}")
_ID = re.compile(r"[A-Z]{1,2}-[0-9A-Z]{8,}(-.)?")
"""Of a case or person beyond, a key, or whatever else there is one of: it would join exports."""
_ELSEWHERE = frozenset({"there", "people"})
"""Fields in which somebody has the name that is theirs in another case."""
_DRAWN_BY = frozenset({"seed"})
"""Fields with which whoever knows a case's reference can tell whether it is this case."""
_EARLIER = frozenset({"task", "concern", "concerns", "clock", "entry"})
"""Fields that name an earlier entry of the case: T12, K12 and 12 are of the twelfth."""
_NUMBER = re.compile(r"[TK]?([1-9][0-9]{0,5})")


class Named(NamedTuple):
    """Something that an event names, and the field that it does it in."""

    kind: Kind
    name: str
    field: str


class Held(NamedTuple):
    """What an event holds."""

    named: tuple[Named, ...]
    facts: Mapping[str, Value]
    earlier: tuple[tuple[int, str], ...]
    """Versions of earlier entries that it is about, and the field of each."""


class _Leaf(NamedTuple):
    field: str
    value: Any
    alone: bool
    """Whether it is the whole value of a field of the event itself."""


def held(event: BaseModel) -> Held:
    """Return what an event holds. Words, and what could hold any, are not in it."""
    named: dict[Named, None] = {}
    facts: dict[str, list[Value]] = {}
    earlier = []
    for leaf in _leaves(event):
        found = list(names_in(leaf.field, leaf.value))
        named.update(dict.fromkeys(found))
        if leaf.field in _EARLIER and (number := _NUMBER.fullmatch(str(leaf.value))):
            earlier.append((int(number[1]), leaf.field))
        elif leaf.alone and not found and (fact := _fact(leaf.value)) is not None:
            facts.setdefault(leaf.field, []).append(fact)
    return Held(tuple(named), {name: _one(each) for name, each in facts.items()}, tuple(earlier))


def people(thread: str) -> tuple[str, ...]:
    """Return the two people of a pair."""
    return tuple(thread.split("-"))


def _leaves(event: BaseModel) -> Iterator[_Leaf]:
    for field in type(event).model_fields:
        if field in _ELSEWHERE | _DRAWN_BY:
            continue
        value = getattr(event, field)
        if isinstance(value, tuple | list | frozenset):
            yield from (leaf for one in value for leaf in _inner(field, one))
        else:
            yield from _inner(field, value)


def _inner(field: str, value: Any) -> Iterator[_Leaf]:
    """Yield a value, or whatever is within it: of that only names are told, no facts."""
    if isinstance(value, BaseModel) and not isinstance(value, TextRef):
        yield from (leaf._replace(alone=False) for leaf in _leaves(value))
    elif isinstance(value, Mapping):
        within = (one for pair in value.items() for one in pair)
        yield from (leaf._replace(alone=False) for one in within for leaf in _inner(field, one))
    elif isinstance(value, Iterable) and not isinstance(value, str | BaseModel):
        yield from (leaf._replace(alone=False) for one in value for leaf in _inner(field, one))
    elif value is not None:
        yield _Leaf(field, value, alone=True)


def names_in(field: str, value: Any) -> Iterator[Named]:
    """Yield what of this case, and which staff, a single value names."""
    if isinstance(value, TextRef):
        yield Named(Kind.TEXT, value.id, field)
    if not isinstance(value, str) or isinstance(value, Enum):
        return
    # The subject of a wait may be several, as in V1-O1/V1.
    for part in value.split("/"):
        if _PARTY.fullmatch(part):
            yield Named(Kind.PARTY, part, field)
        elif _THREAD.fullmatch(part):
            yield Named(Kind.THREAD, part, field)
        elif _PRACTITIONER.fullmatch(part):
            yield Named(Kind.PRACTITIONER, part, field)
        elif _TEXT.fullmatch(part):
            yield Named(Kind.TEXT, part, field)


def _fact(value: Any) -> Value | None:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int | float | datetime):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _CODE.fullmatch(value) and not _ID.search(value):
        return value
    return None


def _one(values: list[Value]) -> Value:
    """Return one value; several codes as one text, with spaces between them."""
    return values[0] if len(values) == 1 else " ".join(map(str, values))
