"""What was done in breach opens nothing until somebody who may has confirmed it with the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import corrections
from domain.words import Choice
from tests.domain.situations import breaks, explored_case, go_on, keeps, ready
from tests.steps import Open, in_date_again, step
from tests.story import RefusedInStory

if TYPE_CHECKING:
    from tests.story import Story

CONSENT: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "scopes": ["FACE_TO_FACE"],
    "form": "SIGNED_PAPER",
}
CONFIRM = step("lead", "confirm_breach", task=Open("BREACH"))


def in_breach() -> Story:
    """Return a case in which a consent was taken by somebody no longer in date."""
    story = explored_case()
    story.later(weeks=13)
    story.do("lead", "record_consent", **CONSENT, happened=True)
    return story


def choice(story: Story) -> Choice:
    return story.case.thread("V1-O1").side("V1").choice


def test_what_was_done_in_breach_opens_nothing() -> None:
    assert choice(in_breach()) is Choice.EXPLORING


def test_confirmed_by_somebody_in_date_it_counts_from_then_and_stays_a_breach() -> None:
    story = go_on(in_breach(), *in_date_again("lead"), CONFIRM)
    assert choice(story) is Choice.CONSENTED
    assert story.case.thread("V1-O1").side("V1").consented_at == story.now
    assert "acted_in_breach" in story.events
    assert story.case.tasks == {}


def test_it_is_confirmed_only_by_somebody_who_may_do_it() -> None:
    story = in_breach()
    with pytest.raises(RefusedInStory) as refused:
        go_on(story, CONFIRM)
    assert "the_actor_must_be_in_date_for_this_act" in refused.value.codes
    assert choice(story) is Choice.EXPLORING


def test_whoever_may_not_do_it_at_all_is_denied() -> None:
    with pytest.raises(Exception, match="confirm_breach"):
        go_on(in_breach(), step("auditor", "confirm_breach", task=Open("BREACH")))


def test_it_passes_all_the_rules_of_what_was_done() -> None:
    story = in_breach()
    go_on(story, *in_date_again("lead"), step("intake", "doubt_understanding", party="V1"))
    with pytest.raises(RefusedInStory) as refused:
        go_on(story, CONFIRM)
    assert refused.value.codes == ("whoever_consents_must_be_able_to_understand",)


def test_only_a_breach_is_confirmed() -> None:
    story = ready(more=(step("lead", "raise_concern", concern="COMPLAINT"),))
    with pytest.raises((Nonsense, RefusedInStory)):
        go_on(story, step("lead", "confirm_breach", task=Open("CONCERN")))


def test_a_breach_is_not_confirmed_over_what_the_person_said_since() -> None:
    said = step("intake", "withdraw_consent", party="V1")
    story = go_on(in_breach(), *in_date_again("lead"), said)
    given = {"task": CONFIRM.given["task"].of(story.case)}
    breaks(story, corrections.a_breach_is_not_confirmed_over_a_no, "lead", CONFIRM.name, **given)
    assert choice(story) is Choice.WITHDRAWN
    story = go_on(in_breach(), *in_date_again("lead"))
    keeps(story, corrections.a_breach_is_not_confirmed_over_a_no, "lead", CONFIRM.name, **given)
