"""The data-protection register as a list, and as work for whoever keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.answering import months_after
from projections import Standing, dossiers, of_dossiers, waiting
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


@pytest.mark.parametrize("who", ["worker", "lead", "supervisor", "auditor", "trainer"])
def test_nobody_else_has_any_of_it_in_their_queue(service: Service, who: str) -> None:
    service.told.dossier()
    service.catch_up()
    assert of_dossiers(service.views, service.reader(who)) == []
