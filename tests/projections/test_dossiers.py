"""The data-protection register as a list, and as work for whoever keeps it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.calendar import months_after, years_after
from domain.ids import reference
from projections import Standing, dossiers, of_dossiers, to_follow, waiting
from tests.projections.recording import record
from tests.register import Kept, opened
from tests.story import MONDAY

if TYPE_CHECKING:
    from tests.projections.conftest import Service


def test_the_register_says_what_was_asked_and_when_the_answer_is_due(service: Service) -> None:
    stream = service.told.dossier()
    service.catch_up()
    (one,) = dossiers(service.views)
    assert (one.dossier, one.kind, one.what) == (stream, "RIGHTS_REQUEST_MADE", "ACCESS")
    assert (one.received, one.due) == (MONDAY, months_after(MONDAY, 1))
    assert (one.decision, one.closed, one.subjects) == (None, None, ())


def test_what_is_due_is_the_officers_work_and_says_what_was_missed(service: Service) -> None:
    stream = service.told.dossier()
    service.catch_up()
    officer = service.reader("officer")
    rows = of_dossiers(service.views, officer)
    found = waiting(service.views, officer, MONDAY, None, rows)
    told = {one.name: (one.missed, one.standing, one.whom) for one in found if one.case == stream}
    assert told == {
        "identify_requester": (True, Standing.LATER, officer.id),
        "answer_request": (False, Standing.LATER, officer.id),
    }


def test_a_closed_entry_is_in_the_list_and_in_the_queue_only_weeks_before_its_review(
    service: Service,
) -> None:
    stream = closed(service)
    (one,) = dossiers(service.views, closed=True)
    review = years_after(MONDAY, 3)
    assert (one.dossier, one.closed, one.due, one.erased) == (stream, MONDAY, review, None)
    assert dossiers(service.views) == []
    officer = service.reader("officer")
    rows = of_dossiers(service.views, officer)
    for days, told in ((29, set()), (27, {"dossier_review"}), (-1, {"dossier_review"})):
        at = review - timedelta(days=days)
        found = waiting(service.views, officer, at, None, rows)
        assert {one.name for one in found if one.case == stream} == told
    assert to_follow(service.views, review) == []


def test_an_erasure_that_is_decided_is_followed_and_what_is_erased_waits_for_nothing(
    service: Service,
) -> None:
    kept = closed_one()
    kept.story.now = years_after(MONDAY, 3)
    kept.do("decide_dossier_erasure", ground="RETENTION_ENDED")
    stream, later = recorded(service, kept), kept.story.now + timedelta(seconds=1)
    assert to_follow(service.views, later) == [stream]
    known = len(kept.events)
    kept.do("note_dossier_erased", "service:follow_up", keys=[])
    record(service.log, kept.story.streams[kept.stream][known:], stream)
    service.catch_up()
    (one,) = dossiers(service.views, closed=True)
    assert (one.due, one.erased) == (None, kept.story.now)
    assert of_dossiers(service.views, service.reader("officer")) == []
    assert to_follow(service.views, later) == []


def closed_one() -> Kept:
    kept = opened("record_rights_request", right="ACCESS")
    kept.do("withdraw_request")
    return kept


def closed(service: Service) -> str:
    return recorded(service, closed_one())


def recorded(service: Service, kept: Kept) -> str:
    stream = reference("DP", "closed-000001")
    record(service.log, kept.story.streams[kept.stream], stream)
    service.catch_up()
    return stream


@pytest.mark.parametrize("who", ["worker", "lead", "supervisor", "auditor", "trainer"])
def test_nobody_else_has_any_of_it_in_their_queue(service: Service, who: str) -> None:
    service.told.dossier()
    service.catch_up()
    assert of_dossiers(service.views, service.reader(who)) == []
