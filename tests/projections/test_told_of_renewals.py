"""What keeps practitioners in date is told to whoever can do it: before, that day, once missed."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from access import open_refusals
from domain.calendar import end_of, local_day
from domain.ids import reference
from notices import Kind, open_outbox
from tests.projections.noticing import Desk
from tests.story import LIMITS, MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.projections.conftest import Service

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SUPERVISED = MONDAY - 30 * DAY
"""When supervision of everybody who facilitates in a story last was; it lasts twelve weeks."""
LAPSES = SUPERVISED + timedelta(weeks=12)
SOON = LAPSES - LIMITS.before_lapse * DAY
TODAY = end_of(local_day(LAPSES)) - DAY
BY_SUPERVISORS = {("supervisor", "lead"), ("trainer", "lead")}
"""To whom, and of whom: everybody who supervises there."""


class Renewals(Desk):
    """A desk at which notices of keeping in date are looked for."""

    def of(
        self, kind: Kind, at: datetime, about: str = "supervise this", who: str = "lead"
    ) -> set[str]:
        """Return to whom one waits at a moment, of whom and of what it is about."""
        stream = self.service.someone(who)
        found = [k for k in self.look(at, kind) if k.case == stream and about in k.task]
        names = {one: name for name, one in self.service.told.staff.staff.items()}
        return {names[kept.to] for kept in found}


@pytest.fixture
def desk(service: Service, tmp_path: Path) -> Iterator[Renewals]:
    with (
        closing(open_refusals(f"sqlite:///{tmp_path / 'access.db'}")) as refusals,
        closing(open_outbox(f"sqlite:///{tmp_path / 'outbox.db'}")) as outbox,
    ):
        here = Renewals(service, refusals, outbox)
        here.look(MONDAY)
        yield here


def test_supervision_that_lapses_is_told_to_those_who_supervise_weeks_before_and_on_the_day(
    desk: Renewals,
) -> None:
    supervisors = {"supervisor", "trainer"}
    assert desk.of(Kind.LAPSES, SOON - HOUR) == set()
    assert desk.of(Kind.LAPSES, SOON) == supervisors
    assert desk.of(Kind.DUE, TODAY - HOUR) == set()
    assert desk.of(Kind.DUE, TODAY) == supervisors
    # What was not sent by then is told as it is by then.
    assert desk.of(Kind.LAPSES, TODAY) == set()


def test_each_is_told_once_until_it_is_done(desk: Renewals) -> None:
    of_the_lead = set(desk.told(SOON, Kind.LAPSES)) & BY_SUPERVISORS
    assert of_the_lead == BY_SUPERVISORS
    assert desk.told(SOON + HOUR, Kind.LAPSES) == []
    desk.enter("trainer", "record_supervision", "lead", SOON + DAY)
    assert desk.of(Kind.DUE, TODAY) == set()
    following = SOON + DAY + timedelta(weeks=12) - LIMITS.before_lapse * DAY
    assert desk.of(Kind.LAPSES, following) == {"supervisor", "trainer"}


def test_what_was_done_before_the_notice_left_is_withdrawn(desk: Renewals) -> None:
    assert desk.of(Kind.DUE, TODAY) != set()
    desk.enter("trainer", "record_supervision", "lead", TODAY)
    assert desk.of(Kind.DUE, TODAY) == set()


def test_what_was_missed_is_told_to_both_and_why_is_asked_of_those_who_supervise(
    desk: Renewals,
) -> None:
    desk.falls_due("lead", LAPSES)
    assert desk.of(Kind.MISSED, LAPSES) == {"supervisor", "trainer"}
    assert desk.of(Kind.MISSED, LAPSES, "until you are supervised") == {"lead"}
    assert desk.of(Kind.DUE, LAPSES) == set()
    explained_by = LAPSES + timedelta(days=8)
    assert desk.of(Kind.DUE, explained_by, "say why") <= {"supervisor", "trainer"}
    desk.enter("trainer", "record_supervision", "lead", explained_by)
    assert desk.of(Kind.MISSED, explained_by, "") == set()


def test_what_is_their_own_is_told_to_them_and_once_missed_to_those_who_supervise(
    desk: Renewals,
) -> None:
    end = MONDAY + 40 * DAY
    given = {"credential": "SPECIALIST_DA", "until": end.isoformat()}
    desk.enter("trainer", "grant_credential", "lead", MONDAY, **given)
    renew = "renew a credential"
    assert desk.of(Kind.LAPSES, end - LIMITS.before_lapse * DAY, renew) == {"lead"}
    assert desk.of(Kind.DUE, end - HOUR, renew) == {"lead"}
    desk.falls_due("lead", end)
    assert desk.of(Kind.MISSED, end, renew) == {"lead"}
    assert desk.of(Kind.MISSED, end, "a credential of this practitioner has ended") == {
        "supervisor",
        "trainer",
    }


def test_nobody_is_told_of_what_is_overdue_while_somebody_is_still_being_entered(
    desk: Renewals,
) -> None:
    staff = desk.service.told.staff
    staff.staff["new"] = reference("PR", "new-0000001")
    new = {
        "effective_at": MONDAY - 400 * DAY,
        "kind": "FACILITATOR",
        "organisation": "DERBYSHIRE_RJ",
        "roles": ["FACILITATOR"],
        "credentials": ["AWARENESS", "FACILITATION_FOUNDATION"],
    }
    staff.ask(staff.staff["new"], "service:setup", "register_practitioner", **new)
    desk.service.told.staff_moved_on()
    told = (Kind.LAPSES, Kind.DUE, Kind.MISSED)
    assert [one for one in desk.told(MONDAY + HOUR, *told) if one[1] == "new"] == []
    a_working_day_later = MONDAY + 2 * DAY
    desk.falls_due("new", a_working_day_later)
    assert {"new", "supervisor", "trainer"} == {
        to for to, of in desk.told(a_working_day_later, Kind.MISSED) if of == "new"
    }


def test_a_supervisors_own_is_told_to_the_others_who_supervise(desk: Renewals) -> None:
    both = {
        "kind": "FACILITATOR",
        "organisation": "DERBYSHIRE_RJ",
        "roles": ["FACILITATOR", "SUPERVISOR"],
        "credentials": ["AWARENESS", "FACILITATION_FOUNDATION", "SUPERVISION"],
    }
    desk.service.told.staff._register("both", both)
    desk.service.told.staff_moved_on()
    assert desk.of(Kind.LAPSES, SOON, who="both") == {"supervisor", "trainer"}
    assert desk.of(Kind.LAPSES, SOON) == {"supervisor", "trainer", "both"}


def test_of_what_keeps_somebody_in_date_only_those_of_their_service_are_told(
    desk: Renewals,
) -> None:
    found = {to for to, _ in desk.told(SOON, Kind.LAPSES)}
    assert found == {"supervisor", "trainer"}
