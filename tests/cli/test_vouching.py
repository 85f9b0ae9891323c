"""`rj import`: who is taken to have signed in, of all in whose names a file is entered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cli.importing.checking import Checking
from cli.importing.entering import Entering
from cli.importing.lines import read_lines
from domain.record import Actor
from tests.bringing import as_json_lines, live_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import Service


def nothing(*_counted: int) -> None:
    """Show no progress."""


async def test_nobody_counts_as_signed_in_but_whoever_brings_the_file_along(
    service: Service, tmp_path: Path
) -> None:
    lines = live_case(1, service.staff, called="SIGNED")
    found = read_lines(as_json_lines(tmp_path / "signed.jsonl", lines))
    importer = Actor(id=service.staff["supervisor"], identified="signed-in:invented")
    log, settings, now = service.door.readings.log, service.settings, datetime.now(UTC)
    own = (settings.competence, settings.limits.contact_plan)
    plan = Checking(log, *own, "seed", importer, now, lambda _: True).plan(found, nothing)
    assert not plan.problems
    await Entering(service.door, plan, importer, nothing).run()
    entries = service.log(plan.cases[0].stream)
    known = {e.envelope.actor.id: e.envelope.actor.identified for e in entries}
    assert known.pop(importer.id) == importer.identified
    assert {*known.values()} == {"unverified"}
