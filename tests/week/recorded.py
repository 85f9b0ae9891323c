"""What stands in the record at the end: every entry accounted for by a line of the diary, and not a
word of anybody's outside the vault."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.week.typing_in import is_look, is_queued

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from domain.record import Entry
    from tests.week.office import Office
    from tests.week.reading import Line

INVENTED = ("(invented)", "(Invented.)")
"""What stands beside every name and every word in the diary."""
A_MINUTE = timedelta(minutes=1)


def not_accounted_for(office: Office) -> Iterator[str]:
    """Yield every entry that no line led to, and every line that did not lead to what it says."""
    begun = min(line.at for line in office.asked.values())
    seen: set[str] = set()
    for stream in office.streams():
        for entry in office.log.load(stream):
            if entry.recorded_at < begun or entry.envelope.actor.identified == "service":
                continue
            own_id, line = _line_of(office, entry)
            if line is None or not _fits(office, entry, line):
                yield f"{office.names.of(stream)} {entry.version} {entry.name}: no line says so"
            seen.add(own_id)
    for own_id, line in office.asked.items():
        said = line.outcome[0] == "done" and not is_look(line) and not is_queued(line)
        if said != (own_id in seen):
            left = "nothing" if said else "a trace"
            yield f"{line.at:%a %H:%M} {line.who} {line.typed}: it left {left}"


def _line_of(office: Office, entry: Entry) -> tuple[str, Line | None]:
    # A hand-over of several cases has an id for each, made from the line's own.
    for own_id, line in office.asked.items():
        made = hashlib.sha256(f"{own_id} {entry.stream}".encode()).hexdigest()[:32]
        if entry.envelope.command in (own_id, f"hand_over:{made}"):
            return own_id, line
    return entry.envelope.command, None


def _fits(office: Office, entry: Entry, line: Line) -> bool:
    theirs = entry.envelope.actor.id == office.names.staff[line.who]
    return theirs and timedelta(0) <= entry.recorded_at - line.at < A_MINUTE


def out_of_the_vault(office: Office) -> Iterator[str]:
    """Yield where anybody's words are found outside the vault."""
    words = {word for line in office.asked.values() for word in _words([line.given, line.parts])}
    assert len(words) > len(office.names.cases)
    files = [one for one in office.clock.folder.rglob("*") if one.is_file()]
    printed = [one for one in files if one.is_relative_to(office.papers)]
    assert [*_found(printed, words)], "nothing is found in what was printed"
    kept = [one for one in files if one not in printed and not one.name.startswith("vault")]
    assert len([one for one in kept if one.name.startswith("temporal-")]) >= 2
    yield from _found(kept, words)
    logged = repr([*office.lines])
    yield from (f"a log line: {word}" for word in words if word in logged)


def _found(files: Iterable[Path], words: set[str]) -> Iterator[str]:
    for file in files:
        content = file.read_bytes()
        yield from (f"{file.name}: {word}" for word in words if word.encode() in content)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, str):
        for mark in INVENTED:
            if mark in value:
                yield value.replace(mark, "").strip()
