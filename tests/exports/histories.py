"""Invented cases to export: every path of the practice, each under a reference of its own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from domain.ids import reference
from exports import FORMATS, Head, Pseudonyms, Terms, courses, export
from tests.paths import PATHS
from tests.playing import play

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from domain.record import Entry
    from exports.course import Course
    from tests.story import Story

KEY = bytes(range(32))
FEW = ("face_to_face", "letter", "three_victims")
"""Paths that suffice where it is not about every kind of event."""


def as_case(story: Story, number: int) -> list[Entry]:
    """Return the story's case under a reference that no other has."""
    stream = reference("RJ", f"exported-{number:06d}")
    return [e._replace(stream=stream, hash=f"{number}-{e.hash}") for e in story.history]


@cache
def histories() -> dict[str, list[Entry]]:
    """Return the entries of a case for each path, by its name."""
    return {name: as_case(play(path), n) for n, (name, path) in enumerate(PATHS.items(), 1)}


def told(entries: Sequence[Entry], **terms: Any) -> Course:
    """Return what an export tells of a case."""
    (one,) = courses([entries], Terms(Pseudonyms(KEY), **terms))
    return one


def written(form: str, folder: Path, *paths: str, **terms: Any) -> Path:
    """Export these cases, or all, in this format; return a new file, its suffix as readers want."""
    suffix = {"xes": "xes", "csv": "csv", "ocel-xml": "xml"}.get(form, "json")
    path = folder / f"{len([*folder.iterdir()])}.{form}.{suffix}"
    head = Head("log-of-a-test", "research", folder)
    terms = {"names": Pseudonyms(KEY), **terms}
    chosen = [histories()[name] for name in paths or PATHS]
    export(path, FORMATS[form], head, courses(chosen, Terms(**terms)))
    return path
