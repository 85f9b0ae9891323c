"""Finding the words in what a person gave, and putting references in their place.

Which fields hold words is read off the command's own types: a `TextRef`, however deep in models,
lists or options, and whose words they are by its `OwnedBy` mark. Words are a text, or a document
(such as contact details), which is kept as JSON.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from domain.texts import CASE, IsFile, OwnedBy, TextRef
from vault.scans import Scan

Words: TypeAlias = str | Scan
"""What goes into the vault: a text, or a file that somebody scanned."""
Put: TypeAlias = Callable[[str, str, Words], TextRef]
"""Takes the place of the words (`parties.0.details`), their owner and the words."""

_WANTED = {
    True: "this is a file: its name is given where it lies, to rj consent or rj visit",
    False: "words belong here, and no file",
}
_LISTS = (list, tuple, set, frozenset)


class OwnerMissing(Exception):
    """Words were given without the field that says whose they are; the text names both."""


class WrongKind(Exception):
    """Words were given for a file, or a file for words; the text names the field."""


def with_references(model: type[BaseModel], given: Mapping[str, Any], put: Put) -> dict[str, Any]:
    """Return what was given, with what `put` returns in place of each text.

    Raises `OwnerMissing` and `WrongKind`. Whatever does not fit the types is left for their
    validation.
    """
    return _Replacing(put).fields(model, given, "", {})


class _Replacing:
    def __init__(self, put: Put) -> None:
        self._put = put

    def fields(
        self,
        model: type[BaseModel],
        given: Mapping[str, Any],
        place: str,
        around: Mapping[str, Any],
    ) -> dict[str, Any]:
        beside = {**around, **given}
        replaced = dict(given)
        for name in given.keys() & model.model_fields.keys():
            field = model.model_fields[name]
            kind, marks = field.annotation, [m for m in field.metadata if isinstance(m, OwnedBy)]
            owner = marks[0].field if marks else CASE
            where = _Where(f"{place}{name}", beside, owner, is_file=_says_file(field.metadata))
            replaced[name] = self._value(kind, given[name], where)
        return replaced

    def _value(self, kind: Any, value: Any, where: _Where) -> Any:
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            marks = [part.field for part in parts[1:] if isinstance(part, OwnedBy)]
            is_file = where.is_file or _says_file(parts[1:])
            marked = replace(where, owner=(marks or [where.owner])[0], is_file=is_file)
            return self._value(parts[0], value, marked)
        if origin in (Union, types.UnionType):
            return self._value(_chosen(parts, value), value, where)
        if origin in _LISTS and isinstance(value, _LISTS):
            return [
                self._value(parts[0], one, replace(where, place=f"{where.place}.{i}"))
                for i, one in enumerate(value)
            ]
        if kind is TextRef:
            return self._reference(value, where)
        if _is_model(kind) and isinstance(value, Mapping):
            return self.fields(kind, value, f"{where.place}.", where.beside)
        return value

    def _reference(self, value: Any, where: _Where) -> Any:
        if isinstance(value, TextRef) or (
            isinstance(value, Mapping) and value.keys() == TextRef.model_fields.keys()
        ):
            return value
        if isinstance(value, Mapping | list):
            value = json.dumps(value, ensure_ascii=False, sort_keys=True)
        if not isinstance(value, str | Scan):
            return value
        if isinstance(value, Scan) is not where.is_file:
            raise WrongKind(f"{where.place}: {_WANTED[where.is_file]}")
        owner = where.owner
        if owner != CASE:
            if not isinstance(where.beside.get(owner), str):
                raise OwnerMissing(f"{where.place}: {owner} must say whose words these are")
            owner = where.beside[owner]
        return self._put(where.place, owner, value)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a value stands, what is given beside it, and what its field says of it."""

    place: str
    beside: Mapping[str, Any]
    owner: str
    is_file: bool


def _says_file(marks: Iterable[Any]) -> bool:
    return any(isinstance(mark, IsFile) for mark in marks)


def _chosen(parts: tuple[Any, ...], value: Any) -> Any:
    """Return which of several types a value is meant for: nearly always the one beside None."""
    kinds = [part for part in parts if part is not types.NoneType]
    if isinstance(value, Mapping):
        models = [kind for kind in kinds if _is_model(kind)]
        fitting = [m for m in models if value.keys() <= m.model_fields.keys()]
        return (fitting or kinds)[0]
    return kinds[0]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
