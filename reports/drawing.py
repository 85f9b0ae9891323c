"""A table as a picture: bars in SVG, alone or several on a page. Nothing is fetched, no script.

What is hidden has no bar and says so; the definition stands under the picture, so that nobody
passes it on without.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from reports.saying import HIDDEN, is_rate, lines, said, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reports.counting import Row
    from reports.given import Protected

_WIDTH, _LEFT, _BAR, _LINE, _HIGH = 880, 340, 400, 18, 26
_LABEL = 46
"""Of the name of a bar: so many letters fit beside it."""
_LETTERS = 110
"""Of the sentences under the picture, on a line."""
_STYLE = (
    "text{font:13px sans-serif;fill:#1d1d1b}.t{font-weight:bold;font-size:15px}"
    ".n{fill:#4a4a48;font-size:12px}.b{fill:#1f5f8b}.a{fill:#0b3d5c}.g{stroke:#c9c9c6}"
)


def svg(table: Protected, words: Callable[[str], str]) -> str:
    """Return the picture of a table; `words` says a part in words."""
    notes = [line for one in said(table)[1:] for line in wrap(one, _LETTERS)]
    top = 40 + _HIGH * (len(table.rows) + 1)
    height = top + 14 + _LINE * len(notes)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" aria-label="{escape(said(table)[0])}">'
        ),
        f"<style>{_STYLE}</style>",
        f'<text class="t" x="10" y="22">{escape(said(table)[0])}</text>',
        f'<line class="g" x1="{_LEFT}" y1="34" x2="{_LEFT}" y2="{top}"/>',
        *_bars(table, words),
        *(
            f'<text class="n" x="10" y="{top + 20 + _LINE * n}">{escape(note)}</text>'
            for n, note in enumerate(notes)
        ),
        "</svg>",
    ]
    return "\n".join(parts)


def page(tables: Sequence[Protected], words: Callable[[str], str]) -> str:
    """Return a page with the picture of each table, for a browser without a network."""
    pictures = "\n".join(f"<p>{svg(table, words)}</p>" for table in tables)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\"><title>Numbers</title></head>\n"
        f"<body>\n{pictures}\n</body>\n</html>\n"
    )


def _bars(table: Protected, words: Callable[[str], str]) -> Iterator[str]:
    rows = (*table.rows, table.total)
    longest = max((_length(table, row) or 0 for row in rows), default=0)
    for number, (row, line) in enumerate(zip(rows, lines(table, words), strict=True)):
        y = 40 + _HIGH * number
        is_total = row is table.total
        yield f'<text x="10" y="{y + 15}">{escape(_short(line[0]))}</text>'
        length = _length(table, row)
        wide = 0 if length is None or not longest else _BAR * length / longest
        if wide:
            kind = "a" if is_total else "b"
            yield f'<rect class="{kind}" x="{_LEFT}" y="{y}" width="{wide:.1f}" height="20"/>'
        yield f'<text x="{_LEFT + wide + 6:.1f}" y="{y + 15}">{escape(_figure(line))}</text>'


def _short(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"


def _length(table: Protected, row: Row) -> float | None:
    return share(row) if is_rate(table) else row.counted


def _figure(line: Sequence[str]) -> str:
    if len(line) == 2:  # noqa: PLR2004 - a name and a number
        return line[1]
    return f"{line[3]} ({line[2]} of {line[1]})" if line[3] != HIDDEN else f"{HIDDEN} of {line[1]}"
