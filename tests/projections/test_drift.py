"""The proof: the log replayed and compared with the tables; every seeded drift is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from projections import differences
from projections.cases import CASES
from projections.place import PLACE
from projections.practitioners import PRACTITIONERS
from projections.waiting import WAITING
from tests.paths import referred

if TYPE_CHECKING:
    from tests.projections.conftest import Service

cases, waiting, register = CASES.table, WAITING.table, PRACTITIONERS.table


@pytest.fixture
def proved(service: Service) -> Service:
    """Return a service with three cases of two waits each, whose proof was 0."""
    for _ in range(3):
        service.told.case(referred()[0])
    service.catch_up()
    assert differences(service.log, service.views) == 0
    return service


def first(service: Service) -> str:
    (row,) = service.views.select(sa.select(cases.c.stream).order_by(cases.c.stream).limit(1))
    return str(row["stream"])


def test_nothing_differs_in_read_models_that_were_never_made(service: Service) -> None:
    service.told.path("three_victims")
    assert differences(service.log, service.views) == 0
    assert service.views.place().position == service.log.last()


def test_a_changed_value_is_a_difference(proved: Service) -> None:
    changed = sa.update(cases).where(cases.c.stream == first(proved)).values(pairs_open=7)
    assert proved.views.database.run(changed) == 1
    assert differences(proved.log, proved.views) == 1


def test_a_missing_row_is_a_difference(proved: Service) -> None:
    lost = sa.delete(waiting).where(waiting.c.stream == first(proved), waiting.c.number == 0)
    assert proved.views.database.run(lost) == 1
    assert differences(proved.log, proved.views) == 1


def test_a_row_of_a_case_that_is_not_in_the_log_is_a_difference(proved: Service) -> None:
    stranger = sa.update(register).where(register.c.stream == proved.someone("co"))
    assert proved.views.database.run(stranger.values(stream="PR-7K3M9QXA-5")) == 1
    # One who is missing, and one who should not be there.
    assert differences(proved.log, proved.views) == 2


def test_each_read_model_is_counted_for_each_stream(proved: Service) -> None:
    proved.views.database.run(sa.update(waiting).values(whom=None))
    proved.views.database.run(sa.update(cases).values(demo=True))
    assert differences(proved.log, proved.views) == 6


def test_events_that_were_passed_over_are_a_difference(proved: Service) -> None:
    proved.told.path("declined")
    proved.views.database.run(sa.update(PLACE).values(position=proved.log.last()))
    assert differences(proved.log, proved.views) > 0
