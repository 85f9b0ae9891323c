"""The proof: the log replayed and compared with the tables; every seeded drift is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from projections import Difference, Differs, differences
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
    assert differences(service.log, service.views) == []
    return service


def first(service: Service) -> str:
    (row,) = service.views.select(sa.select(cases.c.stream).order_by(cases.c.stream).limit(1))
    return str(row["stream"])


def test_nothing_differs_in_read_models_that_were_never_made(service: Service) -> None:
    service.told.path("three_victims")
    assert differences(service.log, service.views) == []
    assert service.views.place().position == service.log.last()


def test_a_changed_value_is_a_difference(proved: Service) -> None:
    changed = sa.update(cases).where(cases.c.stream == first(proved)).values(pairs_open=7)
    assert proved.views.database.run(changed) == 1
    case = first(proved)
    only = [Difference("cases", case, Differs.OTHER_VALUES, ("pairs_open",))]
    assert differences(proved.log, proved.views) == only


def test_a_missing_row_is_a_difference(proved: Service) -> None:
    lost = sa.delete(waiting).where(waiting.c.stream == first(proved), waiting.c.number == 0)
    assert proved.views.database.run(lost) == 1
    only = [Difference("waiting", first(proved), Differs.ROWS_MISSING)]
    assert differences(proved.log, proved.views) == only


def test_values_that_changed_rows_are_a_difference_in_no_one_column(proved: Service) -> None:
    case = first(proved)
    number = waiting.c.number
    of_it = sa.update(waiting).where(waiting.c.stream == case)
    for was, now in ((0, 99), (1, 0), (99, 1)):
        assert proved.views.database.run(of_it.where(number == was).values(number=now)) == 1
    assert differences(proved.log, proved.views) == [
        Difference("waiting", case, Differs.OTHER_VALUES)
    ]


def test_a_row_of_a_case_that_is_not_in_the_log_is_a_difference(proved: Service) -> None:
    of_one = sa.update(register).where(register.c.stream == proved.someone("co"))
    assert proved.views.database.run(of_one.values(stream="PR-7K3M9QXA-5")) == 1
    # One who is missing, and one who should not be there.
    missing, stranger = differences(proved.log, proved.views)
    assert missing == Difference("practitioners", proved.someone("co"), Differs.ROWS_MISSING)
    assert stranger == Difference("practitioners", "PR-7K3M9QXA-5", Differs.NOT_IN_THE_LOG)


def test_each_read_model_is_counted_for_each_stream(proved: Service) -> None:
    proved.views.database.run(sa.update(waiting).values(whom=None))
    proved.views.database.run(sa.update(cases).values(demo=True))
    assert len(differences(proved.log, proved.views)) == 6


def test_events_that_were_passed_over_are_a_difference(proved: Service) -> None:
    proved.told.path("declined")
    proved.views.database.run(sa.update(PLACE).values(position=proved.log.last()))
    assert len(differences(proved.log, proved.views)) > 0
