"""Who is told what: whose task it is, whoever supervises what was missed, and nobody else."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from access import NotAccepted, open_refusals
from domain.answering import months_after
from domain.calendar import end_of, local_day
from domain.fold import fold
from domain.permissions import may
from domain.waits import Limits, waits
from domain.words import Act
from notices import Kind, Notice, Sources, open_outbox, to_tell
from projections.waiting import WAITING, task_of
from tests.domain.expected_outward import ASKED
from tests.paths import PATHS, referred, step
from tests.projections.recording import record, taken
from tests.story import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from access import Refusals
    from notices import Outbox
    from tests.projections.conftest import Service

SOON = MONDAY + timedelta(minutes=30)


@pytest.fixture
def refusals(tmp_path: Path) -> Iterator[Refusals]:
    with closing(open_refusals(f"sqlite:///{tmp_path / 'access.db'}")) as opened:
        yield opened


def told(service: Service, refusals: Refusals, at: datetime = SOON) -> list[Notice]:
    service.catch_up()
    return to_tell(Sources(service.views, refusals), at)


def of(found: list[Notice], kind: Kind) -> set[tuple[str, str]]:
    return {(one.to, one.case) for one in found if one.kind is kind}


def test_whoever_is_allocated_by_somebody_else_is_told_once(
    service: Service, refusals: Refusals
) -> None:
    case = service.told.path("face_to_face")
    assigned = of(told(service, refusals), Kind.ASSIGNED)
    # The supervisor allocated it, and need not be told of what they did themselves.
    assert assigned == {(service.someone("lead"), case), (service.someone("co"), case)}


def test_a_specialist_is_told_when_they_are_asked_and_not_of_what_is_answered_or_taken_back(
    service: Service, refusals: Refusals
) -> None:
    case, specialist = service.told.case(*referred(), ASKED), service.someone("advanced")
    answer = step("advanced", "answer_as_specialist", consultation="E1", answer="Invented.")
    back = step("lead", "withdraw_question_to_specialist", consultation="E1")
    conflict = step("auditor", "declare_conflict", practitioner="@advanced")
    for over in (answer, back, conflict):
        service.told.case(*referred(), ASKED, over)
    found = told(service, refusals)
    assert of(found, Kind.ASKED) == {(specialist, case)}
    (task,) = {one.task for one in found if one.kind is Kind.ASKED}
    assert "rj consulted" in task


def test_what_was_entered_in_error_is_told_to_nobody(service: Service, refusals: Refusals) -> None:
    slip = step("supervisor", "allocate_case", lead="@intermediate")
    case = service.told.case(*referred(), slip)
    intermediate = service.someone("intermediate")
    assert (intermediate, case) in of(told(service, refusals), Kind.ASSIGNED)
    taken_back = step("supervisor", "mark_entered_in_error")
    again = service.told.case(*referred(), slip, taken_back)
    assert (intermediate, again) not in of(told(service, refusals), Kind.ASSIGNED)


def test_a_case_without_a_facilitator_is_told_to_its_supervisors(
    service: Service, refusals: Refusals
) -> None:
    case = service.told.case(*referred()[:2])
    found = of(told(service, refusals), Kind.FACILITATOR_NEEDED)
    assert {who for who, _ in found} == supervisors(service, case) != set()
    assert {one for _, one in found} == {case}


@pytest.mark.parametrize("concern", ["SAFEGUARDING", "DANGER"])
def test_danger_is_told_to_who_supervises_the_case_at_once_and_once(
    service: Service, refusals: Refusals, concern: str
) -> None:
    story = taken(*referred(), step("worker", "raise_concern", concern=concern, party="V1"))
    case = service.told.add(story.history)
    found = [one for one in told(service, refusals, story.now) if one.case == case]
    now = [one for one in found if one.kind is Kind.AT_ONCE]
    assert {one.to for one in now} == {service.someone("supervisor")}
    assert {one.task for one in now} == {task_of({"name": "task"})}
    on_the_day = told(service, refusals, story.now + timedelta(days=1))
    assert {one.id for one in on_the_day if one.kind is Kind.AT_ONCE} >= {one.id for one in now}
    due = [one for one in on_the_day if one.kind is Kind.DUE and one.case == case]
    assert task_of({"name": "task"}) not in {one.task for one in due}


def test_danger_in_a_case_that_nobody_supervises_is_told_to_every_supervisor(
    service: Service, refusals: Refusals
) -> None:
    danger = step("worker", "raise_concern", concern="DANGER", party="V1")
    case = service.told.case(*referred()[:2], danger)
    found = of(told(service, refusals), Kind.AT_ONCE)
    assert {who for who, one in found if one == case} == supervisors(service, case) != set()


def test_a_complaint_is_told_when_its_first_step_is_due_and_not_at_once(
    service: Service, refusals: Refusals
) -> None:
    story = taken(*referred(), step("worker", "raise_concern", concern="COMPLAINT", party="V1"))
    case = service.told.add(story.history)
    found = [one for one in told(service, refusals, story.now) if one.case == case]
    assert {one.kind for one in found} & {Kind.AT_ONCE} == set()


def test_somebody_who_is_not_back_from_a_visit_is_told_to_their_supervisor_and_then_to_all(
    service: Service, refusals: Refusals
) -> None:
    supervised = step("supervisor", "allocate_case", lead="@lead", co="@co",
                      supervisor="@supervisor")  # fmt: skip
    out = step("lead", "check_in", minutes=60, party="V1")
    lead, theirs = service.someone("lead"), service.someone("supervisor")

    def alarm(minutes: int) -> tuple[set[str], set[str], set[str]]:
        story = taken(*referred(), supervised, out)
        story.later(minutes=minutes)
        case = service.told.add(story.history)
        found = [one for one in told(service, refusals, story.now) if one.case == case]
        visits = [one for one in found if "visit" in one.task]
        due, missed = ({n.to for n in visits if n.kind is k} for k in (Kind.DUE, Kind.MISSED))
        return due, missed, supervisors(service, case)

    # They said themselves by when they are back: once that is over they are reminded.
    assert alarm(59)[:2] == (set(), set())
    due, missed, every = alarm(60)
    assert (due, missed) == ({lead}, set())
    assert theirs in every
    assert len(every) > 1
    assert alarm(80)[:2] == ({theirs}, {lead, *every})
    assert alarm(110)[:2] == (every, {lead, *every})


def test_what_falls_due_is_told_on_the_day_and_not_before(
    service: Service, refusals: Refusals
) -> None:
    case = service.told.case(*referred(inform=False))
    due = next(w.due for w in waits_of(service, case) if w.name == "information")
    day_before, on_the_day = due - timedelta(hours=30), due - timedelta(hours=12)

    def tasks(at: datetime) -> set[str]:
        return {one.task for one in told(service, refusals, at) if one.kind is Kind.DUE}

    assert "give the victim information" not in tasks(day_before)
    assert "give the victim information" in tasks(on_the_day)
    same = [one for one in told(service, refusals, on_the_day) if one.kind is Kind.DUE]
    again = told(service, refusals, due - timedelta(hours=1))
    assert {one.id for one in same} <= {one.id for one in again}


def test_what_was_missed_is_told_to_whose_it_was_and_to_those_who_supervise(
    service: Service, refusals: Refusals
) -> None:
    late = taken(*referred(inform=False))
    late.later(days=14)
    case = service.told.add(late.history)
    found = told(service, refusals, late.now)
    missed = [one for one in found if one.kind is Kind.MISSED and one.task.startswith("give the")]
    whose = next(w.whom for w in waits_of(service, case) if w.name == "information")
    assert {one.to for one in missed} == {whose} | supervisors(service, case)
    assert {one.due for one in missed} == {missed[0].due} != {None}


def test_a_queued_command_that_was_not_accepted_is_told_to_the_lead(
    service: Service, refusals: Refusals
) -> None:
    case = service.told.path("face_to_face")
    actor = service.someone("worker")
    refusals.write(
        NotAccepted(case, "queued-0001", MONDAY, "record_wish", actor, ("a_rule",), by_signal=True)
    )
    refusals.write(
        NotAccepted(case, "asked-00001", MONDAY, "record_wish", actor, ("a_rule",), by_signal=False)
    )
    assert of(told(service, refusals), Kind.REFUSED) == {(service.someone("lead"), case)}
    refusals.done(case, "queued-0001")
    assert of(told(service, refusals), Kind.REFUSED) == set()


def test_what_the_register_waits_for_is_told_to_the_officer_alone(
    service: Service, refusals: Refusals
) -> None:
    dossier, officer = service.told.dossier(), service.someone("officer")
    found = told(service, refusals, MONDAY + timedelta(days=20))
    assert {(one.to, one.kind) for one in found if one.case == dossier} == {(officer, Kind.MISSED)}
    due = months_after(MONDAY, 1)
    on_the_day = told(service, refusals, due - timedelta(hours=1))
    tasks = {one.task for one in on_the_day if (one.case, one.kind) == (dossier, Kind.DUE)}
    assert tasks == {"answer whoever asked about their data, in writing"}


def test_of_a_made_up_case_nobody_is_told(service: Service, refusals: Refusals) -> None:
    service.told.add(taken(*referred()[:2]).history, origin="demo")
    assert told(service, refusals, end_of(local_day(MONDAY)) + timedelta(days=20)) == []


def test_whoever_has_a_conflict_of_interest_is_told_nothing_and_a_supervisor_is(
    service: Service, refusals: Refusals
) -> None:
    story = taken(*referred(inform=False), step("lead", "declare_conflict", practitioner="@lead"))
    story.later(days=14)
    case, lead = service.told.add(story.history), service.someone("lead")
    service.catch_up()
    # As for a task that is named to be theirs, whoever works on the case.
    service.views.database.run(sa.update(WAITING.table).values(whom=lead))
    found = to_tell(Sources(service.views, refusals), story.now)
    since = {one.to for one in found if one.kind is not Kind.ASSIGNED}
    assert since == supervisors(service, case) != set()
    assert lead not in since


def look(service: Service, refusals: Refusals, outbox: Outbox, at: datetime) -> set[str]:
    """Look what there is to tell, as a worker does; return what waits to be sent, kind and task."""
    found = told(service, refusals, at)
    outbox.put(found, at)
    outbox.withdraw_all_but(found)
    return {f"{kept.kind} {kept.task}" for kept in outbox.to_send(at, 1000)}


def test_what_is_done_missed_or_handed_on_before_it_was_sent_is_told_as_it_is_by_then(
    service: Service, refusals: Refusals, tmp_path: Path
) -> None:
    story = taken(*referred(inform=False))
    case = service.told.add(story.history)
    due = next(w.due for w in waits_of(service, case) if w.name == "information")
    informed = "give the victim information"
    with closing(open_outbox(f"sqlite:///{tmp_path / 'outbox.db'}")) as outbox:
        at = due - timedelta(hours=1)
        assert f"DUE {informed}" in look(service, refusals, outbox, at)

        known = len(story.history)
        story.later(days=14)
        record(service.log, story.history[known:], case)
        missed = look(service, refusals, outbox, at)
        assert f"MISSED {informed}" in missed
        assert f"DUE {informed}" not in missed
        assert any(one.startswith("MISSED") and one != f"MISSED {informed}" for one in missed)

        known = len(story.history)
        story.do("worker", "give_information", party="V1", channel="TELEPHONE")
        record(service.log, story.history[known:], case)
        assert f"MISSED {informed}" not in look(service, refusals, outbox, at)


def test_only_staff_are_told_and_no_notice_says_whom_a_case_is_about(
    service: Service, refusals: Refusals
) -> None:
    for name in PATHS:
        service.told.path(name)
    found = told(service, refusals, MONDAY + timedelta(days=700))
    staff = {*service.told.staff.staff.values()}
    assert len(found) > 50
    assert {one.to for one in found} <= staff
    assert all(not any(ch.isdigit() for ch in one.task) for one in found)
    assert {one.kind for one in found} >= {Kind.ASSIGNED, Kind.MISSED}


def supervisors(service: Service, case: str) -> set[str]:
    now = fold(service.log.load(case))
    names = service.told.staff.staff
    return {who for name, who in names.items() if may(service.reader(name), Act.SUPERVISE, now)}


def waits_of(service: Service, case: str) -> list[Any]:
    return list(waits(fold(service.log.load(case)), Limits()))
