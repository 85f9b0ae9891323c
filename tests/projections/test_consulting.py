"""What a specialist is asked stands in their queue, and nothing else of the case does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from projections import cases, waiting
from tests.domain.expected_outward import ASKED
from tests.paths import referred, step
from tests.story import MONDAY

if TYPE_CHECKING:
    from tests.projections.conftest import Service

ANSWERED = step("advanced", "answer_as_specialist", consultation="E1", answer="Invented.")


def test_a_question_is_in_the_queue_of_the_specialist_and_nothing_else_of_the_case(
    service: Service,
) -> None:
    case = service.told.case(*referred(), ASKED)
    service.told.case(*referred(), ASKED, ANSWERED)
    service.told.case(
        *referred(), ASKED, step("auditor", "declare_conflict", practitioner="@advanced")
    )
    service.catch_up()
    advanced = service.reader("advanced")
    (owed,) = waiting(service.views, advanced, MONDAY)
    assert (owed.case, owed.name, owed.subject) == (case, "specialists_answer", "E1")
    assert (owed.whom, owed.in_place_of) == (advanced.id, None)
    assert cases(service.views, advanced) == []
    found = waiting(service.views, service.reader("intermediate"), MONDAY)
    assert found == []


def test_a_question_to_a_specialist_who_is_away_is_a_supervisors_and_no_covers(
    service: Service,
) -> None:
    service.told.case(*referred(), ASKED)
    lead, back = service.someone("lead"), MONDAY + timedelta(days=14)
    given = {"cover": lead, "back": back.isoformat()}
    service.told.staff.do("trainer", "record_absence", about="advanced", **given)
    service.told.staff_moved_on()
    service.catch_up()
    for at, whom in ((MONDAY, None), (back, service.someone("advanced"))):
        found = waiting(service.views, service.reader("lead"), at)
        (owed,) = (one for one in found if one.name == "specialists_answer")
        assert (owed.whom, owed.in_place_of) == (whom, None)
