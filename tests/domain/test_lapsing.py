"""That what keeps a practitioner in date is told before it lapses, and to the day."""

from __future__ import annotations

from datetime import timedelta

from domain.competence import in_date_for
from domain.fold import fold_practitioner
from domain.lapsing import lapses
from domain.practitioner import Practitioner
from domain.words import Act
from tests.story import MONDAY, Story

AHEAD, SECOND = timedelta(days=28), timedelta(seconds=1)
IN_DATE = MONDAY - timedelta(days=30)
"""When everybody of the story was last supervised, observed, trained and in a process."""


def known(story: Story, name: str = "lead") -> Practitioner:
    return fold_practitioner(story.streams[story.someone(name)])


def told(who: Practitioner, days: float) -> list[str]:
    return [one.name for one in lapses(who, MONDAY + timedelta(days=days), AHEAD)]


def test_supervision_is_told_before_its_twelve_weeks_are_over() -> None:
    who = known(Story())
    ends = IN_DATE + timedelta(weeks=12)
    assert told(who, 0) == []
    assert lapses(who, ends - AHEAD - SECOND, AHEAD) == ()
    (one,) = lapses(who, ends - AHEAD, AHEAD)
    assert (one.name, one.since, one.due) == ("supervision", IN_DATE, ends)


def test_what_is_told_to_lapse_is_what_the_rules_ask_for_on_the_day() -> None:
    who = known(Story())
    for last in ("supervision", "observed_practice", "practice", "development"):
        due = next(
            x.due for x in lapses(who, MONDAY + timedelta(days=400), AHEAD) if x.name == last
        )
        others = who.changed(
            supervised_at=due if last != "supervision" else who.supervised_at,
            observed_at=due if last != "observed_practice" else who.observed_at,
            practised_at=due if last != "practice" else who.practised_at,
            development=who.development if last == "development" else ((due, 20.0),),
        )
        assert in_date_for(others, Act.FACILITATE, due)
        assert not in_date_for(others, Act.FACILITATE, due + SECOND)


def test_a_supervision_that_was_held_is_no_longer_told() -> None:
    story = Story()
    story.later(days=50)
    assert "supervision" in told(known(story), 50)
    story.do("trainer", "record_supervision", about="lead")
    assert "supervision" not in told(known(story), 50)


def test_hours_that_are_added_put_off_when_development_lapses() -> None:
    story = Story()
    assert "development" in told(known(story), 320)
    story.do("trainer", "record_development", about="lead", hours=12)
    assert "development" in told(known(story), 340)
    assert "development" not in told(known(story), 320)
    story.do("trainer", "record_development", about="co", hours=6, approved=False)
    assert "development" in told(known(story, "co"), 320)


def test_a_credential_given_for_a_time_is_told_before_it_ends() -> None:
    story = Story()
    until = story.now + timedelta(days=90)
    story.do("trainer", "grant_credential", about="advanced", credential="SPECIALIST_DA",
             until=until.isoformat())  # fmt: skip
    found = lapses(known(story, "advanced"), until - timedelta(days=20), AHEAD)
    assert ("credential", "SPECIALIST_DA") in {(one.name, one.about) for one in found}
    assert "credential" not in told(known(story, "advanced"), 30)


def test_only_facilitators_have_clocks_and_only_while_they_are_there() -> None:
    story = Story()
    assert told(known(story, "supervisor"), 800) == []
    assert told(known(story, "worker"), 800) == []
    story.do("trainer", "deactivate_practitioner", about="lead")
    assert told(known(story), 800) == []


def test_somebody_who_was_never_supervised_is_overdue_from_the_first_day() -> None:
    story = Story()
    for name in ("AWARENESS", "FACILITATION_FOUNDATION"):
        story.do("trainer", "grant_credential", about="intake", credential=name)
    first = {one.name: one.due for one in lapses(known(story, "intake"), story.now, AHEAD)}
    assert first["supervision"] <= story.now
    assert first["development"] <= story.now
