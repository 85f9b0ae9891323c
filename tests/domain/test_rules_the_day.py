"""Rules for the day of a meeting: its date, and what must still be true on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.errors import Nonsense
from domain.interventions import RESTS_ON_THE_DATE
from domain.rules import exchange, joining, the_day
from domain.words import InterventionState
from tests.domain.situations import BOTH_IN_TURN, after, breaks, keeps, ready
from tests.steps import Ahead, chosen, explored, referred, started, step

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

MEETING = started("FACE_TO_FACE")
OF = {"intervention": "I1"}
START = {**OF, "facilitators": ["@lead", "@co"]}
REST = sorted(set(range(1, 26)) - RESTS_ON_THE_DATE)


def put_off(days: int = 0) -> Story:
    """Return a meeting that was ready and then put off, so many days ago."""
    story = ready(more=MEETING[:7])
    story.do("co", "postpone_intervention", **OF)
    story.later(days=days)
    return story


def dated(story: Story, days: int = 14) -> Story:
    """Fix a date for it, so many days from now."""
    on = (story.now + timedelta(days=days)).isoformat()
    story.do("lead", "fix_date", **OF, for_when=on, venue="A hall, plainly invented.")
    return story


def test_what_was_put_off_is_made_ready_for_a_new_date_and_no_sooner() -> None:
    rule = the_day.what_was_put_off_needs_a_new_date
    story = put_off()
    story.do("lead", "check_item", **OF, items=list(range(1, 26)))
    breaks(story, rule, "lead", "confirm_ready", **OF)
    dated(story)
    story.do("lead", "check_item", **OF, items=list(RESTS_ON_THE_DATE))
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    keeps(story, rule, "lead", "confirm_ready", **OF)


def test_a_new_date_asks_again_what_rests_on_it_and_keeps_the_rest() -> None:
    story = put_off()
    assert sorted(story.case.intervention("I1").checked) == REST
    breaks(dated(story), exchange.the_checklist_must_be_complete, "lead", "confirm_ready", **OF)
    story.do("lead", "check_item", **OF, items=list(RESTS_ON_THE_DATE))
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    story.do("lead", "confirm_ready", **OF)
    dated(story, days=20)
    meeting = story.case.intervention("I1")
    assert meeting.state is InterventionState.PLANNED
    assert sorted(meeting.checked) == REST
    assert meeting.willing == {}
    assert meeting.for_when is not None


def test_no_date_is_fixed_in_the_past() -> None:
    story = put_off()
    with pytest.raises(Exception, match="lies in the past"):
        dated(story, days=-1)


def test_nobody_meets_on_a_preparation_of_long_ago() -> None:
    rule = the_day.everybody_must_be_prepared_recently
    story = dated(put_off(days=40))
    story.do("lead", "check_item", **OF, items=list(RESTS_ON_THE_DATE))
    story.do("lead", "prepare_person", **OF, party="V1")
    breaks(story, rule, "lead", "confirm_ready", **OF)
    story.do("lead", "prepare_person", **OF, party="O1")
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    keeps(story, rule, "lead", "confirm_ready", **OF)


def test_what_was_ready_long_ago_is_prepared_again_before_it_starts() -> None:
    rule = the_day.everybody_must_be_prepared_recently
    story = ready(more=MEETING[:7])
    story.later(days=40)
    breaks(story, rule, "lead", "start_intervention", **START)


def test_the_checklist_is_gone_through_again_on_the_day() -> None:
    rule = the_day.the_checklist_must_be_gone_through_on_the_day
    story = ready(more=MEETING[:-2])
    breaks(story, rule, "lead", "start_intervention", **START)
    story.do("lead", "check_on_the_day", **OF, no_longer=[12])
    breaks(story, rule, "lead", "start_intervention", **START)
    story.do("lead", "check_item", **OF, items=[12])
    keeps(story, rule, "lead", "start_intervention", **START)


def test_what_was_gone_through_yesterday_is_gone_through_today() -> None:
    rule = the_day.the_checklist_must_be_gone_through_on_the_day
    story = ready(more=MEETING[:-1])
    story.later(days=1)
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    breaks(story, rule, "lead", "start_intervention", **START)
    story.do("lead", "check_on_the_day", **OF)
    keeps(story, rule, "lead", "start_intervention", **START)


def test_the_harmed_person_is_asked_what_they_prefer_before_it_is_made_ready() -> None:
    rule = the_day.the_harmed_person_was_asked_what_they_prefer
    unasked = [one for one in chosen(*BOTH_IN_TURN) if one.name != "record_preferences"]
    story = after(*referred(), *explored(), *unasked, *MEETING[:6])
    breaks(story, rule, "lead", "confirm_ready", **OF)
    story.do("lead", "record_preferences", thread="V1-O1", party="V1")
    keeps(story, rule, "lead", "confirm_ready", **OF)


def test_a_wish_is_told_in_words() -> None:
    with pytest.raises(Nonsense, match="say what they wish"):
        ready().do("lead", "record_preferences", thread="V1-O1", party="V1", matters=["PLACE"])


def pencilled(*more: Step) -> Story:
    """Return a meeting for which a day is kept free, its people prepared and the rest true."""
    kept_free = step("lead", "pencil_in_date", **OF, for_when=Ahead(14), agreed_by=["V1", "O1"])
    return ready(more=(MEETING[0], kept_free, *MEETING[1:4], *more))


def test_a_day_is_kept_free_only_as_each_agrees_to_it() -> None:
    rule = the_day.each_agrees_to_keep_the_day_free
    story = ready(more=MEETING[:1])
    on = {**OF, "for_when": (story.now + timedelta(days=14)).isoformat()}
    breaks(story, rule, "lead", "pencil_in_date", **on, agreed_by=["V1"])
    breaks(story, rule, "lead", "pencil_in_date", **on)
    keeps(story, rule, "lead", "pencil_in_date", **on, agreed_by=["O1", "V1"])
    assert story.case.intervention("I1").for_when is None
    assert story.case.intervention("I1").state is InterventionState.PLANNED


def test_a_day_that_is_kept_free_makes_nothing_ready() -> None:
    rule = the_day.a_pencilled_date_makes_nothing_ready
    story = pencilled()
    breaks(story, rule, "lead", "confirm_ready", **OF)
    dated(story, 10)
    story.do("lead", "check_item", **OF, items=list(RESTS_ON_THE_DATE))
    asking_again = the_day.each_says_again_that_they_want_it_as_it_is_fixed
    breaks(story, asking_again, "lead", "confirm_ready", **OF)
    for party in ("V1", "O1"):
        story.do("lead", "confirm_willingness", **OF, party=party)
    keeps(story, rule, "lead", "confirm_ready", **OF)
    assert story.case.intervention("I1").pencilled_for is None


def each_says_again_before_it_is_ready(story: Story) -> None:
    """Nothing makes it ready until the last of the pair said again that they want it."""
    rule = the_day.each_says_again_that_they_want_it_as_it_is_fixed
    breaks(story, rule, "lead", "confirm_ready", **OF)
    story.do("lead", "confirm_willingness", **OF, party="V1")
    breaks(story, rule, "lead", "confirm_ready", **OF)
    story.do("lead", "confirm_willingness", **OF, party="O1")
    keeps(story, rule, "lead", "confirm_ready", **OF)


def test_a_meeting_is_fixed_only_as_each_says_again_that_they_want_it() -> None:
    each_says_again_before_it_is_ready(ready(more=MEETING[:4]))


def test_who_wanted_it_on_another_day_is_asked_again_for_the_new_one() -> None:
    story = dated(ready(more=MEETING[:6]))
    story.do("lead", "check_item", **OF, items=list(RESTS_ON_THE_DATE))
    each_says_again_before_it_is_ready(story)


def test_what_was_put_off_asks_each_again_before_it_is_ready() -> None:
    story = put_off()
    dated(story)
    story.do("lead", "check_item", **OF, items=list(RESTS_ON_THE_DATE))
    each_says_again_before_it_is_ready(story)


def test_nobody_is_asked_again_because_somebody_stays_away_who_was_not_to_come() -> None:
    story = ready(more=MEETING[:6])
    story.do("worker", "add_party", party="S1", role="SUPPORTER_OF_VICTIM", of="V1")
    before = story.case.intervention("I1").willing
    story.do("auditor", "stay_away", **OF, party="S1")
    rule = the_day.each_says_again_that_they_want_it_as_it_is_fixed
    assert story.case.intervention("I1").willing == before != {}
    keeps(story, rule, "lead", "confirm_ready", **OF)


def test_a_day_is_kept_free_only_where_every_gate_is_open() -> None:
    consent = joining.both_people_must_consent_to_this_in_writing
    story = ready(more=MEETING[:1])
    story.do("auditor", "pause_participation", party="V1")
    on = (story.now + timedelta(days=14)).isoformat()
    breaks(story, consent, "lead", "pencil_in_date", **OF, for_when=on, agreed_by=["V1", "O1"])


@pytest.mark.parametrize(
    "said", [("postpone_intervention", OF), ("withdraw_consent", {"party": "V1"}),
             ("pause_participation", {"party": "O1"}), ("cancel_intervention", OF)]
)  # fmt: skip
def test_what_puts_it_off_or_says_no_gives_the_day_back(said: tuple[str, dict[str, str]]) -> None:
    story = pencilled()
    story.do("auditor", said[0], **said[1])
    assert story.case.intervention("I1").pencilled_for is None
