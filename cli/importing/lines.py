"""The lines of a file of cases: JSON Lines, or CSV whose first line names the columns."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.ending import Ended, nonsense
from cli.source import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 64 * 1024 * 1024
"""Bytes of a file; several thousand cases."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line; nothing of what stands there is repeated."""

    line: int
    """From 1, as an editor counts; in CSV where the row begins."""
    field: str
    """The field, its parts from 1 (`parties.1.role`); empty if it is about the whole line."""
    says: str
    refused: bool = False
    """Whether a rule speaks against it: else it makes no sense as it stands."""

    def __str__(self) -> str:
        return f"line {self.line}{f', {self.field}' if self.field else ''}: {self.says}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it gives by the names of fields, as JSON has it or as it was typed."""

    number: int
    given: dict[str, Any]
    typed: bool


@dataclass(slots=True)
class Lines:
    """The lines of a file, and what is wrong with those that cannot be read."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_lines(file: Path) -> Lines:
    """Return the lines of a file. Raises `Ended` if it cannot be read at all."""
    read = _KINDS.get(file.suffix.lower())
    if read is None:
        raise nonsense("the file's name ends in .csv or in .jsonl: so it is known how to read it")
    found = Lines()
    read(_text(file), found)
    if not found.lines and not found.problems:
        raise nonsense("there is no line with a command in the file")
    return found


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise nonsense(f"the file cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise nonsense(f"the file is larger than {LARGEST // 1024 // 1024} MiB: take several")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise nonsense(f"line {line}: the file is not text in UTF-8") from None


def _json_lines(text: str, found: Lines) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            document = parsed(line, "this")
        except Ended as error:
            found.problems += [
                Problem(number, "", said.replace("line 1, ", ""))
                for said in error.failure.sentences
            ]
            continue
        found.lines.append(Line(number, document, typed=False))


def _csv(text: str, found: Lines) -> None:
    rows = _rows(text, found)
    _, columns = next(rows, (1, []))
    names = [name.strip() for name in columns]
    if not all(names) or len(set(names)) < len(names):
        says = "each column has a name of its own here"
        found.problems.append(Problem(1, "", says))
        return
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            says = f"{len(cells)} cells, where the first line names {len(names)} columns"
            found.problems.append(Problem(number, "", says))
            continue
        given = {n: cell.strip() for n, cell in zip(names, cells, strict=True) if cell.strip()}
        found.lines.append(Line(number, given, typed=True))


def _rows(text: str, found: Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of the line that it begins on: a cell may span several."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        says = "a cell is not closed as it was opened, or is too large; what follows is not read"
        found.problems.append(Problem(begins, "", says))


_KINDS: dict[str, Callable[[str, Lines], None]] = {
    ".csv": _csv,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}
