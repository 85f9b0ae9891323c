"""Where a case stands, as staff read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.stage import stage_of
from tests.domain.situations import MEETING, PLAN, after, ready, under_way
from tests.paths_coming import ON_THE_STREET
from tests.steps import completed, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.story import Story


def test_a_crime_resolved_on_the_spot_is_not_called_an_enquiry() -> None:
    resolved = after(ON_THE_STREET.steps[0])
    assert stage_of(resolved.case) == "RESOLVED_LOCALLY"


@pytest.mark.parametrize(
    ("story", "phase"),
    [
        (ready, "BEFORE_START"),
        (lambda: ready(more=(step(*PLAN, **MEETING),)), "IN_PREPARATION"),
        (under_way, "DURING"),
        (lambda: under_way("FACE_TO_FACE", *completed()), "AFTER"),
    ],
    ids=["before", "preparing", "during", "after"],
)
def test_a_withdrawal_says_how_far_things_had_come(story: Callable[[], Story], phase: str) -> None:
    lived = story()
    lived.do("auditor", "withdraw_consent", party="V1")
    side = lived.case.thread("V1-O1").current.victim
    assert (side.choice, side.withdrew) == ("WITHDRAWN", phase)
