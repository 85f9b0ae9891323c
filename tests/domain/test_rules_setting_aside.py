"""Rules about an ending that sets a pair aside, or says it was nothing for restorative justice."""

from __future__ import annotations

import pytest

from domain.rules import ending
from tests.domain.situations import after, end
from tests.domain.test_rules_ending import asks_to_end
from tests.steps import explored, offender, referred, victim


def test_what_somebody_was_convicted_of_or_takes_responsibility_for_is_no_mere_conflict() -> None:
    rule = ending.the_reason_must_be_what_happened
    passed_on = end("NOT_RESTORATIVE_JUSTICE")
    conflict = referred(victim(), offender(stage="NON_CRIME_CONFLICT"))
    asks_to_end(after(*referred()), rule, passed_on, passes=False)
    asks_to_end(after(*conflict, *explored()), rule, passed_on, passes=False)
    asks_to_end(after(*conflict), rule, passed_on, passes=True)


@pytest.mark.parametrize("reason", sorted(ending.SET_ASIDE | ending.NOT_SHOWN))
def test_setting_a_pair_aside_is_not_for_a_case_worker_to_decide(reason: str) -> None:
    rule = ending.setting_a_pair_aside_is_a_supervisors_act
    story = after(*referred(victim(), offender(stage="NON_CRIME_CONFLICT")))
    asks_to_end(story, rule, end(reason, who="worker"), passes=False)
    asks_to_end(story, rule, end(reason), passes=True)
