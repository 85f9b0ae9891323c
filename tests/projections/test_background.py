"""Following the log in the background: soon, through troubles, and until told to stop."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from domain.waits import Limits
from projections import behind, cases, open_views, start
from store import Log
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.projections.conftest import Place, Service

WITHIN = 20


def comes(true: Callable[[], bool]) -> bool:
    """Say whether it comes to be true in time."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_what_happens_is_listed_soon_and_not_after_it_was_stopped(service: Service) -> None:
    stop = start(service.log, service.views, every=0.02)
    case = service.told.path("declined")
    assert comes(lambda: behind(service.log, service.views) == 0)
    assert [c.case for c in cases(service.views, service.reader("auditor"))] == [case]
    stop()
    service.told.path("declined")
    time.sleep(0.1)
    assert behind(service.log, service.views) > 0


def test_rows_made_with_other_limits_are_taken_over_by_whoever_serves(
    service: Service, place: Place
) -> None:
    service.told.path("declined")
    service.catch_up()
    with closing(place.views(Limits(task=3))) as mine:
        form = mine.form
        stop = start(service.log, mine, every=0.02)
        assert comes(lambda: service.views.place().form == form)
        assert comes(lambda: behind(service.log, mine) == 0)
        stop()


def test_a_database_that_cannot_be_used_is_waited_for_and_told_of_once(
    service: Service, tmp_path: Path
) -> None:
    (tmp_path / "lists.db").mkdir()
    service.told.path("declined")
    with (
        capture_logs() as logged,
        closing(open_views(f"sqlite:///{tmp_path / 'lists.db'}", Limits())) as views,
    ):
        stop = start(service.log, views, every=0.02)
        assert comes(lambda: bool(logged))
        time.sleep(0.1)
        shutil.rmtree(tmp_path / "lists.db")
        assert comes(lambda: "read_models_go_on" in [line["event"] for line in logged])
        stop()
        assert behind(service.log, views) == 0
    first, last = (line for line in logged if line["event"].startswith("read_models_"))
    assert (first["event"], last["event"]) == ("read_models_stand_still", "read_models_go_on")
    assert first["trouble"] in set(Trouble)


def test_the_unforeseen_is_written_down_and_does_not_end_it(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Log.moved
    stumbled: list[int] = []

    def stumbles(log: Log, position: int, limit: int) -> object:
        if len(stumbled) < 3:
            stumbled.append(position)
            raise ZeroDivisionError
        return moved(log, position, limit)

    monkeypatch.setattr(Log, "moved", stumbles)
    with capture_logs() as logged:
        stop = start(service.log, service.views, every=0.02)
        assert comes(lambda: behind(service.log, service.views) == 0)
        stop()
    told = [line for line in logged if line["event"] == "read_models_stand_still"]
    assert [line["trouble"] for line in told] == ["unforeseen"]
    assert isinstance(told[0]["exc_info"], ZeroDivisionError)
