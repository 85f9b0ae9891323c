"""`rj import`: a case whose people changed their minds on the way stands as they last said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cli.importing.checking import Checking
from cli.importing.entering import Entering
from cli.importing.lines import read_lines
from domain.fold import fold
from domain.record import Actor
from domain.words import Choice
from tests.bringing import as_csv, as_json_lines, live_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import Service


def nothing(*_counted: int) -> None:
    """Show no progress."""


def later(line: dict[str, Any], days: int, command: str, **given: Any) -> dict[str, Any]:
    """Return another line of the same case by the case worker, so many days after this one."""
    at = datetime.fromisoformat(line["effective_at"]) + timedelta(days=days)
    own = {name: line[name] for name in ("case", "actor")}
    return {**own, "command": command, "effective_at": at.isoformat(), "party": "V1", **given}


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (("record_need_for_time", "record_interest"), Choice.EXPLORING),
        (("record_interest", "record_need_for_time"), Choice.CONSIDERING),
        (("decline_offer", "record_interest"), Choice.EXPLORING),
        (("record_interest", "decline_offer"), Choice.DECLINED_THIS_OFFER),
    ],
)
async def test_what_they_said_last_stands_and_nobody_is_asked_to_look_at_it(
    service: Service, tmp_path: Path, kind: str, said: tuple[str, str], stands: Choice
) -> None:
    lines = live_case(1, service.staff, called="-".join(said).replace("_", "-"))
    for days, command in enumerate(said, 1):
        pair = {"thread": "V1-O1"} if command == "record_interest" else {}
        lines.append(later(lines[2], days, command, asked_by="V1", **pair))
    write = as_csv if kind == "csv" else as_json_lines
    found = read_lines(write(tmp_path / f"changed.{kind}", lines))
    importer = Actor(id=service.staff["supervisor"], identified="unverified")
    log, settings, now = service.door.readings.log, service.settings, datetime.now(UTC)
    own = (settings.competence, settings.limits.contact_plan)
    plan = Checking(log, *own, f"seed-{kind}", importer, now, lambda _: True).plan(found, nothing)
    assert not plan.problems
    await Entering(service.door, plan, importer, nothing).run()
    entries = service.log(plan.cases[0].stream)
    assert fold(entries).thread("V1-O1").current.victim.choice is stands
    assert "late_entry_noted" not in {entry.name for entry in entries}
