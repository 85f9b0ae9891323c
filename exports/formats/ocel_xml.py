"""OCEL 2.0 as XML: the types, then things, then events."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from exports.formats.head import Head, moment, shown
from exports.formats.markup import DECLARATION, Markup
from exports.formats.ocel import Types, attributes, gone_through

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exports.course import Course, Happening, Link, Thing


def write(file: BinaryIO, head: Head, courses: Iterable[Course]) -> None:
    """Write one log."""
    with gone_through(head, courses, _Notation()) as kept:
        xml = Markup(file)
        file.write(DECLARATION)
        with xml.within("log"):
            _types(xml, "object", kept.thing_types)
            _types(xml, "event", kept.event_types)
            with xml.within("objects"):
                kept.copy(kept.things, file)
            with xml.within("events"):
                kept.copy(kept.events, file)


class _Notation:
    def thing(self, file: BinaryIO, thing: Thing) -> None:
        xml = Markup(file)
        with xml.within("object", id=thing.id, type=thing.kind):
            with xml.within("attributes"):
                for fact in thing.facts:
                    xml.text("attribute", shown(fact.value), name=fact.name, time=moment(fact.at))
            _relationships(xml, thing.links)

    def event(self, file: BinaryIO, event: Happening) -> None:
        xml = Markup(file)
        with xml.within("event", id=event.id, type=event.activity, time=moment(event.at)):
            with xml.within("attributes"):
                for name, value in attributes(event).items():
                    xml.text("attribute", shown(value), name=name)
            _relationships(xml, event.links)


def _types(xml: Markup, kind: str, types: Types) -> None:
    with xml.within(f"{kind}-types"):
        for name, own in types.items():
            with xml.within(f"{kind}-type", name=name), xml.within("attributes"):
                for attribute, type_ in own.items():
                    xml.empty("attribute", name=attribute, type=type_)


def _relationships(xml: Markup, links: Iterable[Link]) -> None:
    with xml.within("objects"):
        for link in links:
            xml.empty("relationship", object_id=link.id, qualifier=link.how)
