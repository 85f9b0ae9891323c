"""Tables as CSV: a line for each row, each with its definition, so that none is without."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from reports.saying import HIDDEN, is_rate, share, stands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.counting import Row
    from reports.given import Protected

COLUMNS = (
    "number", "version", "title", "period", "by", "part", "counted", "met", "share", "published",
    "counts", "of_whom", "cohort", "beware", "stands",
)  # fmt: skip
_BAND = re.compile(r"([0-9]+)-([0-9]+)")


def sheet(tables: Iterable[Protected]) -> str:
    """Return the tables as one CSV document (RFC 4180); `*` is what is hidden, empty what is not
    asked."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for table in tables:
        writer.writerows(_rows(table))
    return text.getvalue()


def _rows(table: Protected) -> Iterator[tuple[object, ...]]:
    of = table.asked.definition
    about = (of.id, of.version, of.title, table.months, table.asked.by)
    told = (
        table.published_at.date() if table.published_at else "",
        of.counted.sentence,
        of.met.sentence if of.met else "",
        of.cohort,
        of.beware,
        stands(table),
    )
    for row in (*table.rows, table.total):
        part = "all" if row is table.total else _part(row.part)
        yield (*about, part, *_figures(table, row), *told)


def _part(code: str) -> str:
    """Return a part as it is; a band of numbers as no spreadsheet takes it for a date."""
    band = _BAND.fullmatch(code)
    return f"{band[1]} to {band[2]}" if band else code


def _figures(table: Protected, row: Row) -> tuple[object, object, object]:
    counted = HIDDEN if row.counted is None else row.counted
    if not is_rate(table):
        return counted, "", ""
    part = share(row)
    met = HIDDEN if row.met is None else row.met
    return counted, met, HIDDEN if part is None else f"{part:.4f}"
