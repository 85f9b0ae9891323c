"""The diary over all cases: what is booked, what is booked twice, and who is out now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from projections import AREA, TEAM, away_then, diary, out_now
from tests.domain.expected_diary import ARRANGED, BOOKED, IN, OFF, PLANNED, TALK
from tests.domain.situations import BOTH_IN_TURN
from tests.paths import referred, step
from tests.steps import chosen, explored
from tests.story import MONDAY

if TYPE_CHECKING:
    from projections import Booked
    from tests.projections.conftest import Service

FAR = MONDAY + timedelta(days=60)
IN_A_ROOM = step(
    "worker",
    "book_appointment",
    party="V1",
    starts=(TALK + timedelta(minutes=30)).isoformat(),
    staff=["@co"],
    room="ROOM-2",
)


def seen(service: Service, reader: str = "supervisor", who: str | None = None) -> list[Booked]:
    service.catch_up()
    whose = service.someone(who) if who else None
    return diary(service.views, service.reader(reader), MONDAY, FAR, whose)


def test_what_is_booked_stands_in_the_order_of_time_with_who_comes(service: Service) -> None:
    second = service.told.case(*referred(), IN_A_ROOM)
    first = service.told.case(*referred(), BOOKED)
    found = seen(service)
    assert [(one.case, one.appointment) for one in found] == [(first, "D1"), (second, "D1")]
    assert (found[0].staff, found[0].starts) == ((service.someone("lead"),), TALK)
    assert (found[1].room, found[1].about) == ("ROOM-2", "V1")
    assert [one.case for one in seen(service, who="co")] == [second]


def test_a_practitioner_booked_twice_is_told_in_both(service: Service) -> None:
    one, other = (service.told.case(*referred(), BOOKED) for _ in range(2))
    twice = {row.case: [(too.what, too.case) for too in row.booked_too] for row in seen(service)}
    lead = service.someone("lead")
    assert twice == {one: [(lead, other)], other: [(lead, one)]}


def test_a_room_booked_twice_is_told_and_what_only_follows_on_is_not(service: Service) -> None:
    overlapping = step("worker", IN_A_ROOM.name, **{**IN_A_ROOM.given, "staff": ["@lead"]})
    after_it = {"starts": (TALK + timedelta(minutes=90)).isoformat(), "room": "ROOM-2"}
    later = step("worker", IN_A_ROOM.name, **{**IN_A_ROOM.given, **after_it})
    service.told.case(*referred(), IN_A_ROOM, overlapping, later)
    twice = {row.appointment: [too.what for too in row.booked_too] for row in seen(service)}
    assert twice == {"D1": ["ROOM-2"], "D2": ["ROOM-2"], "D3": []}


def test_that_somebody_is_taken_is_told_and_not_by_which_case_to_whoever_may_not_see_it(
    service: Service,
) -> None:
    mine = service.told.case(*referred(), BOOKED)
    theirs = service.told.case(
        *referred(), BOOKED, step("supervisor", "allocate_case", lead="@advanced")
    )
    (row,) = seen(service, reader="lead")
    assert row.case == mine
    assert [(too.what, too.case) for too in row.booked_too] == [(service.someone("lead"), None)]
    assert theirs not in str(row)


def test_what_is_called_off_is_gone_and_what_is_to_be_called_off_takes_nobody(
    service: Service,
) -> None:
    service.told.case(*referred(), BOOKED, OFF)
    service.told.case(*referred(), BOOKED, step("auditor", "stop_contact", party="V1"))
    service.told.case(*referred(), BOOKED)
    found = seen(service)
    assert sorted(one.fell_away for one in found) == [False, True]
    assert [one.booked_too for one in found] == [(), ()]


def test_a_meeting_with_a_date_is_in_the_diary_of_those_who_facilitate_it(
    service: Service,
) -> None:
    steps = (*referred(), *explored(), *chosen(*BOTH_IN_TURN, risk="PROCEED_DIRECT"), PLANNED)
    service.told.case(*steps)
    arranged = service.told.case(*steps, ARRANGED)
    found = seen(service, who="co")
    assert {one.purpose for one in found} == {"JOINT_MEETING"}
    assert sorted(one.appointment for one in found) == ["D1", "I1"]
    assert [one.room for one in found if one.case == arranged] == ["ROOM-2"]


def test_who_is_out_is_told_until_they_check_out(service: Service) -> None:
    service.told.case(*referred(), IN, step("lead", "check_out"))
    case = service.told.case(*referred(), IN)
    assert seen(service) == []
    found = out_now(service.views, service.reader("supervisor"))
    assert [(one.case, one.staff, one.about) for one in found] == [
        (case, (service.someone("lead"),), "V1")
    ]
    assert out_now(service.views, service.reader("sergeant")) == []


def test_of_the_team_is_what_is_booked_in_its_cases_and_of_the_area_in_all_of_it(
    service: Service,
) -> None:
    case = service.told.case(*referred(), BOOKED, step("lead", "check_in", minutes=60))
    service.catch_up()
    reader = service.reader("auditor")
    here, other = reader.organisation, "SOMEWHERE_ELSE"

    def found(whose: str, **moved: str) -> list[str]:
        asks = reader.changed(**moved)
        rows = diary(service.views, asks, MONDAY, FAR, whose)
        return [one.case for one in (*rows, *out_now(service.views, asks, whose))]

    assert found(TEAM, organisation=here) == [case, case]
    assert found(TEAM, organisation=other) == []
    assert found(AREA, organisation=other) == [case, case]
    assert found(AREA, area="ELSEWHERE") == []


def test_whoever_is_booked_while_they_are_away_is_told(service: Service) -> None:
    case = service.told.case(*referred(), BOOKED, IN_A_ROOM)
    staff = service.told.staff
    cover = {"cover": staff.someone("intermediate")}
    days = {"starts": (TALK - timedelta(hours=1)).isoformat(), "back": FAR.isoformat()}
    staff.do("trainer", "record_absence", about="lead", **days, **cover)
    service.told.staff_moved_on()
    lead = staff.someone("lead")
    assert [(one.appointment, one.away) for one in seen(service)] == [("D1", (lead,)), ("D2", ())]
    reader = service.reader("supervisor")
    (away,) = away_then(service.views, reader, TALK, FAR)
    assert (away.who, away.absence.cover, away.absence.back) == (lead, cover["cover"], FAR)
    assert away_then(service.views, reader, MONDAY, TALK - timedelta(hours=2)) == []
    assert away_then(service.views, service.reader("sergeant"), TALK, FAR) == []
    stopped = service.told.case(*referred(), BOOKED, step("auditor", "stop_contact", party="V1"))
    assert {one.case: one.away for one in seen(service) if one.appointment == "D1"} == {
        case: (lead,),
        stopped: (),
    }


def test_an_interpreter_booked_twice_in_a_case_is_told_and_of_another_case_is_another_person(
    service: Service,
) -> None:
    speaks = step("worker", "add_party", party="S1", role="INTERPRETER", of="V1")
    hers = {**IN_A_ROOM.given, "interpreters": ["S1"]}
    with_her = [
        step("worker", IN_A_ROOM.name, **{**hers, "staff": [who], "room": room})
        for who, room in (("@co", "ROOM-2"), ("@lead", "ROOM-3"))
    ]
    service.told.case(*referred(), speaks, *with_her)
    service.told.case(*referred(), speaks, step("worker", IN_A_ROOM.name,
                      **{**hers, "staff": ["@worker"], "room": "ROOM-4"}))  # fmt: skip
    assert [[too.what for too in one.booked_too] for one in seen(service)] == [["S1"], ["S1"], []]
