"""Writing an export: case after case, so that it takes no more memory for a longer log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholefile import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from exports.course import Course
    from exports.formats import Format, Head


def export(path: Path, form: Format, head: Head, told: Iterable[Course]) -> tuple[int, int]:
    """Write a file that only its owner may read; return how many cases and events are in it.

    It has its name only once all of it is on the disk. A case of which nothing is told is left out.
    Raises `FileExistsError` if there is such a file, `OSError`, and what reading `told` raises.
    """
    counted = [0, 0]

    def counting() -> Iterator[Course]:
        for course in told:
            if course.happenings:
                counted[0] += 1
                counted[1] += len(course.happenings)
                yield course

    with written_whole(path) as file:
        form.write(file, head, counting())
    return counted[0], counted[1]
