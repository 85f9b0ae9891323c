"""Whoever covers is told when it begins: once, until when, and of nothing that was called off."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from access import open_refusals
from notices import Kind, Sources, open_outbox, to_tell
from tests.story import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from access import Refusals
    from notices import Outbox
    from notices.outbox import Kept
    from tests.projections.conftest import Service

STARTS, BACK = MONDAY + timedelta(days=3), MONDAY + timedelta(days=10)
HOUR = timedelta(hours=1)


class Desk:
    """Where absences are entered and notices looked for, as a worker does."""

    def __init__(self, service: Service, refusals: Refusals, outbox: Outbox) -> None:
        self._service, self._refusals, self.outbox = service, refusals, outbox

    def absence(self, name: str, at: datetime = MONDAY, **given: object) -> None:
        staff = self._service.told.staff
        staff.now = at
        days = {key: v.isoformat() if isinstance(v, datetime) else v for key, v in given.items()}
        if "cover" in days:
            days["cover"] = staff.someone(str(days["cover"]))
        staff.do("trainer", name, about="lead", **days)
        self._service.told.staff_moved_on()

    def look(self, at: datetime) -> list[Kept]:
        """Return what waits to be sent once it was looked for, of covering."""
        self._service.catch_up()
        found = to_tell(Sources(self._service.views, self._refusals), at)
        self.outbox.put(found, at)
        self.outbox.withdraw_all_but(found)
        return [kept for kept in self.outbox.to_send(at, 1000) if kept.kind is Kind.COVERING]

    def told(self, at: datetime) -> list[tuple[str, str]]:
        """Send what waits; return to whom, and of whom."""
        waiting = self.look(at)
        for kept in waiting:
            self.outbox.sent(kept)
        names = {reference: name for name, reference in self._service.told.staff.staff.items()}
        return [(names[kept.to], names[kept.case]) for kept in waiting]


@pytest.fixture
def desk(service: Service, tmp_path: Path) -> Iterator[Desk]:
    with (
        closing(open_refusals(f"sqlite:///{tmp_path / 'access.db'}")) as refusals,
        closing(open_outbox(f"sqlite:///{tmp_path / 'outbox.db'}")) as outbox,
    ):
        here = Desk(service, refusals, outbox)
        here.look(MONDAY)
        yield here


def test_whoever_covers_is_told_when_the_absence_begins_and_once(desk: Desk) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    assert desk.told(STARTS - HOUR) == []
    assert desk.told(STARTS) == [("intermediate", "lead")]
    for at in (STARTS, STARTS + HOUR, BACK - HOUR, BACK, BACK + HOUR):
        assert desk.told(at) == []


def test_a_worker_that_looks_late_makes_up_for_it_while_it_lasts(desk: Desk) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    (kept,) = desk.look(BACK - HOUR)
    assert (kept.due, kept.task) == (BACK, "work in their place until they are back")
    # It lay there until they were back.
    assert desk.look(BACK) == []


def test_of_an_absence_called_off_or_moved_before_it_began_nobody_is_told_as_it_was(
    desk: Desk,
) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    later = STARTS + timedelta(days=2)
    desk.absence("change_absence", absence="B1", starts=later)
    assert desk.told(STARTS) == []
    assert desk.told(later) == [("intermediate", "lead")]
    desk.absence("record_absence", starts=BACK + HOUR, back=BACK + 9 * HOUR, cover="advanced")
    desk.absence("end_absence", at=BACK, absence="B2")
    assert desk.told(BACK + HOUR) == []


def test_what_was_called_off_before_the_notice_left_is_withdrawn(desk: Desk) -> None:
    desk.absence("record_absence", starts=STARTS, back=BACK, cover="intermediate")
    assert len(desk.look(STARTS)) == 1
    desk.absence("end_absence", at=STARTS + HOUR)
    assert desk.look(STARTS + HOUR) == []


def test_an_illness_entered_days_late_is_told_at_once_however_new_the_outbox_is(
    desk: Desk,
) -> None:
    ill = MONDAY - timedelta(days=5)
    entered = MONDAY + HOUR
    desk.absence("record_absence", at=entered, starts=ill, back=BACK, cover="intermediate")
    assert desk.told(entered) == [("intermediate", "lead")]
    assert desk.told(entered + HOUR) == []


def test_one_who_covers_from_now_on_is_told_and_so_is_the_next_with_another_day_of_return(
    desk: Desk,
) -> None:
    desk.absence("record_absence", back=BACK, cover="intermediate")
    assert desk.told(MONDAY) == [("intermediate", "lead")]
    desk.absence("change_absence", at=STARTS, absence="B1", cover="advanced")
    assert desk.told(STARTS) == [("advanced", "lead")]
    longer = BACK + timedelta(days=7)
    desk.absence("change_absence", at=STARTS + HOUR, absence="B1", back=longer)
    (kept,) = desk.look(STARTS + HOUR)
    assert kept.due == longer
    assert desk.told(STARTS + HOUR) == [("advanced", "lead")]
    assert desk.told(BACK) == []


def test_whom_nobody_covers_is_told_to_nobody(desk: Desk) -> None:
    desk.absence("record_absence", back=BACK)
    assert desk.told(MONDAY) == []


def test_a_cover_who_is_ill_themselves_is_told_once_they_are_there(
    desk: Desk, service: Service
) -> None:
    desk.absence("record_absence", back=BACK, cover="intermediate")
    service.told.staff.do(
        "trainer", "record_absence", about="intermediate", back=STARTS.isoformat()
    )
    service.told.staff_moved_on()
    assert desk.told(MONDAY) == []
    assert desk.told(STARTS) == [("intermediate", "lead")]
