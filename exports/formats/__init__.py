"""The formats: one file each, and the table of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from exports.formats import cloudevents, comma_separated, ocel_json, ocel_xml, xes
from exports.formats.head import Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from exports.course import Course

__all__ = ["FORMATS", "Format", "Head"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, and what writes it."""

    sentence: str
    write: Callable[[BinaryIO, Head, Iterable[Course]], None]
    """Takes an open file, what the export says of itself, and the cases, one after the other."""


FORMATS = {
    "cloudevents": Format("CloudEvents 1.0, an event a line", cloudevents.write_lines),
    "cloudevents-batch": Format("CloudEvents 1.0, one JSON batch", cloudevents.write_batch),
    "xes": Format("XES (IEEE 1849): a trace for each case", xes.write),
    "ocel-json": Format("OCEL 2.0, object-centric, as JSON", ocel_json.write),
    "ocel-xml": Format("OCEL 2.0, object-centric, as XML", ocel_xml.write),
    "csv": Format("CSV: an event a line", comma_separated.write),
}
"""By the word that is typed. A new format is a file beside this one and an entry here."""
