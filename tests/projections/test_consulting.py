"""What a specialist is asked stands in their queue, and nothing else of the case does."""

from __future__ import annotations

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
