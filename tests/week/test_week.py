"""One invented week of a team of eight: every line of its diary, and how it stands each evening."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from settings import Settings
from tests.herd import free_port
from tests.week.living import Living
from tests.week.office import Office
from tests.week.reading import LONDON, read_day
from tests.week.recorded import not_accounted_for, out_of_the_vault
from tests.week.skipping import Skipped, travelling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DIARY = Path(__file__).parent / "diary"
DAYS = ("before", "monday", "tuesday", "wednesday", "thursday", "friday", "weekend")
BEFORE = "2040-09-07T08:00"
"""The Friday before, when the installation is made and the team registered."""


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    port = free_port()
    settings = Settings(
        data=tmp_path / "data",
        keys=tmp_path / "keys",
        temporal_address=f"127.0.0.1:{port}",
        temporal_namespace="default",
        task_queue="rj-week",
    )
    (tmp_path / "data").mkdir()
    friday = datetime.fromisoformat(BEFORE).replace(tzinfo=LONDON)
    with capture_logs() as lines, travelling(friday) as traveller:
        clock = Skipped(tmp_path, traveller, port)
        there = Office(clock, settings, lines)
        there.at_a_terminal(monkeypatch)
        await there.start()
        await there.register()
        yield there
        if there.open:
            await there.stop()


@pytest.mark.timeout(900)
async def test_the_week_ends_with_every_queue_clock_and_history_right(office: Office) -> None:
    living = Living(office)
    for day in DAYS:
        await living.live(read_day(DIARY / f"{day}.txt"))
    wrong = [*living.wrong, *not_accounted_for(office)]
    assert wrong == [], "\n".join(("", *wrong))
    assert [*out_of_the_vault(office)] == []
