"""How numbers are said: in words, in a sheet that no spreadsheet rewrites, in a picture."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

from cli.report.telling import part_words
from reports import DEFINITIONS, Asked, Months, Protected, Row
from reports.drawing import svg
from reports.families.path import _OF_EITHER, STEPS
from reports.parts import OWN
from reports.sheet import sheet
from sentences import sentences

DAYS = Protected(
    Asked(DEFINITIONS["first-contact@1"], OWN),
    Months.typed("2026-05"),
    tuple(Row(part, 9) for part in ("0", "1-2", "21-60", "over-60")),
    Row("", 36),
    4,
)
WAYS = {
    f"{word}_{side}" if kind in _OF_EITHER else word
    for kind, word in STEPS.items()
    for side in ("VICTIM", "OFFENDER")
}


def sheet_of(table: Protected) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(sheet([table])))]


def test_a_band_of_days_is_taken_for_a_date_by_no_spreadsheet() -> None:
    parts = [row["part"] for row in sheet_of(DAYS)]
    assert parts == ["0", "1 to 2", "21 to 60", "over-60", "all"]


def test_every_step_of_the_path_is_said_in_words() -> None:
    said = {one: part_words(f"{one}>ENDED") for one in WAYS}
    assert said["INFORMED_VICTIM"] == "informed (victim) → ended"
    assert [one for one in said.values() if one != one.lower()] == []
    own = {"ENHANCED", "ORDINARY", "OTHERS", "NOT_ANSWERED_YET"}
    assert set(sentences().file.counted) == {*STEPS.values(), *own}


def test_no_name_of_a_bar_is_so_long_that_it_reaches_the_bar() -> None:
    named = {part_words(f"{one}>{other}") for one in WAYS for other in WAYS}
    long = max(named, key=len)
    picture = svg(replace(DAYS, rows=(Row("A", 9),)), lambda _: long * 2)
    assert long * 2 not in picture
    assert f">{(long * 2)[:45]}…<" in picture


def test_a_sheet_and_a_picture_say_what_they_may_be_taken_for() -> None:
    published = replace(DAYS, published_at=datetime(2026, 6, 2, tzinfo=UTC))
    for table, stands in (
        (DAYS, "not to be passed on"),
        (published, "published 2026-06-02"),
        (replace(DAYS, demo=True), "plainly invented"),
    ):
        assert all(stands in row["stands"] for row in sheet_of(table))
        assert stands.lower() in svg(table, part_words).lower()
