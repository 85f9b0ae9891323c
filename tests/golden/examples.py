"""An example of each registered event, built from its fields; always the same one."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import domain
from domain.event import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.event import Event

TEXTS = [
    "PR-7K3M9QXA-5",
    "RJ-7K3M9QXA-5",
    "PE-7K3M9QXA-5",
    "DP-7K3M9QXA-5",
    "RJ-7K3M9QXA-5:12",
    "N41-12",
    "SA-7K3M9QXA-5",
    "V1-O1",
    "V1",
    "I1",
    "Q1",
    "L1",
    "M1",
    "A1",
    "B1",
    "E1",
    "T1",
    "R1",
    "H1",
    "K1",
    "P1",
    "F1",
    "D1",
    "ROOM-1",
    "W1",
    "T-0123456789ABCDEF",
    "K-0123456789ABCDEF",
    "ab" * 32,
    "command-1",
    "CODE_1",
    "code",
    "kind=CODE_1",
]
"""Tried in this order against a field's pattern; a new kind of id needs an example here."""
FORMATS = {"date": "2026-03-02", "date-time": "2026-03-02T09:30:00Z", "duration": "P3D"}


def registered() -> dict[str, type[Event]]:
    """Return every event of the service by its stored name; those of other tests left out."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    return {n: cls for n, cls in sorted(EVENTS.items()) if not n.startswith("tested_")}


def example(cls: type[Event]) -> Event:
    """Return an event of this class with every field filled, those that may be empty too."""
    schema = cls.model_json_schema()
    return cls.model_validate(_value(schema, schema.get("$defs", {})))


def _value(schema: dict[str, Any] | bool, defs: dict[str, Any]) -> Any:
    if schema is True or schema == {}:
        return TEXTS[0]
    assert isinstance(schema, dict)
    if "$ref" in schema:
        return _value(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _value(next(s for s in schema[several] if s.get("type") != "null"), defs)
    return _TYPES[schema["type"]](schema, defs)


def _object(schema: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    if "properties" in schema or not schema.get("additionalProperties"):
        return {name: _value(part, defs) for name, part in schema.get("properties", {}).items()}
    key = _value(schema.get("propertyNames", {"type": "string"}), defs)
    return {key: _value(schema["additionalProperties"], defs)}


def _array(schema: dict[str, Any], defs: dict[str, Any]) -> list[Any]:
    if "prefixItems" in schema:
        return [_value(part, defs) for part in schema["prefixItems"]]
    return [_value(schema["items"], defs)] * max(1, schema.get("minItems", 1))


def _number(schema: dict[str, Any], _: dict[str, Any]) -> int:
    return int(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1))


def _text(schema: dict[str, Any], _: dict[str, Any]) -> str:
    if "format" in schema:
        return FORMATS[schema["format"]]
    pattern = schema.get("pattern", "")
    for text in TEXTS:
        if re.search(pattern, text) and len(text) >= schema.get("minLength", 0):
            return text
    raise LookupError(f"no example fits {pattern}: add one to TEXTS")


_TYPES: dict[str, Callable[[dict[str, Any], dict[str, Any]], Any]] = {
    "object": _object,
    "array": _array,
    "integer": _number,
    "number": _number,
    "boolean": lambda *_: True,
    "string": _text,
}
