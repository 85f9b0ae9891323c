"""Telling numbers: as tables, JSON, CSV and pictures, each with its definition beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.ending import nonsense
from cli.new_file import check_new, write_new
from cli.output import heading, table, tell
from cli.wording import counted_words
from reports.drawing import page, svg
from reports.families.path import ARROW
from reports.saying import columns, has_hidden, lines, said
from reports.sheet import sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports import Definition, Protected

SVG, HTML = ".svg", ".html"


def part_words(code: str) -> str:
    """Return a part of a table in the words that staff read."""
    if ARROW in code:
        return " → ".join(counted_words(step) for step in code.split(ARROW))
    return ", ".join(counted_words(part) for part in code.split(":")) if code else "—"


def tell_tables(tables: Sequence[Protected]) -> None:
    """Print the tables, each with its definition."""
    for one in tables:
        first, *more = said(one)
        heading(first)
        table(columns(one), lines(one, part_words))
        for line in more:
            tell(line)


def tell_definitions(definitions: Sequence[Definition]) -> None:
    """Print what each number is, by family."""
    for family in dict.fromkeys(one.family for one in definitions):
        heading(family)
        mine = [one for one in definitions if one.family == family]
        table(("number", "what it is", "counted", "of whom", "period", "beware"), [
            (one.name, one.title, one.counted.sentence, one.met.sentence if one.met else "—",
             one.cohort or "—", one.beware or "—")
            for one in mine
        ])  # fmt: skip


def as_json(one: Protected) -> dict[str, Any]:
    """Return a table for a program: null is hidden."""
    rows = [{"part": r.part, "counted": r.counted, "met": r.met} for r in one.rows]
    return {
        "number": described(one.asked.definition),
        "period": str(one.months),
        "by": one.asked.by,
        "rows": rows,
        "total": {"counted": one.total.counted, "met": one.total.met},
        "middle": one.middle,
        "hidden": has_hidden(one),
        "published_at": one.published_at.isoformat() if one.published_at else None,
    }


def described(one: Definition) -> dict[str, Any]:
    """Return a definition for a program."""
    return {
        "id": one.id,
        "version": one.version,
        "family": one.family,
        "title": one.title,
        "counted": one.counted.sentence,
        "of_whom": one.met.sentence if one.met else None,
        "cohort": one.cohort,
        "beware": one.beware,
        "reads": one.reads,
    }


def write_files(tables: Sequence[Protected], csv: Path | None, chart: Path | None) -> None:
    """Write the files that were asked for. Raises `Ended` for one that is there."""
    if csv is not None:
        write_new(csv, sheet(tables))
    if chart is not None:
        one = chart.suffix.lower() == SVG
        write_new(chart, svg(tables[0], part_words) if one else page(tables, part_words))


def check_files(csv: Path | None, chart: Path | None, many: int) -> None:
    """See that the files can be written, before anything is counted. Raises `Ended`."""
    for file in (csv, chart):
        if file is not None:
            check_new(file)
    if chart is not None and chart.suffix.lower() not in (SVG, HTML):
        raise nonsense("--chart: a file that ends with .svg, or .html for a page")
    if chart is not None and chart.suffix.lower() == SVG and many > 1:
        raise nonsense("--chart: several numbers fit on a page only: a file that ends with .html")
