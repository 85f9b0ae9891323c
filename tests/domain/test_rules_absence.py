"""Rules about who covers for somebody who is away: each kept once, and broken once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.fold import fold_practitioner
from domain.rules import absence, allocated, staff
from tests.domain import situations as of_case
from tests.domain.situations import MEETING, SIGNED, after, ready, sensitive_and_ready
from tests.playing import named, take
from tests.steps import referred, started
from tests.story import MONDAY, DeniedInStory, RefusedInStory, Story

if TYPE_CHECKING:
    from domain.absence import Absence
    from domain.record import Entry
    from domain.rule import Rule

RECORD, CHANGE, END = "record_absence", "change_absence", "end_absence"


def at(days: float) -> str:
    return (MONDAY + timedelta(days=days)).isoformat()


def ask(story: Story, who: str, name: str, about: str = "lead", **given: Any) -> list[Entry]:
    return story.do(who, name, about=about, **named(story, given))


def breaks(
    story: Story, rule: Rule, who: str, name: str = RECORD, about: str = "lead", **given: Any
) -> None:
    before = len(story.streams[story.someone(about)])
    with pytest.raises(RefusedInStory) as refused:
        ask(story, who, name, about=about, **given)
    assert rule.__name__ in refused.value.codes
    assert len(story.streams[story.someone(about)]) == before


def keeps(
    story: Story, rule: Rule, who: str, name: str = RECORD, about: str = "lead", **given: Any
) -> None:
    assert rule.__doc__
    assert ask(story, who, name, about=about, **given)


def absences(story: Story, about: str = "lead") -> list[Absence]:
    return list(fold_practitioner(story.streams[story.someone(about)]).absences.values())


def test_an_absence_ends_within_half_a_year() -> None:
    story, rule = Story(), absence.an_absence_is_for_a_time
    breaks(story, rule, "lead", back=at(184))
    keeps(story, rule, "lead", back=at(183))
    breaks(story, rule, "lead", CHANGE, absence="B1", back=at(200))


def test_nobody_is_away_twice_at_once() -> None:
    story, rule = Story(), absence.nobody_is_away_twice_at_once
    keeps(story, rule, "lead", starts=at(7), back=at(14))
    breaks(story, rule, "supervisor", starts=at(13), back=at(20))
    breaks(story, rule, "supervisor", starts=at(0), back=at(30))
    keeps(story, rule, "supervisor", starts=at(14), back=at(20))
    keeps(story, rule, "lead", CHANGE, absence="B1", starts=at(6))
    breaks(story, rule, "lead", CHANGE, absence="B1", back=at(15))


def test_an_absence_that_was_called_off_is_in_nobodys_way() -> None:
    story, rule = Story(), absence.nobody_is_away_twice_at_once
    keeps(story, rule, "lead", starts=at(7), back=at(14))
    ask(story, "lead", END, absence="B1")
    keeps(story, rule, "lead", starts=at(7), back=at(14), cover="@intermediate")


def test_whoever_covers_is_active_and_of_the_same_service() -> None:
    story, rule = Story(), absence.a_cover_works_in_the_same_service
    breaks(story, rule, "supervisor", about="supervisor", back=at(7), cover="@sergeant")
    story.do("trainer", "deactivate_practitioner", about="advanced")
    breaks(story, rule, "lead", back=at(7), cover="@advanced")
    keeps(story, rule, "lead", back=at(7), cover="@intermediate")


def test_whoever_covers_has_the_roles_and_the_training_and_is_in_date() -> None:
    story, rule = Story(), absence.a_cover_may_do_what_they_cover
    breaks(story, rule, "lead", back=at(7), cover="@intake")
    breaks(story, rule, "supervisor", about="supervisor", back=at(7), cover="@lead")
    keeps(story, rule, "supervisor", about="supervisor", back=at(7), cover="@trainer")
    story.do("trainer", "withdraw_credential", about="trainer", credential="SUPERVISION")
    breaks(story, rule, "supervisor", CHANGE, about="supervisor", absence="B1", back=at(8))
    story.later(weeks=9)
    breaks(story, rule, "lead", back=at(70), cover="@intermediate")
    story.do("supervisor", "record_supervision", about="intermediate")
    keeps(story, rule, "lead", back=at(70), cover="@intermediate")


def test_nobody_covers_who_is_away_then_themselves() -> None:
    story, rule = Story(), absence.a_cover_is_there_themselves
    keeps(story, rule, "intermediate", about="intermediate", starts=at(3), back=at(10))
    breaks(story, rule, "lead", back=at(4), cover="@intermediate")
    keeps(story, rule, "lead", back=at(3), cover="@intermediate")
    breaks(story, rule, "lead", CHANGE, absence="B1", back=at(4))
    keeps(story, rule, "lead", CHANGE, absence="B1", back=at(4), uncovered=True)


def test_two_do_not_cover_for_each_other() -> None:
    story, rule = Story(), absence.a_cover_is_there_themselves
    keeps(story, rule, "lead", back=at(7), cover="@intermediate")
    breaks(story, rule, "intermediate", about="intermediate", back=at(7), cover="@lead")
    keeps(story, rule, "intermediate", about="intermediate", back=at(7))


def test_nobody_covers_who_knows_nothing_of_it_being_said_by_a_colleague() -> None:
    for name in ("co", "worker", "auditor", "sergeant", "officer"):
        with pytest.raises(DeniedInStory):
            ask(Story(), name, RECORD, back=at(7), cover="@intermediate")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (RECORD, {"back": at(0)}),
        (RECORD, {"starts": at(3), "back": at(2)}),
        (RECORD, {"starts": at(-9), "back": at(-2)}),
        (RECORD, {"back": at(2), "cover": "@lead"}),
        (RECORD, {"back": at(2), "cover": "PR-00000000-0"}),
        (RECORD, {"back": at(2), "effective_at": at(-1)}),
        (CHANGE, {"absence": "B1", "uncovered": True, "cover": "@intermediate"}),
        (CHANGE, {"absence": "B7", "back": at(5)}),
        (END, {"absence": "B7"}),
        (END, {"absence": "B1", "effective_at": at(-1)}),
        (END, {}),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_recorded(
    name: str, given: dict[str, Any]
) -> None:
    story = Story()
    ask(story, "lead", RECORD, starts=at(4), back=at(6), cover="@intermediate")
    with pytest.raises(Nonsense):
        ask(story, "lead", name, **given)
    assert [(one.id, one.cover) for one in absences(story)] == [
        ("B1", story.someone("intermediate"))
    ]


def test_an_absence_that_is_over_stays_as_it_was() -> None:
    story = Story()
    ask(story, "lead", RECORD, back=at(2), cover="@intermediate")
    story.later(days=3)
    with pytest.raises(Nonsense):
        ask(story, "lead", CHANGE, absence="B1", back=at(9))
    assert ask(story, "lead", END, absence="B1") == []
    assert absences(story)[0].back == MONDAY + timedelta(days=2)


def test_back_before_the_day_ends_it_at_once() -> None:
    story = Story()
    ask(story, "supervisor", RECORD, back=at(9), cover="@intermediate")
    story.later(days=2)
    ask(story, "lead", END)
    (one,) = absences(story)
    assert one.back == story.now
    assert not one.holds(story.now)


def test_a_sensitive_case_is_not_worked_by_two_where_the_one_covers_for_the_other() -> None:
    story = sensitive_and_ready(SIGNED)
    story.do("trainer", "grant_credential", about="intermediate", credential="SPECIALIST_DA")
    story.do(
        "trainer", "grant_credential", about="intermediate", credential="FACILITATION_ADVANCED"
    )
    ask(story, "advanced", RECORD, about="advanced", back=at(30), cover="@intermediate")
    rule = staff.a_sensitive_case_must_be_co_worked
    of_case.breaks(story, rule, "intermediate", "plan_intervention", **MEETING)
    ask(story, "advanced", CHANGE, about="advanced", absence="B1", cover="@lead")
    story.do("trainer", "grant_credential", about="lead", credential="SPECIALIST_DA")
    story.do("trainer", "grant_credential", about="lead", credential="FACILITATION_ADVANCED")
    of_case.keeps(story, rule, "lead", "plan_intervention", **MEETING)


def test_whoever_covers_is_of_the_level_of_the_case_before_anything_is_joined() -> None:
    story = sensitive_and_ready(SIGNED)
    ask(story, "advanced", RECORD, about="advanced", back=at(30), cover="@lead")
    rule = staff.those_allocated_must_be_of_the_level_of_the_case
    of_case.breaks(story, rule, "intermediate", "plan_intervention", **MEETING)
    ask(story, "advanced", END, about="advanced")
    of_case.keeps(story, rule, "intermediate", "plan_intervention", **MEETING)


def test_nobody_is_joined_by_a_cover_whom_they_do_not_want() -> None:
    story = ready()
    story.do(
        "worker", "decline_facilitator", party="V1", practitioner=story.someone("intermediate")
    )
    rule = allocated.nobody_is_joined_by_somebody_they_do_not_want
    ask(story, "lead", RECORD, back=at(30), cover="@intermediate")
    of_case.breaks(story, rule, "intermediate", "plan_intervention", **MEETING)
    ask(story, "lead", CHANGE, absence="B1", cover="@advanced")
    of_case.keeps(story, rule, "advanced", "plan_intervention", **MEETING)


def test_a_cover_counts_as_one_of_the_two_in_the_room() -> None:
    story = ready()
    ask(story, "lead", RECORD, back=at(30), cover="@intermediate")
    here = [story.someone("intermediate"), story.someone("co")]
    rule = staff.enough_facilitators_must_be_present
    plan, *rest = started("FACE_TO_FACE")
    assert plan.name == "plan_intervention"
    for one in (plan, *rest[:-1]):
        take(story, replace(one, who="intermediate" if one.who == "lead" else one.who))
    begin = {**rest[-1].given, "facilitators": here}
    of_case.breaks(
        story, rule, "intermediate", rest[-1].name, **{**begin, "facilitators": here[1:]}
    )
    of_case.keeps(story, rule, "intermediate", rest[-1].name, **begin)


def test_a_case_of_theirs_goes_on_unchanged() -> None:
    story = after(*referred())
    before = len(story.history)
    ask(story, "lead", RECORD, back=at(9), cover="@intermediate")
    assert story.case.lead == story.someone("lead")
    assert len(story.history) == before
