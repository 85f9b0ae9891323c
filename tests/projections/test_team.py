"""The Monday view: caseloads, cases without a lead, decisions that wait, what was missed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.calendar import end_of, local_day
from projections import Overview, lapsing, team
from tests.paths import referred, step
from tests.story import MONDAY

if TYPE_CHECKING:
    from tests.projections.conftest import Service


def seen(service: Service, days: int = 0, reader: str = "supervisor", **area: bool) -> Overview:
    service.catch_up()
    return team(service.views, service.reader(reader), MONDAY + timedelta(days=days), **area)


def test_each_practitioner_is_listed_with_what_they_have_in_hand(service: Service) -> None:
    service.told.case(*referred())
    service.told.case(*referred(), step("lead", "record_need_for_time", party="V1"))
    loads = {one.who: one for one in seen(service).loads}
    lead, co = loads[service.someone("lead")], loads[service.someone("co")]
    assert (lead.lead, lead.co, lead.at_their_pace) == (2, 0, 1)
    assert (co.lead, co.co) == (0, 2)
    assert seen(service).loads[0].lead + seen(service).loads[0].co == 2


def test_a_case_that_nobody_leads_is_named(service: Service) -> None:
    nobodys = service.told.case(*referred()[:2])
    service.told.case(*referred())
    assert [one.case for one in seen(service).unallocated] == [nobodys]


def test_what_waits_for_a_decision_and_what_is_overdue_stand_apart(service: Service) -> None:
    service.told.case(*referred()[:2])
    assert {one.name for one in seen(service).decisions} == {"allocation"}
    assert seen(service).missed == ()
    week = (end_of(local_day(MONDAY)) - MONDAY).days + 9
    late = {one.name for one in seen(service, days=week).missed}
    assert {"allocation", "first_contact"} <= late


def test_a_supervisor_of_another_place_sees_nothing_of_it(service: Service) -> None:
    service.told.case(*referred())
    elsewhere = seen(service, reader="sergeant")
    assert (elsewhere.loads, elsewhere.unallocated) == ((), ())


def test_a_practitioners_own_clock_that_lapsed_is_overdue_in_their_team(service: Service) -> None:
    service.catch_up()
    then = MONDAY + timedelta(weeks=9)
    also = lapsing(service.views, then)
    found = team(service.views, service.reader("supervisor"), then, also=also)
    assert {(one.name, one.case) for one in found.missed} == {
        ("supervision", service.someone(name))
        for name in ("lead", "co", "advanced", "intermediate")
    }
    elsewhere = team(service.views, service.reader("sergeant"), then, also=also)
    assert elsewhere.missed == ()


def test_what_somebody_who_left_still_has_in_hand_is_told_as_theirs(service: Service) -> None:
    service.told.case(*referred())
    service.told.staff.do("trainer", "deactivate_practitioner", about="lead")
    service.told.staff_moved_on()
    (left,) = [one for one in seen(service).loads if not one.active]
    assert (left.who, left.lead) == (service.someone("lead"), 1)
