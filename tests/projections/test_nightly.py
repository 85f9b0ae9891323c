"""The nightly proof: once a day, by one of several, written down."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

import projections.background
from projections import last_proof, prove, start
from projections.cases import CASES
from tests.projections.test_background import comes

if TYPE_CHECKING:
    from tests.projections.conftest import Place, Service

NIGHT = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
"""Half past two in London."""


def test_it_is_done_once_a_day_and_written_down(service: Service, place: Place) -> None:
    service.told.path("declined")
    assert last_proof(service.views) is None
    assert prove(service.log, service.views, NIGHT) == 0
    with closing(place.views()) as other:
        assert prove(service.log, other, NIGHT + timedelta(hours=5)) is None
        assert prove(service.log, other, NIGHT + timedelta(days=1)) == 0
    proof = last_proof(service.views)
    assert proof is not None
    assert (proof.day, proof.differences) == ("2026-07-02", 0)


def test_it_is_not_begun_before_its_hour(service: Service) -> None:
    assert prove(service.log, service.views, NIGHT - timedelta(hours=1)) is None
    assert last_proof(service.views) is None


def test_a_difference_is_an_error_in_the_log_lines(service: Service) -> None:
    service.told.path("declined")
    service.catch_up()
    service.views.database.run(sa.update(CASES.table).values(stage="FALSE"))
    with capture_logs() as logged:
        assert prove(service.log, service.views, NIGHT) == 1
    lines = [(line["event"], line["log_level"], line["differences"]) for line in logged]
    assert lines == [("read_models_proved", "error", 1)]


def test_a_proof_that_was_broken_off_may_be_begun_again(service: Service) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prove(service.log, service.views, NIGHT, stop)
    assert last_proof(service.views) is None
    assert prove(service.log, service.views, NIGHT) == 0


def test_a_worker_does_it_in_the_background_and_can_be_stopped_meanwhile(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way = threading.Event()

    def proving(*given: object) -> None:
        under_way.set()
        rest = given[-1]
        assert callable(rest)
        while True:
            rest()

    monkeypatch.setattr(projections.background, "LOOKS_FOR_PROOF", 0.01)
    monkeypatch.setattr(projections.background, "prove", proving)
    with capture_logs() as logged:
        stop = start(service.log, service.views, every=0.02)
        assert comes(under_way.is_set)
        stop()
    assert logged == []
    assert not any(thread.name.startswith("read-models") for thread in threading.enumerate())
