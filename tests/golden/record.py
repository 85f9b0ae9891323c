"""Adds a golden line for each registered event, or version of its data, that has none yet.

Run it from the root of the repository after adding an event or raising an event's version:
`python -m tests.golden.record`. Lines that are there are never changed: what they hold may stand
in somebody's log. A line that no longer loads means that the event has to read its past: give it
an upcaster or a default, not a new line.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.golden.examples import example, registered
from tests.golden.lines import FILE, Line, line, lines

if TYPE_CHECKING:
    from pathlib import Path


def record(file: Path = FILE) -> list[Line]:
    """Add the missing lines to the file, in the order of names and versions; return them."""
    there = lines(file) if file.exists() else []
    known = {(one.name, one.version) for one in there}
    new = [line(example(cls)) for n, cls in registered().items() if (n, cls.version) not in known]
    every = sorted([*there, *new], key=lambda one: (one.name, one.version))
    file.write_text("".join(f"{one}\n" for one in every))
    return new


if __name__ == "__main__":
    for added in record():
        sys.stdout.write(f"added {added.name} version {added.version}\n")
    sys.stdout.write(f"{len(lines())} lines\n")
