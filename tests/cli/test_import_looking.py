"""Whoever brings a case along that is there already is told of it only what they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access import Outcome
from tests.bringing import as_json_lines, live_case
from tests.cli.test_import import apart, imported, somebody
from tests.looks import how_many, since

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import Service
    from tests.terminal import Typist

__all__ = ["apart", "somebody"]


async def test_no_file_tells_what_is_recorded_to_somebody_who_may_not_see_it(
    apart: Service,
    somebody: Typist,
    tmp_path: Path,
) -> None:
    """Whoever changes one line after the other would else learn what a case holds."""
    lines = live_case(1, apart.staff, called="GUESSED")
    file = as_json_lines(tmp_path / "guessed.jsonl", lines[:2])
    brought = await imported(somebody, file)
    case = brought.json["cases"][lines[0]["case"]]
    as_json_lines(file, [lines[0], {**lines[1], "asked_by": "V1"}])
    stranger, before = apart.staff["co"], how_many(apart.door)
    unseen = await imported(somebody, file, "--dry-run", actor=stranger)
    assert (unseen.code, unseen.json["already"]) == (0, 2)
    seen = await imported(somebody, file, "--dry-run")
    assert (seen.code, "was another" in seen.err) == (2, True)
    denied, given = since(apart.door, before)
    assert (denied.actor.id, denied.outcome, denied.about) == (stranger, Outcome.DENIED, (case,))
    assert (given.outcome, given.about, given.purpose) == (Outcome.GIVEN, (case,), "import")


async def test_a_file_is_carried_on_by_somebody_who_may_not_see_its_cases(
    apart: Service,
    somebody: Typist,
    tmp_path: Path,
) -> None:
    lines = live_case(2, apart.staff, called="CARRIED")
    file = as_json_lines(tmp_path / "carried.jsonl", lines[:2])
    stranger = apart.staff["co"]
    assert (await imported(somebody, file, actor=stranger)).json["entered"] == 2
    as_json_lines(file, lines)
    rest = await imported(somebody, file, actor=stranger)
    assert (rest.code, rest.json["entered"], rest.json["already"]) == (0, 1, 2)
