"""The work queue: what is owed, by whom, since when; and whose eyes it is for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.calendar import end_of, local_day
from domain.fold import fold
from domain.waits import TABLE, Limits, waits
from projections import AREA, TEAM, OtherTask, Standing, joined, waiting
from tests.paths import PATHS, referred, step
from tests.projections.recording import taken
from tests.story import MONDAY

if TYPE_CHECKING:
    from projections import Waiting
    from tests.projections.conftest import Service

SENTENCES = {row.name: row.sentence for row in TABLE}


def queue(
    service: Service, reader: str = "auditor", who: str | None = None, at: datetime = MONDAY
) -> list[Waiting]:
    service.catch_up()
    return waiting(service.views, service.reader(reader), at, who)


def names(found: list[Waiting]) -> list[str]:
    return [one.name for one in found]


def test_every_wait_of_every_path_is_one_row_in_words_for_staff(service: Service) -> None:
    told = [service.told.path(name) for name in PATHS]
    owed = {
        (case, w.name, w.subject, w.binds, w.whom, w.since, w.due)
        for case in told
        for w in waits(fold(service.log.load(case)), Limits())
        if w.name != "retention_review"
    }
    found = queue(service)
    assert {(w.case, w.name, w.subject, w.binds, w.whom, w.since, w.due) for w in found} == owed
    assert {w.sentence for w in found} <= set(SENTENCES.values())
    assert all(w.sentence == SENTENCES[w.name] for w in found)


def test_what_is_overdue_comes_first_and_what_waits_for_a_person_last(service: Service) -> None:
    slow = taken(referred()[0])
    patient = step("lead", "record_need_for_time", party="V1")
    service.told.add(slow.history)
    service.told.case(*referred(inform=False), patient)
    day = local_day(MONDAY)
    information = end_of(day + timedelta(days=7))
    standing = {w.name: w.standing for w in queue(service, at=information)}
    assert standing["acknowledge"] is Standing.OVERDUE
    assert standing["their_pace"] is Standing.AT_THEIR_PACE
    order = [w.standing for w in queue(service, at=information)]
    assert order == sorted(order, key=list(Standing).index)
    assert order[-1] is Standing.AT_THEIR_PACE


@pytest.mark.parametrize(
    ("hours_before", "standing"),
    [(0, Standing.OVERDUE), (1, Standing.DUE), (23, Standing.DUE), (25, Standing.LATER)],
)
def test_a_task_is_due_on_its_last_day_and_overdue_from_the_midnight_that_ends_it(
    service: Service, hours_before: int, standing: Standing
) -> None:
    service.told.case(referred()[0])
    (owed,) = (w for w in queue(service) if w.name == "acknowledge")
    assert owed.due is not None
    at = owed.due - timedelta(hours=hours_before)
    assert {w.standing for w in queue(service, at=at) if w.name == "acknowledge"} == {standing}


def test_what_the_log_says_was_missed_is_marked(service: Service) -> None:
    story = taken(referred()[0])
    story.later(days=3)
    service.told.add(story.history)
    assert {w.name for w in queue(service) if w.missed} == {"acknowledge", "support"}


def test_a_task_says_what_kind_it_is(service: Service) -> None:
    service.told.case(*referred(), step("lead", "raise_concern", concern="SAFEGUARDING"))
    assert [w.about for w in queue(service) if w.name == "task"] == ["SAFEGUARDING"]


def test_a_practitioner_finds_their_own_tasks_and_nobody_elses(service: Service) -> None:
    service.told.case(*referred())
    service.told.case(referred()[0])
    lead, worker = service.someone("lead"), service.someone("worker")
    assert names(queue(service, "lead", lead)) == ["service_silence"]
    assert {w.whom for w in queue(service, "lead", lead)} == {lead}
    assert "first_contact" in names(queue(service, "auditor", worker))
    assert {w.whom for w in queue(service, "auditor", worker)} == {worker}
    assert queue(service, "auditor", service.someone("co")) == []


def test_what_is_nobodys_is_for_the_supervisors_of_that_organisation_and_area(
    service: Service,
) -> None:
    service.told.case(*referred()[:2])
    supervisor, sergeant = service.someone("supervisor"), service.someone("sergeant")
    (owed,) = queue(service, "supervisor", supervisor)
    assert (owed.name, owed.whom) == ("allocation", None)
    assert "allocation" not in names(queue(service, "auditor", sergeant))
    assert "allocation" not in names(queue(service, "auditor", service.someone("worker")))


def test_the_tasks_of_somebody_who_left_or_has_a_conflict_fall_to_a_supervisor(
    service: Service,
) -> None:
    service.told.case(*referred())
    supervisor = service.someone("supervisor")
    assert queue(service, "supervisor", supervisor) == []
    service.told.staff.do("trainer", "deactivate_practitioner", about="lead")
    service.told.staff_moved_on()
    assert names(queue(service, "supervisor", supervisor)) == ["service_silence"]
    trainer = service.someone("trainer")
    conflict = step("lead", "declare_conflict", practitioner="@supervisor")
    concern = step("worker", "raise_concern", concern="COMPLAINT")
    service.told.case(*referred(), conflict, concern)
    assert "task" in names(queue(service, "auditor", trainer))
    assert "task" not in names(queue(service, "auditor", supervisor))


def test_a_team_is_an_organisation_in_an_area_and_an_area_holds_several(service: Service) -> None:
    ours = service.told.case(*referred())
    other = service.told.case(referred(organisation="OTHER_RJ")[0])
    assert {w.case for w in queue(service, "auditor", TEAM)} == {ours}
    assert {w.case for w in queue(service, "auditor", AREA)} == {ours, other}


def test_a_reader_sees_only_what_waits_in_cases_that_the_gate_opens(service: Service) -> None:
    service.told.case(referred(organisation="OTHER_RJ")[0])
    assert names(queue(service, "worker"))
    for name in ("supervisor", "lead", "intake", "sergeant"):
        assert queue(service, name) == []


def test_the_limits_are_those_of_the_settings(service: Service) -> None:
    case = service.told.case(referred()[0])
    own = Limits(acknowledge=7)
    views = service.place.views(own)
    service.views.close()
    service.views = views
    due = {w.due for w in queue(service) if w.name == "acknowledge"}
    expected = {w.due for w in waits(fold(service.log.load(case)), own) if w.name == "acknowledge"}
    assert due == expected
    views.close()


def refused(stream: str, by: str) -> OtherTask:
    return OtherTask(
        stream=stream,
        name="refused_signal",
        sentence="see to something that was sent and not accepted",
        subject="signal-00001",
        about="end_thread",
        since=MONDAY,
        by=by,
    )


def test_a_refused_signal_is_in_the_queue_of_the_allocated_facilitator(service: Service) -> None:
    case = service.told.case(*referred())
    service.catch_up()
    rows = joined(service.views, [refused(case, service.someone("worker"))])
    lead = service.someone("lead")
    found = waiting(service.views, service.reader("lead"), MONDAY, lead, rows)
    assert names(found) == ["refused_signal", "service_silence"]
    assert (found[0].case, found[0].about, found[0].whom) == (case, "end_thread", lead)
    assert found[0].sentence == "see to something that was sent and not accepted"
    assert waiting(service.views, service.reader("intake"), MONDAY, None, rows) == []


def test_a_refused_signal_without_a_facilitator_is_a_supervisors(service: Service) -> None:
    case = service.told.case(*referred()[:2])
    service.catch_up()
    rows = joined(service.views, [refused(case, service.someone("worker"))])
    supervisor = service.someone("supervisor")
    found = waiting(service.views, service.reader("supervisor"), MONDAY, supervisor, rows)
    assert "refused_signal" in names(found)


def test_a_refused_signal_for_a_case_that_never_was_is_its_senders(service: Service) -> None:
    service.catch_up()
    worker = service.someone("worker")
    rows = joined(service.views, [refused("RJ-7K3M9QXA-5", worker)])
    for name in ("worker", "sergeant"):
        found = waiting(service.views, service.reader(name), MONDAY, worker, rows)
        assert names(found) == ["refused_signal"]
    assert waiting(service.views, service.reader("lead"), MONDAY, None, rows) == []


def test_a_review_that_is_years_away_stands_in_no_queue_before_its_month(service: Service) -> None:
    case = service.told.path("declined")
    reviews = {
        w.subject: w.due
        for w in waits(fold(service.log.load(case)), Limits())
        if w.name == "retention_review" and w.due
    }
    assert set(reviews) == {"V1", "O1", case}

    def told(at: datetime) -> set[str]:
        found = queue(service, at=at)
        return {w.subject for w in found if (w.case, w.name) == (case, "retention_review")}

    first = min(reviews.values())
    assert told(first - timedelta(days=29)) == set()
    assert told(first - timedelta(days=28)) == {who for who, due in reviews.items() if due == first}
