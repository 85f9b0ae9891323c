"""Work while somebody is away: whose it is, who sees it, and that it is theirs again by itself."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from access import open_refusals
from notices import Kind, Sources, to_tell
from projections import Staff, cases, lapsing, practitioners, team, waiting
from tests.paths import referred, step
from tests.projections.recording import taken
from tests.story import MONDAY

if TYPE_CHECKING:
    from pathlib import Path

    from projections import Waiting
    from tests.projections.conftest import Service

BACK = MONDAY + timedelta(days=14)
MEANWHILE = MONDAY + timedelta(days=7)
LAST = BACK - timedelta(microseconds=1)


def away(service: Service, who: str = "lead", back: datetime = BACK, cover: str = "") -> None:
    given = {"cover": service.someone(cover)} if cover else {}
    service.told.staff.do("trainer", "record_absence", about=who, back=back.isoformat(), **given)
    service.told.staff_moved_on()
    service.catch_up()


def queue(
    service: Service, reader: str, at: datetime, who: str | None = None, case: str = ""
) -> list[Waiting]:
    """Return of the queue what is the lead's: that they are in touch."""
    service.catch_up()
    found = waiting(service.views, service.reader(reader), at, who)
    theirs = (one for one in found if one.name == "service_silence")
    return [one for one in theirs if one.case == (case or one.case)]


def listed(service: Service, reader: str, at: datetime) -> list[str]:
    here = Staff(service.views, at).standing_in(service.reader(reader))
    return [one.case for one in cases(service.views, here)]


def test_the_cover_has_the_queue_and_the_case_for_that_time_and_no_longer(
    service: Service,
) -> None:
    case = service.told.case(*referred())
    away(service, cover="intermediate")
    lead, cover = service.someone("lead"), service.someone("intermediate")
    for at in (MONDAY, MEANWHILE, LAST):
        (owed,) = queue(service, "intermediate", at)
        assert (owed.case, owed.whom, owed.in_place_of) == (case, cover, lead)
        assert queue(service, "intermediate", at, cover) == [owed]
        assert queue(service, "lead", at, lead) == []
        assert listed(service, "intermediate", at) == [case]
    for at in (MONDAY - timedelta(microseconds=1), BACK):
        assert queue(service, "intermediate", at) == []
        assert listed(service, "intermediate", at) == []
        (owed,) = queue(service, "lead", at, lead)
        assert (owed.whom, owed.in_place_of) == (lead, None)


def test_back_before_the_day_it_is_theirs_again_at_once(service: Service) -> None:
    service.told.case(*referred())
    away(service, cover="intermediate")
    service.told.staff.later(days=2)
    service.told.staff.do("lead", "end_absence", about="lead")
    service.told.staff_moved_on()
    now = service.told.staff.now
    assert queue(service, "intermediate", now) == []
    assert len(queue(service, "lead", now, service.someone("lead"))) == 1


def test_what_nobody_covers_is_a_supervisors_task(service: Service) -> None:
    service.told.case(*referred())
    away(service)
    supervisor = service.someone("supervisor")
    (owed,) = queue(service, "supervisor", MEANWHILE, supervisor)
    assert (owed.whom, owed.in_place_of) == (None, None)
    assert queue(service, "supervisor", BACK, supervisor) == []


def test_a_case_in_which_the_cover_has_a_conflict_is_a_supervisors_task_and_not_seen(
    service: Service,
) -> None:
    conflict = step("auditor", "declare_conflict", practitioner="@intermediate")
    hidden = service.told.case(*referred(), conflict)
    seen = service.told.case(*referred())
    away(service, cover="intermediate")
    assert {w.case for w in queue(service, "intermediate", MEANWHILE)} == {seen}
    assert listed(service, "intermediate", MEANWHILE) == [seen]
    owed = queue(service, "supervisor", MEANWHILE, case=hidden)
    assert {w.whom for w in owed} == {None}


def test_what_is_somebodys_own_goes_to_nobody_who_covers(service: Service) -> None:
    service.told.case(*referred())
    away(service, back=MONDAY + timedelta(days=70), cover="intermediate")
    later = MONDAY + timedelta(days=60)
    rows = lapsing(service.views, later)
    lead, cover = service.someone("lead"), service.someone("intermediate")
    assert lead in {row["stream"] for row in rows}
    found = waiting(service.views, service.reader("intermediate"), later, None, rows)
    assert {w.case for w in found if w.case.startswith("PR")} == {cover}
    theirs = waiting(service.views, service.reader("lead"), later, None, rows)
    assert {w.whom for w in theirs if w.case == lead} <= {lead, None}


def test_while_a_cover_is_away_themselves_it_is_a_supervisors_and_then_theirs_again(
    service: Service,
) -> None:
    service.told.case(*referred())
    away(service, cover="intermediate")
    away(service, "intermediate", MONDAY + timedelta(days=3), cover="advanced")
    supervisor, cover = service.someone("supervisor"), service.someone("intermediate")
    meanwhile, after = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    assert [w.whom for w in queue(service, "supervisor", meanwhile, supervisor)] == [None]
    for reader in ("advanced", "intermediate"):
        assert queue(service, reader, meanwhile) == []
    assert [w.whom for w in queue(service, "intermediate", after)] == [cover]


@pytest.mark.parametrize("name", ["intermediate", "lead"])
def test_a_cover_who_left_or_whom_left_covers_nothing(service: Service, name: str) -> None:
    service.told.case(*referred())
    away(service, cover="intermediate")
    service.told.staff.do("trainer", "deactivate_practitioner", about=name)
    service.told.staff_moved_on()
    service.catch_up()
    assert listed(service, "intermediate", MEANWHILE) == []
    assert [w.whom for w in queue(service, "supervisor", MEANWHILE)] == [None]


def test_a_supervisor_sees_who_is_away_until_when_and_who_has_their_tasks(
    service: Service,
) -> None:
    service.told.case(*referred())
    away(service, cover="intermediate")
    lead, cover = service.someone("lead"), service.someone("intermediate")
    loads = {
        one.who: one for one in team(service.views, service.reader("supervisor"), MEANWHILE).loads
    }
    absence = loads[lead].absence
    assert absence is not None
    assert (absence.back, absence.cover) == (BACK, cover)
    assert (loads[lead].lead, loads[lead].due, loads[cover].due) == (1, 0, 1)
    found = practitioners(service.views, service.reader("worker"), BACK)
    assert {one.absence for one in found} == {None}


def test_notices_go_to_whoever_covers_and_again_to_them_once_they_are_back(
    service: Service, tmp_path: Path
) -> None:
    late = taken(*referred())
    late.later(days=40)
    case = service.told.add(late.history)
    away(service, back=MONDAY + timedelta(days=60), cover="intermediate")
    lead, cover = service.someone("lead"), service.someone("intermediate")

    def missed(at: datetime) -> set[str]:
        with closing(open_refusals(f"sqlite:///{tmp_path / 'access.db'}")) as refusals:
            found = to_tell(Sources(service.views, refusals), at)
        return {one.to for one in found if one.kind is Kind.MISSED and one.case == case}

    assert {lead, cover} & missed(MONDAY + timedelta(days=41)) == {cover}
    assert {lead, cover} & missed(MONDAY + timedelta(days=60)) == {lead}
