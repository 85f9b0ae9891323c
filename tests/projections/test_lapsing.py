"""What lapses stands in the work queue: the practitioner's own and their supervisors'."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from projections import Standing, Waiting, lapsing, waiting
from tests.story import MONDAY

if TYPE_CHECKING:
    from tests.projections.conftest import Service

WEEKS = MONDAY + timedelta(weeks=7)


def queue(service: Service, reader: str, who: str | None = None) -> list[Waiting]:
    service.catch_up()
    service.told.staff_moved_on()
    service.catch_up()
    also = lapsing(service.views, WEEKS)
    return waiting(service.views, service.reader(reader), WEEKS, who, also)


def test_a_facilitator_and_their_supervisor_see_that_supervision_lapses(service: Service) -> None:
    (mine,) = queue(service, "lead")
    assert (mine.name, mine.case, mine.standing) == (
        "supervision",
        service.reader("lead").id,
        Standing.LATER,
    )
    assert mine.sentence.startswith("supervise this practitioner")
    seen = {one.case for one in queue(service, "supervisor")}
    assert seen == {service.reader(n).id for n in ("lead", "co", "advanced", "intermediate")}


def test_supervising_is_a_supervisors_task_and_not_their_own(service: Service) -> None:
    assert queue(service, "lead", service.reader("lead").id) == []
    supervisor = service.reader("supervisor").id
    assert queue(service, "supervisor", supervisor)


def test_nobody_of_another_service_sees_what_lapses_here(service: Service) -> None:
    assert queue(service, "sergeant") == []
    assert queue(service, "worker") == []


def test_what_was_missed_is_a_task_of_both(service: Service) -> None:
    queue(service, "lead")
    them = service.reader("lead").id
    then = MONDAY + timedelta(weeks=9)
    service.told.staff.now = then
    service.told.staff.fall_due_of("lead")
    service.told.staff_moved_on()
    service.catch_up()
    also = lapsing(service.views, then)
    mine = waiting(service.views, service.reader("lead"), then, them, also)
    assert [(w.name, w.standing, w.missed) for w in mine] == [
        ("supervision", Standing.OVERDUE, True)
    ]
    assert mine[0].sentence.startswith("you are out of date")
    supervisor = service.reader("supervisor")
    theirs = waiting(service.views, supervisor, then, supervisor.id, also)
    told = [w.sentence for w in theirs if w.case == them]
    assert told == [
        "supervise this practitioner, or they are out of date",
        "say why what keeps this practitioner in date was not renewed in time",
    ]
