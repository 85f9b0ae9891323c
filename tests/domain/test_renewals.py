"""That what keeps a practitioner in date is told before it lapses, and to the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.competence import in_date_for
from domain.decide import present, tick
from domain.events.practitioners import RenewalMissed
from domain.fold import fold_practitioner
from domain.limits import Limits
from domain.matrix import DEFAULT, Matrix
from domain.practitioner import Practitioner
from domain.renewals import lapses
from domain.words import Act
from tests.story import MONDAY, Story

LIMITS, SECOND = Limits(), timedelta(seconds=1)
AHEAD = timedelta(days=LIMITS.before_lapse)
IN_DATE = MONDAY - timedelta(days=30)
"""When everybody of the story was last supervised, observed, trained and in a process."""


def known(story: Story, name: str = "lead") -> Practitioner:
    return fold_practitioner(story.streams[story.someone(name)])


def told(who: Practitioner, days: float) -> list[str]:
    return [one.row.name for one in lapses(who, MONDAY + timedelta(days=days), LIMITS, DEFAULT)]


def test_supervision_is_told_before_its_twelve_weeks_are_over() -> None:
    who = known(Story())
    ends = IN_DATE + timedelta(weeks=12)
    assert told(who, 0) == []
    assert lapses(who, ends - AHEAD - SECOND, LIMITS, DEFAULT) == ()
    (one,) = lapses(who, ends - AHEAD, LIMITS, DEFAULT)
    assert (one.row.name, one.since, one.due) == ("supervision", IN_DATE, ends)


def test_what_is_told_to_lapse_is_what_the_rules_ask_for_on_the_day() -> None:
    who = known(Story())
    for last in ("supervision", "observed_practice", "practice", "development"):
        due = next(
            x.due
            for x in lapses(who, MONDAY + timedelta(days=400), LIMITS, DEFAULT)
            if x.row.name == last
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
    found = lapses(known(story, "advanced"), until - timedelta(days=20), LIMITS, DEFAULT)
    assert ("credential", "SPECIALIST_DA") in {(one.row.name, one.subject) for one in found}
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
    first = {
        one.row.name: one.due for one in lapses(known(story, "intake"), story.now, LIMITS, DEFAULT)
    }
    assert first["supervision"] <= story.now
    assert first["development"] <= story.now


def clock(story: Story, name: str, at: datetime) -> list[str]:
    """Have the clock of somebody tick once, at this moment; return what it told."""
    stream = story.streams[story.someone(name)]
    drafts = tick(stream, at)
    return [d.event.wait for d in drafts if isinstance(d.event, RenewalMissed)]


def test_what_lapses_is_told_when_it_does_and_by_the_matrix_in_force() -> None:
    story = Story()
    ends = IN_DATE + timedelta(weeks=12)
    stream = story.streams[story.someone("lead")]
    assert present(stream).next_due == ends
    stricter = Matrix.model_validate({"in_date": {"supervision_weeks": 8}})
    assert present(stream, matrix=stricter).next_due == IN_DATE + timedelta(weeks=8)
    assert clock(story, "lead", ends - SECOND) == []
    assert clock(story, "lead", ends) == ["supervision"]


def test_what_lapses_after_somebody_is_no_facilitator_any_more_is_never_told() -> None:
    story = Story()
    level = "FACILITATION_INTERMEDIATE"
    soon = (story.now + timedelta(days=10)).isoformat()
    story.do("trainer", "grant_credential", about="lead", credential=level, until=soon)
    assert clock(story, "lead", MONDAY + timedelta(days=500)) == ["credential"]


def test_somebody_who_left_has_no_clocks_and_has_them_again_when_they_are_back() -> None:
    story = Story()
    ends = IN_DATE + timedelta(weeks=12)
    story.do("trainer", "deactivate_practitioner", about="lead")
    assert not present(story.streams[story.someone("lead")]).open
    assert clock(story, "lead", ends) == []
    story.do("trainer", "reactivate_practitioner", about="lead")
    assert clock(story, "lead", ends) == ["supervision"]


def test_a_refresher_is_a_clock_where_a_setting_says_so() -> None:
    stream = Story().streams[Story().someone("worker")]
    assert not present(stream).open
    yearly = Matrix.model_validate({"local_resolution": {"refresher_days": 365}})
    assert present(stream, matrix=yearly).next_due == IN_DATE + timedelta(days=365)
