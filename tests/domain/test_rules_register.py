"""Supervision, observed practice, development; and why one of them lapsed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Nonsense
from domain.fold import fold_practitioner
from domain.limits import Limits
from domain.matrix import DEFAULT
from domain.practitioner import Practitioner
from domain.renewals import lapses
from domain.rules import register
from domain.words import MissCause
from tests.domain.situations import after, breaks, keeps
from tests.paths import referred, step
from tests.story import Story

ANOTHER = "RJ-4T9Y2K7P-X"


def known(story: Story, name: str = "lead") -> Practitioner:
    return fold_practitioner(story.streams[story.someone(name)])


def owed(story: Story, name: str = "lead") -> set[str]:
    found = lapses(known(story, name), story.now, Limits(), DEFAULT)
    return {one.row.name for one in found}


def later(story: Story, **span: float) -> None:
    """Let time pass, and the lead's own clock tick at the end of it."""
    story.later(**span)
    story.fall_due_of("lead")


def test_a_session_records_the_cases_looked_at_and_resets_its_clock() -> None:
    story = after(*referred())
    later(story, weeks=9)
    assert "supervision" in owed(story)
    case = story.case_id
    story.do("supervisor", "record_supervision", about="lead", cases=[case, case], note="Agreed.")
    assert "supervision" not in owed(story)
    assert known(story).looked_at == {case: story.now}
    then = story.now
    story.later(days=7)
    story.do("supervisor", "record_supervision", about="lead")
    assert known(story).looked_at == {case: then}
    assert known(story).supervised_at == story.now


def test_a_session_entered_later_does_not_put_back_when_a_case_was_looked_at() -> None:
    story = after(*referred())
    case, before = [story.case_id], story.now - timedelta(minutes=1)
    story.later(days=2)
    story.do("supervisor", "record_supervision", about="lead", cases=case)
    then = story.now
    story.do("supervisor", "record_supervision", about="lead", cases=case, effective_at=before)
    assert known(story).looked_at == {story.case_id: then}


def test_only_cases_that_they_work_on_are_looked_at_in_supervision() -> None:
    story = after(*referred())
    rule = register.only_cases_that_they_work_on_are_looked_at
    given = ("supervisor", "record_supervision")
    breaks(story, rule, *given, about="advanced", cases=[story.case_id])
    breaks(story, rule, *given, about="lead", cases=[story.case_id, ANOTHER])
    keeps(story, rule, *given, about="lead", cases=[story.case_id])
    story.do("lead", "hand_over", practitioner=story.someone("lead"))
    keeps(story, rule, *given, about="lead", cases=[story.case_id])


def test_whoever_has_a_conflict_of_interest_supervises_no_work_on_that_case() -> None:
    story = after(*referred(), step("lead", "declare_conflict", practitioner="@supervisor"))
    rule = register.nobody_supervises_a_case_that_they_have_a_conflict_in
    given = {"about": "lead", "cases": [story.case_id]}
    breaks(story, rule, "supervisor", "record_supervision", **given)
    keeps(story, rule, "trainer", "record_supervision", **given)


def test_an_observation_is_planned_held_and_talked_through_and_each_is_owed_in_its_time() -> None:
    story = Story()
    later(story, days=60)
    day = story.now + timedelta(days=10)
    plan = {"planned_for": day, "observer": story.someone("advanced")}
    story.do("supervisor", "plan_observation", about="lead", **plan)
    assert "planned_observation" in owed(story)
    assert "observation_feedback" not in owed(story)
    story.later(days=10)
    story.do("supervisor", "record_observed_practice", about="lead")
    assert owed(story) & {"planned_observation", "observation_feedback"} == {"observation_feedback"}
    assert known(story).observed_at == story.now
    story.do("supervisor", "feed_back_observation", about="lead", note="What went well.")
    assert owed(story) & {"planned_observation", "observation_feedback"} == set()
    assert known(story).observation is None


def test_an_observation_that_was_not_planned_is_recorded_as_a_whole() -> None:
    story = Story()
    story.do("supervisor", "record_observed_practice", about="lead")
    assert known(story).observation is None
    assert "observation_feedback" not in owed(story)
    with pytest.raises(Nonsense):
        story.do("supervisor", "feed_back_observation", about="lead")


def test_an_observation_is_put_off_by_planning_it_again_but_not_over_one_that_was_held() -> None:
    story = Story()
    plan = {"planned_for": story.now + timedelta(days=1), "observer": story.someone("advanced")}
    story.do("supervisor", "plan_observation", about="lead", **plan)
    plan["planned_for"] = story.now + timedelta(days=20)
    story.do("supervisor", "plan_observation", about="lead", **plan)
    later(story, days=3)
    assert known(story).clocks == {}
    story.do("supervisor", "record_observed_practice", about="lead")
    with pytest.raises(Nonsense):
        story.do("supervisor", "plan_observation", about="lead", **plan)


def test_a_planned_observation_that_was_not_held_is_missed_with_the_day_and_still_to_be_held() -> (
    None
):
    story = Story()
    plan = {"planned_for": story.now + timedelta(days=1), "observer": story.someone("advanced")}
    story.do("supervisor", "plan_observation", about="lead", **plan)
    later(story, days=3)
    assert [one.wait for one in known(story).clocks.values()] == ["planned_observation"]
    assert "planned_observation" in owed(story)


def test_nobody_observes_themselves_and_nobody_who_left_observes() -> None:
    story = Story()
    rule = register.nobody_observes_themselves
    day = story.now + timedelta(days=3)

    def given(who: str) -> dict[str, object]:
        return {"about": "lead", "planned_for": day, "observer": story.someone(who)}

    breaks(story, rule, "supervisor", "plan_observation", **given("lead"))
    keeps(story, rule, "supervisor", "plan_observation", **given("advanced"))
    story.do("trainer", "deactivate_practitioner", about="advanced")
    breaks(story, rule, "supervisor", "plan_observation", **given("advanced"))


def test_what_lapsed_gets_its_cause_in_words_and_a_code_and_lapsed_all_the_same() -> None:
    story = Story()
    later(story, weeks=12)
    (clock,) = known(story).clocks.values()
    assert (clock.wait, clock.cause) == ("supervision", None)
    assert "explain_missed" in owed(story)
    given = {"clocks": [clock.id], "cause": "STAFF_ABSENCE", "words": "The supervisor was ill."}
    story.do("supervisor", "explain_renewal", about="lead", **given)
    assert known(story).clocks[clock.id].cause is MissCause.STAFF_ABSENCE
    assert "explain_missed" not in owed(story)
    assert "supervision" in owed(story)
    story.do("supervisor", "explain_renewal", about="lead", clocks=[clock.id], cause="FORGOTTEN")
    assert known(story).clocks[clock.id].cause is MissCause.FORGOTTEN


def test_an_explanation_that_is_late_itself_asks_for_none() -> None:
    story = Story()
    later(story, weeks=12)
    later(story, days=30)
    waits = [one.wait for one in known(story).clocks.values()]
    assert waits == ["supervision"]
    assert "explain_missed" in {name for name, _, _ in known(story).missed}


@pytest.mark.parametrize("given", [{"clocks": ["K999"]}, {"cause": "PERSON_ASKED_TO_WAIT"}])
def test_only_what_was_missed_is_explained_and_by_nobodys_own_time(
    given: dict[str, object],
) -> None:
    story = Story()
    later(story, weeks=12)
    meant = {"clocks": [*known(story).clocks], "cause": "CAPACITY", **given}
    with pytest.raises(Nonsense):
        story.do("supervisor", "explain_renewal", about="lead", **meant)


def test_what_somebody_learned_is_words_and_the_hours_count() -> None:
    story = Story()
    before = sum(hours for _, hours in known(story).development)
    story.do("supervisor", "record_development", about="lead", hours=3, what="A day on trauma.")
    assert sum(hours for _, hours in known(story).development) == before + 3
