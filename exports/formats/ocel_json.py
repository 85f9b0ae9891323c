"""OCEL 2.0 as JSON: the types, then things, then events, one a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from exports.formats.head import Head, moment
from exports.formats.ocel import Types, attributes, gone_through

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from exports.course import Course, Happening, Link, Thing


def write(file: BinaryIO, head: Head, courses: Iterable[Course]) -> None:
    """Write one JSON object."""
    notation = _Notation()
    with gone_through(head, courses, notation) as kept:
        file.write(b'{"objectTypes":' + _types(kept.thing_types))
        file.write(b',\n"eventTypes":' + _types(kept.event_types))
        file.write(b',\n"objects":[')
        kept.copy(kept.things, file)
        file.write(b'\n],\n"events":[')
        kept.copy(kept.events, file)
        file.write(b"\n]}\n")


class _Notation:
    def __init__(self) -> None:
        self._begun: set[BinaryIO] = set()

    def thing(self, file: BinaryIO, thing: Thing) -> None:
        facts = [{"name": f.name, "time": moment(f.at), "value": f.value} for f in thing.facts]
        self._put(file, {"id": thing.id, "type": thing.kind, **_rest(facts, thing.links)})

    def event(self, file: BinaryIO, event: Happening) -> None:
        facts = [{"name": name, "value": value} for name, value in attributes(event).items()]
        own = {"id": event.id, "type": event.activity, "time": moment(event.at)}
        self._put(file, {**own, **_rest(facts, event.links)})

    def _put(self, file: BinaryIO, one: dict[str, Any]) -> None:
        file.write(b",\n" if file in self._begun else b"\n")
        self._begun.add(file)
        file.write(_json(one))


def _rest(facts: list[dict[str, Any]], links: Iterable[Link]) -> dict[str, Any]:
    related = [{"objectId": link.id, "qualifier": link.how} for link in links]
    return {"attributes": facts, "relationships": related}


def _types(types: Types) -> bytes:
    return _json(
        [
            {"name": name, "attributes": [{"name": n, "type": t} for n, t in own.items()]}
            for name, own in types.items()
        ]
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), default=_moment).encode()


def _moment(value: datetime) -> str:
    return moment(value)
