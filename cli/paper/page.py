"""One page to print: it fetches nothing, and says on paper what it says on the screen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STYLE = (
    "@page{margin:18mm}body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;color:#000}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin:1.4em 0 .4em}.box{border:1.5px solid #000;"
    "padding:.6em 1em}table{border-collapse:collapse;width:100%}td,th{text-align:left;"
    "vertical-align:top;border-bottom:1px solid #999;padding:.3em .8em .3em 0}"
    ".line{border-bottom:1px solid #000;height:2.1em}.easy{font-size:19px;line-height:1.7}"
    "h2,tr,.box{break-inside:avoid}h2{break-after:avoid}"
)


def page(title: str, body: Iterable[str], *, easy: bool = False, language: str = "en") -> str:
    """Return the whole page. What is in the body is HTML already: see `text` and `table`."""
    size = ' class="easy"' if easy else ""
    parts = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body{size}>\n<h1>{escape(title)}</h1>\n{parts}\n</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Return words as paragraphs, their lines kept."""
    return f"<p>{'<br>'.join(escape(line) for line in words.splitlines())}</p>"


def heading(words: str) -> str:
    """Return the heading of a part."""
    return f"<h2>{escape(words)}</h2>"


def box(lines: Iterable[str]) -> str:
    """Return lines that must not be missed."""
    return f'<div class="box">{"<br>".join(escape(line) for line in lines)}</div>'


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells, the lines of each kept."""
    cells = (
        "".join(f"<td>{'<br>'.join(escape(line) for line in c.splitlines())}</td>" for c in row)
        for row in rows
    )
    return "<table>" + "\n".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def to_write_on(lines: int) -> str:
    """Return so many empty lines."""
    return '<div class="line"></div>' * lines
