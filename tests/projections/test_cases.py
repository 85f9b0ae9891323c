"""The case list: what it says of a case, whom it shows it to, and what it can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.fold import fold
from projections import cases
from tests.paths import PATHS, referred, step
from tests.projections.recording import taken

if TYPE_CHECKING:
    from projections import ListedCase
    from tests.projections.conftest import Service


def listed(service: Service, case: str) -> ListedCase:
    service.catch_up()
    return next(c for c in cases(service.views, service.reader("auditor")) if c.case == case)


def seen(service: Service, name: str) -> list[str]:
    return [c.case for c in cases(service.views, service.reader(name))]


def test_a_finished_case_is_listed_with_its_staff_its_pairs_and_what_was_held(
    service: Service,
) -> None:
    case = service.told.path("face_to_face")
    state = fold(service.log.load(case))
    row = listed(service, case)
    assert (row.stage, row.version) == ("ENDED", state.version)
    assert (row.opened_at, row.referred_at) == (state.opened_at, state.referred_at)
    assert row.referrer == row.opened_by == row.case_worker == service.someone("worker")
    assert (row.lead, row.co) == (service.someone("lead"), service.someone("co"))
    assert row.supervisor == service.someone("supervisor")
    assert (row.organisation, row.area) == ("DERBYSHIRE_RJ", "DERBYSHIRE")
    assert (row.pairs_open, row.pairs_ended, row.pairs_again) == (0, 1, 0)
    assert row.interventions == {"FACE_TO_FACE": 1}
    assert row.demo is False


def test_every_path_is_listed_at_the_stage_where_it_ends(service: Service) -> None:
    told = {service.told.path(name): path.stage for name, path in PATHS.items()}
    service.catch_up()
    assert {c.case: c.stage for c in cases(service.views, service.reader("auditor"))} == told


def test_pairs_are_counted_one_by_one_and_those_taken_up_again_apart(service: Service) -> None:
    row = listed(service, service.told.path("three_victims"))
    assert (row.pairs_open, row.pairs_ended, row.pairs_again) == (3, 0, 1)


def test_a_cancelled_meeting_is_not_counted(service: Service) -> None:
    case = service.told.path("withdrawn")
    assert fold(service.log.load(case)).interventions
    assert listed(service, case).interventions == {}


def test_last_activity_is_what_somebody_did_and_not_what_fell_due(service: Service) -> None:
    story = taken(*referred())
    acted = story.now
    story.later(weeks=8)
    assert story.events[-1] == "wait_missed"
    row = listed(service, service.told.add(story.history))
    assert row.last_activity == acted
    assert row.version == len(story.history)


def test_a_case_that_waits_at_a_persons_own_pace_says_so(service: Service) -> None:
    waits = service.told.case(*referred(), step("lead", "record_need_for_time", party="V1"))
    goes_on = service.told.case(*referred())
    assert listed(service, waits).at_their_pace is True
    assert listed(service, goes_on).at_their_pace is False
    auditor = service.reader("auditor")
    assert [c.case for c in cases(service.views, auditor, at_their_pace=True)] == [waits]


def test_demonstration_cases_say_that_they_are(service: Service) -> None:
    demo, real = service.told.path("declined", "demo"), service.told.path("declined")
    assert listed(service, demo).demo is True
    assert listed(service, real).demo is False
    auditor = service.reader("auditor")
    assert [c.case for c in cases(service.views, auditor, demo=True)] == [demo]


def test_a_reader_sees_only_the_cases_that_the_gate_opens_to_them(service: Service) -> None:
    ours = service.told.case(*referred())
    theirs = service.told.case(referred(organisation="OTHER_RJ")[0])
    service.catch_up()
    for name in ("lead", "co", "supervisor", "trainer"):
        assert seen(service, name) == [ours]
    for name in ("worker", "auditor"):
        assert sorted(seen(service, name)) == sorted([ours, theirs])
    for name in ("intake", "sergeant", "advanced"):
        assert seen(service, name) == []


def test_whoever_has_a_conflict_of_interest_no_longer_sees_the_case(service: Service) -> None:
    conflict = step("lead", "declare_conflict", practitioner="@supervisor")
    row = listed(service, service.told.case(*referred(), conflict))
    assert row.conflicted == (service.someone("supervisor"),)
    assert seen(service, "supervisor") == []


def test_somebody_who_left_sees_nothing(service: Service) -> None:
    service.told.case(*referred())
    story = service.told.staff
    story.do("trainer", "deactivate_practitioner", about="auditor")
    service.told.staff_moved_on()
    service.catch_up()
    assert seen(service, "auditor") == []
    assert len(seen(service, "lead")) == 1


def test_the_list_can_be_asked_by_stage_place_and_practitioner(service: Service) -> None:
    ended, preparing = service.told.path("declined"), service.told.path("three_victims")
    service.catch_up()
    views, auditor = service.views, service.reader("auditor")
    assert [c.case for c in cases(views, auditor, stage="PREPARING")] == [preparing]
    assert [c.case for c in cases(views, auditor)] == [preparing, ended]
    assert cases(views, auditor, area="ELSEWHERE") == []
    assert len(cases(views, auditor, organisation="DERBYSHIRE_RJ", area="DERBYSHIRE")) == 2
    assert len(cases(views, auditor, worked_on_by=service.someone("co"))) == 2
    assert cases(views, auditor, worked_on_by=service.someone("advanced")) == []
