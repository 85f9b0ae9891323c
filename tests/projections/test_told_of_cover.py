"""Whoever covers is told when it begins: once, until when, and of nothing that was called off."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from access import open_refusals
from notices import Kind, open_outbox
from tests.projections.noticing import Desk
from tests.story import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from notices.outbox import Kept
    from tests.projections.conftest import Service

STARTS, BACK = MONDAY + timedelta(days=3), MONDAY + timedelta(days=10)
HOUR = timedelta(hours=1)


class Absences(Desk):
    """A desk at which the lead's absences are entered."""

    def absence(self, name: str, at: datetime = MONDAY, **given: object) -> None:
        days = {key: v.isoformat() if isinstance(v, datetime) else v for key, v in given.items()}
        if "cover" in days:
            days["cover"] = self.service.someone(str(days["cover"]))
        self.enter("trainer", name, "lead", at, **days)

    def waits(self, at: datetime) -> list[Kept]:
        return self.look(at, Kind.COVERING)

    def hear(self, at: datetime) -> list[tuple[str, str]]:
        return self.told(at, Kind.COVERING)


@pytest.fixture
def desk(service: Service, tmp_path: Path) -> Iterator[Absences]:
    with (
        closing(open_refusals(f"sqlite:///{tmp_path / 'access.db'}")) as refusals,
        closing(open_outbox(f"sqlite:///{tmp_path / 'outbox.db'}")) as outbox,
    ):
        here = Absences(service, refusals, outbox)
        here.waits(MONDAY)
        yield here


def test_whoever_covers_is_told_when_the_absence_begins_and_once(desk: Absences) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    assert desk.hear(STARTS - HOUR) == []
    assert desk.hear(STARTS) == [("intermediate", "lead")]
    for at in (STARTS, STARTS + HOUR, BACK - HOUR, BACK, BACK + HOUR):
        assert desk.hear(at) == []


def test_a_worker_that_looks_late_makes_up_for_it_while_it_lasts(desk: Absences) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    (kept,) = desk.waits(BACK - HOUR)
    assert (kept.due, kept.task) == (BACK, "work in their place until they are back")
    # It lay there until they were back.
    assert desk.waits(BACK) == []


def test_of_an_absence_called_off_or_moved_before_it_began_nobody_is_told_as_it_was(
    desk: Absences,
) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    later = STARTS + timedelta(days=2)
    desk.absence("change_absence", absence="B1", starts=later)
    assert desk.hear(STARTS) == []
    assert desk.hear(later) == [("intermediate", "lead")]
    desk.absence("record_absence", starts=BACK + HOUR, back=BACK + 9 * HOUR, cover="advanced")
    desk.absence("end_absence", at=BACK, absence="B2")
    assert desk.hear(BACK + HOUR) == []


def test_what_was_called_off_before_the_notice_left_is_withdrawn(desk: Absences) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    assert len(desk.waits(STARTS)) == 1
    desk.absence("end_absence", at=STARTS + HOUR)
    assert desk.waits(STARTS + HOUR) == []


def test_an_illness_entered_days_late_is_told_at_once_however_new_the_outbox_is(
    desk: Absences,
) -> None:
    ill = MONDAY - timedelta(days=5)
    entered = MONDAY + HOUR
    desk.absence("record_absence", at=entered, starts=ill, back=BACK, cover="intermediate")
    assert desk.hear(entered) == [("intermediate", "lead")]
    assert desk.hear(entered + HOUR) == []


def test_one_who_covers_from_now_on_is_told_and_so_is_the_next_with_another_day_of_return(
    desk: Absences,
) -> None:
    desk.absence("record_absence", back=BACK, cover="intermediate")
    assert desk.hear(MONDAY) == [("intermediate", "lead")]
    desk.absence("change_absence", at=STARTS, absence="B1", cover="advanced")
    assert desk.hear(STARTS) == [("advanced", "lead")]
    longer = BACK + timedelta(days=7)
    desk.absence("change_absence", at=STARTS + HOUR, absence="B1", back=longer)
    (kept,) = desk.waits(STARTS + HOUR)
    assert kept.due == longer
    assert desk.hear(STARTS + HOUR) == [("advanced", "lead")]
    assert desk.hear(BACK) == []


def test_whom_nobody_covers_is_told_to_nobody(desk: Absences) -> None:
    desk.absence("record_absence", back=BACK)
    assert desk.hear(MONDAY) == []


def test_a_cover_who_is_ill_themselves_is_told_once_they_are_there(
    desk: Absences, service: Service
) -> None:
    desk.absence("record_absence", back=BACK, cover="intermediate")
    service.told.staff.do(
        "trainer", "record_absence", about="intermediate", back=STARTS.isoformat()
    )
    service.told.staff_moved_on()
    assert desk.hear(MONDAY) == []
    assert desk.hear(STARTS) == [("intermediate", "lead")]
