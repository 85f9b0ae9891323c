"""XES (IEEE 1849-2016): a trace for each case, its events in the order of taking effect."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from exports.course import Kind
from exports.formats.head import Head, shown
from exports.formats.markup import DECLARATION, Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exports.course import Course, Happening, Value

_VERSION = "1849.2016"
"""The schema takes a decimal number."""
_EXTENSIONS = {
    "concept": "Concept",
    "time": "Time",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
}
_ELEMENTS = {bool: "boolean", int: "int", float: "float", str: "string", datetime: "date"}
_BY = "by"
"""How whoever acted is linked to what happened."""


def write(file: BinaryIO, head: Head, courses: Iterable[Course]) -> None:
    """Write one log, what every trace and event has declared first."""
    xml = Markup(file)
    file.write(DECLARATION)
    with xml.within("log", **{"xes.version": _VERSION, "xes.features": ""}):
        for prefix, name in _EXTENSIONS.items():
            uri = f"http://www.xes-standard.org/{prefix}.xesext"
            xml.empty("extension", name=name, prefix=prefix, uri=uri)
        with xml.within("global", scope="trace"):
            _attribute(xml, "concept:name", "none")
        with xml.within("global", scope="event"):
            _attribute(xml, "concept:name", "none")
            xml.empty("date", key="time:timestamp", value="1970-01-01T00:00:00Z")
            _attribute(xml, "lifecycle:transition", "complete")
        xml.empty("classifier", name="Activity", scope="event", keys="concept:name")
        _attribute(xml, "concept:name", head.source)
        _attribute(xml, "purpose", head.purpose)
        for course in courses:
            _trace(xml, course)


def _trace(xml: Markup, course: Course) -> None:
    with xml.within("trace"):
        _attribute(xml, "concept:name", course.id)
        for name, value in course.facts.items():
            _attribute(xml, name, value)
        for one in course.happenings:
            with xml.within("event"):
                _event(xml, one)


def _event(xml: Markup, one: Happening) -> None:
    _attribute(xml, "concept:name", one.activity)
    _attribute(xml, "time:timestamp", one.at)
    _attribute(xml, "lifecycle:transition", "complete")
    staff = [link.id for link in one.links if link.kind is Kind.PRACTITIONER and link.how == _BY]
    if staff:
        _attribute(xml, "org:resource", staff[0])
    _attribute(xml, "event", one.id)
    _attribute(xml, "recorded_at", one.recorded_at)
    _attribute(xml, "place", one.place)
    for kind, name in ((Kind.THREAD, "threads"), (Kind.PARTY, "parties"), (Kind.TEXT, "texts")):
        if ids := one.ids(kind):
            _attribute(xml, name, " ".join(ids))
    for name, value in one.facts.items():
        _attribute(xml, name, value)


def _attribute(xml: Markup, key: str, value: Value) -> None:
    xml.empty(_ELEMENTS[type(value)], key=key, value=shown(value))
