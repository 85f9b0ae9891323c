"""CSV (RFC 4180, UTF-8): an event a line, under a line of names; several values with spaces."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from exports.course import Kind
from exports.formats.head import Head, moment, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exports.course import Course, Happening

COLUMNS = ("case", "event", "activity", "time", "recorded_at", "place")
_KINDS = {
    "threads": Kind.THREAD,
    "parties": Kind.PARTY,
    "practitioners": Kind.PRACTITIONER,
    "texts": Kind.TEXT,
}
_FACTS = "facts"


def write(file: BinaryIO, head: Head, courses: Iterable[Course]) -> None:  # noqa: ARG001 - nothing of the head
    """Write a table; the facts of an event are one cell, as `name=value; name=value`."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow((*COLUMNS, *_KINDS, _FACTS))
    for course in courses:
        lines.writerows(_line(course.id, one) for one in course.happenings)
    text.detach()


def _line(case: str, one: Happening) -> list[str]:
    facts = "; ".join(f"{name}={shown(value)}" for name, value in one.facts.items())
    return [
        case,
        one.id,
        one.activity,
        moment(one.at),
        moment(one.recorded_at),
        str(one.place),
        *(" ".join(one.ids(kind)) for kind in _KINDS.values()),
        facts,
    ]
