"""CloudEvents 1.0 in the JSON format: structured events, a line each, or as one batch.

`time` is when it took effect; `recordedtime` and `sequence` (of the case) are extensions.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from exports.formats.head import Head, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from exports.course import Course, Happening

_TYPE = "restorative-justice.case."
_SEQUENCE_DIGITS = 9
"""The sequence extension compares its values as text."""


def write_lines(file: BinaryIO, head: Head, courses: Iterable[Course]) -> None:
    """Write JSON Lines: each line is one event as `application/cloudevents+json`."""
    file.writelines(event + b"\n" for event in _events(head, courses))


def write_batch(file: BinaryIO, head: Head, courses: Iterable[Course]) -> None:
    """Write one JSON array: `application/cloudevents-batch+json`."""
    file.write(b"[")
    file.writelines(
        (b",\n" if number else b"\n") + event for number, event in enumerate(_events(head, courses))
    )
    file.write(b"\n]\n")


def _events(head: Head, courses: Iterable[Course]) -> Iterator[bytes]:
    for course in courses:
        for one in course.happenings:
            event = _event(head, course, one)
            yield json.dumps(event, separators=(",", ":"), default=_json).encode()


def _event(head: Head, course: Course, one: Happening) -> dict[str, Any]:
    about = [{"kind": link.kind, "id": link.id, "how": link.how} for link in one.links]
    return {
        "specversion": "1.0",
        "id": one.id,
        "source": f"/restorative-justice/{head.source}",
        "type": _TYPE + one.activity,
        "subject": course.id,
        "time": moment(one.at),
        "recordedtime": moment(one.recorded_at),
        "sequence": f"{one.place:0{_SEQUENCE_DIGITS}}",
        "datacontenttype": "application/json",
        "data": {"facts": dict(one.facts), "about": about},
    }


def _json(value: datetime) -> str:
    return moment(value)
