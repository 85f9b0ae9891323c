"""The competence matrix: its floors hold whatever is set, and the rules ask what is in force."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from domain.competence import in_date_for, trained_for
from domain.contact_plan import USUAL
from domain.fold import fold_practitioner
from domain.matrix import DEFAULT, Matrix
from domain.rule import RULE_SET, rule_set
from domain.rules import staff
from domain.words import Act
from tests.domain.situations import after, breaks, keeps, sensitive
from tests.domain.test_rules_local_resolution import NAME, RIGHT
from tests.steps import referred
from tests.story import Story

if TYPE_CHECKING:
    from domain.practitioner import Practitioner

DAY = timedelta(days=1)
MEET: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "explained": ["WHAT_IT_IS"],
    "understood": True,
}
BELOW: list[dict[str, dict[str, Any]]] = [
    {"standard": {"lead": "FOUNDATION"}},
    {"sensitive_complex": {"lead": "INTERMEDIATE"}},
    {"sensitive_complex": {"co": "FOUNDATION"}},
    {"sensitive_complex": {"anybody": "FOUNDATION"}},
    {"sensitive_complex": {"assessor": "INTERMEDIATE"}},
    {"sensitive_complex": {"endorsements": ["AWARENESS"]}},
    {"supervise": {"any_of": ["SUPERVISION", "AWARENESS"]}},
    {"supervise": {"any_of": []}},
    {"inform": {"any_of": []}},
    {"local_resolution": {"kinds": ["SERVICE_STAFF"]}},
    {"in_date": {"supervision_weeks": 13}},
    {"in_date": {"observed_days": 366}},
    {"in_date": {"practised_days": 366}},
    {"in_date": {"hours_foundation": 5}},
    {"in_date": {"hours_intermediate": 11}},
    {"in_date": {"hours_advanced": 15}},
    {"in_date": {"approved_share": 0.4}},
    {"sensitive_complex": {"leads": "ADVANCED"}},
]


def told(story: Story, name: str) -> Practitioner:
    return fold_practitioner(story.streams[story.someone(name)])


@pytest.mark.parametrize("below", BELOW, ids=str)
def test_no_matrix_asks_for_less_than_the_table_of_acts(below: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        Matrix.model_validate(below)


def test_the_table_of_acts_is_the_default() -> None:
    asked = DEFAULT.in_date
    assert (asked.supervision_weeks, asked.observed_days, asked.practised_days) == (12, 365, 365)
    assert (asked.hours_foundation, asked.hours_intermediate, asked.hours_advanced) == (6, 12, 16)
    assert asked.approved_share == 0.5
    assert DEFAULT.local_resolution.refresher_days is None
    assert (DEFAULT.standard.lead, DEFAULT.standard.co) == ("INTERMEDIATE", "FOUNDATION")
    sensitively = DEFAULT.sensitive_complex
    assert (sensitively.lead, sensitively.co) == ("ADVANCED", "INTERMEDIATE")


def test_each_matrix_is_told_apart_in_what_is_recorded() -> None:
    stricter = Matrix.model_validate({"in_date": {"supervision_weeks": 8}})
    assert rule_set(DEFAULT, USUAL) == rule_set(Matrix(), USUAL)
    assert rule_set(DEFAULT, USUAL).startswith(f"{RULE_SET}+")
    assert rule_set(stricter, USUAL) != rule_set(DEFAULT, USUAL)
    ways = [{"supervise": {"any_of": ["SUPERVISION"]}}, {"standard": {"lead": "INTERMEDIATE"}}]
    assert {Matrix.model_validate(one).digest for one in ways} == {DEFAULT.digest}


def test_a_shorter_span_for_supervision_is_what_is_asked() -> None:
    story = after(*referred())
    rule = staff.the_actor_must_be_in_date_for_this_act
    story.later(weeks=5)
    keeps(story, rule, "lead", "record_facilitator_meeting", **MEET)
    story.matrix = Matrix.model_validate({"in_date": {"supervision_weeks": 8}})
    breaks(story, rule, "lead", "record_facilitator_meeting", **MEET)


def test_a_higher_level_for_the_lead_is_what_is_asked() -> None:
    rule = staff.a_foundation_facilitator_works_under_guidance
    story = after(*referred())
    keeps(story, rule, "supervisor", "allocate_case", lead="@lead")
    story.matrix = Matrix.model_validate({"standard": {"lead": "ADVANCED"}})
    breaks(story, rule, "supervisor", "allocate_case", lead="@lead")


def test_an_endorsement_can_be_asked_of_every_lead_of_a_sensitive_case() -> None:
    rule = staff.a_sensitive_case_needs_an_advanced_lead
    story = sensitive()
    keeps(story, rule, "supervisor", "allocate_case", lead="@advanced")
    wanted = {"endorsements": ["YOUTH_RJ"]}
    story.matrix = Matrix.model_validate({"sensitive_complex": wanted})
    breaks(story, rule, "supervisor", "allocate_case", lead="@advanced")


def test_local_resolution_has_no_clock_unless_a_setting_says_so() -> None:
    who, on = told(Story(), "worker"), Story().now + 3000 * DAY
    refreshing = Matrix.model_validate({"local_resolution": {"refresher_days": 730}})
    assert trained_for(who, Act.LOCAL_RESOLUTION, refreshing)
    assert in_date_for(who, Act.LOCAL_RESOLUTION, on)
    assert not in_date_for(who, Act.LOCAL_RESOLUTION, on, refreshing)


def test_a_refresher_for_local_resolution_is_asked_for_on_the_day_and_renewed_by_training() -> None:
    rule = staff.the_actor_must_be_in_date_for_this_act
    yearly = Matrix.model_validate({"local_resolution": {"refresher_days": 365}})
    keeps(Story(matrix=yearly), rule, "worker", NAME, **RIGHT)
    story = Story(matrix=yearly)
    story.later(days=400)
    breaks(story, rule, "worker", NAME, **RIGHT)
    story.do("trainer", "grant_credential", about="worker", credential="LOCAL_RESOLUTION")
    keeps(story, rule, "worker", NAME, **RIGHT)
