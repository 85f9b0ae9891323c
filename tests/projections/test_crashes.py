"""Whoever catches up may be killed at any statement, and several may do it at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from projections import alarms, differences, rebuild
from tests.projections.conftest import rows

if TYPE_CHECKING:
    from tests.projections.conftest import Service

SCRIPT = Path(__file__).with_name("crashing.py")
PATHS = ("three_victims", "declined", "shuttle", "withdrawn", "face_to_face", "letter")


def started(service: Service, keys: Path, what: str, more: str) -> subprocess.Popen[str]:
    place = service.place
    return subprocess.Popen(
        [sys.executable, SCRIPT, what, place.log_url, place.views_url, keys, more],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killed_at_any_statement_of_a_batch_it_carries_on_where_it_was(
    service: Service, keys: Path
) -> None:
    for name in PATHS:
        service.told.path(name)
    with started(service, keys, "dying", "16") as process:
        assert process.communicate()[0] == "16\n"
    got = service.views.place().position
    assert 0 < got < service.log.last()
    service.catch_up()
    followed = rows(service.views)
    assert differences(service.log, service.views) == []
    rebuild(service.log, service.views)
    assert rows(service.views) == followed


def test_several_processes_follow_at_once_while_things_happen(
    service: Service, keys: Path, tmp_path: Path
) -> None:
    with started(service, keys, "racing", str(tmp_path / "stop")) as process:
        try:
            for name in PATHS:
                service.told.path(name)
                service.catch_up(3)
        finally:
            (tmp_path / "stop").touch()
        process.communicate()
    assert process.returncode == 0
    assert service.views.place().position == service.log.last()
    assert alarms(service.views) == []
    followed = rows(service.views)
    assert differences(service.log, service.views) == []
    rebuild(service.log, service.views)
    assert rows(service.views) == followed
