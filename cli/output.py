"""What is printed: tables for people, plain columns for a pipe, JSON for programs.

Results go to standard output and everything else to standard error, so that a pipe gets results.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from cli.ending import Failure

_GAP = "  "
_SHORT = 16
"""Characters of a cell that is never wrapped."""


def prepare() -> None:
    """See that no character that a terminal cannot show ends the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def help_formatter() -> Literal["default", "plain"]:
    """Return how help is printed: in panels on a terminal, plainly elsewhere."""
    return "default" if sys.stdout.isatty() else "plain"


def tell(line: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(f"{printable(line)}\n")


def note(line: str) -> None:
    """Print a line that is not part of the result."""
    sys.stderr.write(f"{printable(line)}\n")


def tell_json(result: Any) -> None:
    """Print the result for a program: one JSON document."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")


def tell_failure(failure: Failure, *, as_json: bool) -> None:
    """Say why something was not done: sentences on standard error; to a program JSON as well."""
    for sentence in failure.sentences:
        note(f"rj: {sentence}")
    if as_json:
        tell_json(
            {
                "outcome": failure.outcome,
                "sentences": list(failure.sentences),
                **failure.details,
            }
        )


def heading(line: str) -> None:
    """Print the heading of a part of the result."""
    if not sys.stdout.isatty():
        tell(f"\n{line}")
        return
    from rich.text import Text  # noqa: PLC0415 - slow to load, and only for a terminal

    _console().print(Text(f"\n{printable(line)}", style="bold"))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their columns: as a table on a terminal, in plain columns elsewhere."""
    clean = [[printable(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _console().print(_grid(columns, clean))
    else:
        _plain(columns, clean)


def _grid(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - slow to load, and only for a terminal
    from rich.text import Text  # noqa: PLC0415

    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for number, column in enumerate(columns):
        # References, dates and codes are never cut or broken; sentences wrap between words.
        cells = [row[number] for row in rows]
        whole = all(len(cell) <= _SHORT for cell in cells)
        longest = max((len(word) for cell in cells for word in cell.split()), default=0)
        grid.add_column(column, no_wrap=whole, overflow="fold", min_width=min(longest, _SHORT))
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    return grid


def printable(text: str) -> str:
    """Return the text without characters that would steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _plain(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [[cell.replace("\n", " ") for cell in row] for row in ([*columns], *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        tell(_GAP.join(padded).rstrip())


def _console() -> Any:
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only for a terminal

    return Console(highlight=False)
