"""OCEL 2.0, whichever way it is written: its types come first, and are known only at the end.

So things and events are kept in two files without a name meanwhile, beside the export. They are
gone with the process, whatever ends it.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Protocol

from exports.course import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from exports.course import Course, Happening, Thing, Value
    from exports.formats.head import Head

Types = dict[str, dict[str, str]]
"""By the name of a type: its attributes, and the type of each."""
_NAMES = {bool: "boolean", int: "integer", float: "float", str: "string", datetime: "time"}


class Notation(Protocol):
    """How things and events are written down, one after the other."""

    def thing(self, file: BinaryIO, thing: Thing) -> None:
        """Write a thing."""

    def event(self, file: BinaryIO, event: Happening) -> None:
        """Write an event."""


@dataclass(slots=True)
class Kept:
    """What is known once every case was gone through: the types, and what was written of them."""

    things: BinaryIO
    events: BinaryIO
    thing_types: Types = field(default_factory=dict)
    event_types: Types = field(default_factory=dict)

    def copy(self, kept: BinaryIO, file: BinaryIO) -> None:
        """Write out what was kept."""
        kept.seek(0)
        shutil.copyfileobj(kept, file)


@contextmanager
def gone_through(head: Head, courses: Iterable[Course], notation: Notation) -> Iterator[Kept]:
    """Give what there is to write, once every case was gone through."""
    with (
        tempfile.TemporaryFile(dir=head.folder) as things,
        tempfile.TemporaryFile(dir=head.folder) as events,
    ):
        kept = Kept(things, events)
        staff: set[str] = set()
        for course in courses:
            for thing in _new(course, staff):
                _note(kept.thing_types, thing.kind, {f.name: f.value for f in thing.facts})
                notation.thing(things, thing)
            for event in course.happenings:
                _note(kept.event_types, event.activity, attributes(event))
                notation.event(events, event)
        yield kept


def attributes(event: Happening) -> dict[str, Value]:
    """Return the attributes of an event."""
    return {"recorded_at": event.recorded_at, "place": event.place, **event.facts}


def _new(course: Course, staff: set[str]) -> Iterator[Thing]:
    """Yield the things of a case; staff, who work on several, only the first time."""
    for thing in course.things:
        if thing.kind is Kind.PRACTITIONER:
            if thing.id in staff:
                continue
            staff.add(thing.id)
        yield thing


def _note(types: Types, name: str, values: Mapping[str, Value]) -> None:
    known = types.setdefault(name, {})
    for attribute, value in values.items():
        known.setdefault(attribute, _NAMES[type(value)])
