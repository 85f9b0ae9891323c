"""What one says or wants passes to the other only item by item, on their own wish; and everybody
who was to be there hears that it is off, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import telling
from domain.waits import waits
from tests.domain.situations import MEETING, PLAN, breaks, go_on, keeps, ready
from tests.steps import step
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

PASS: dict[str, Any] = {"thread": "V1-O1", "party": "V1", "what": "REASONS"}
ALLOW = step("lead", "allow_to_pass", thread="V1-O1", party="O1", what="REASONS", words="Why.")
SHARING = ("FACE_TO_FACE", "SHARE_WITH_OTHER_PARTY")


def sharing(*more: Any) -> Story:
    """Return a case in which both agreed to telling and hearing."""
    return ready(*SHARING, more=more)


def told_apart(story: Story) -> set[str]:
    return {w.subject for w in waits(story.case, LIMITS) if w.name == "where_it_stands"}


def test_what_its_owner_lets_pass_is_told() -> None:
    keeps(sharing(ALLOW), telling.only_what_its_owner_lets_pass_is_told, "lead", "pass_on", **PASS)


def test_nothing_passes_that_its_owner_did_not_name() -> None:
    other = {**PASS, "what": "HEALTH"}
    story = sharing(ALLOW)
    breaks(story, telling.only_what_its_owner_lets_pass_is_told, "lead", "pass_on", **other)


@pytest.mark.parametrize("what", [{}, {"what": ["REASONS"]}])
def test_what_they_would_rather_keep_to_themselves_passes_no_longer(what: dict[str, Any]) -> None:
    story = sharing(ALLOW, step("intake", "keep_to_themselves", party="O1", **what))
    breaks(story, telling.only_what_its_owner_lets_pass_is_told, "lead", "pass_on", **PASS)


def test_keeping_one_thing_back_leaves_the_others() -> None:
    story = sharing(ALLOW, step("intake", "keep_to_themselves", party="O1", what=["HEALTH"]))
    keeps(story, telling.only_what_its_owner_lets_pass_is_told, "lead", "pass_on", **PASS)


def test_telling_needs_both_peoples_written_consent_to_it() -> None:
    story = ready(more=(ALLOW,))
    breaks(story, telling.both_must_have_agreed_to_telling_and_hearing, "lead", "pass_on", **PASS)
    story = sharing(ALLOW)
    keeps(story, telling.both_must_have_agreed_to_telling_and_hearing, "lead", "pass_on", **PASS)


def test_nobody_is_told_who_wishes_not_to_be() -> None:
    story = sharing(ALLOW, step("intake", "decline_to_be_told", party="V1"))
    breaks(story, telling.nobody_is_told_who_wishes_not_to_be, "lead", "pass_on", **PASS)
    keeps(sharing(ALLOW), telling.nobody_is_told_who_wishes_not_to_be, "lead", "pass_on", **PASS)


def test_whoever_put_it_off_knows_and_everybody_else_is_told() -> None:
    story = ready(more=(step(*PLAN, **MEETING), step("worker", "pause_participation", party="O1")))
    assert told_apart(story) == {"I1/V1"}
    go_on(story, step("worker", "tell_where_it_stands", intervention="I1", party="V1"))
    assert told_apart(story) == set()


def test_of_a_prison_move_both_are_told_that_it_is_put_off() -> None:
    moved = step("worker", "record_change", party="O1", change="MOVED_PRISON")
    assert told_apart(ready(more=(step(*PLAN, **MEETING), moved))) == {"I1/V1", "I1/O1"}


def test_whoever_wishes_not_to_be_told_is_not_waited_for() -> None:
    story = ready(
        more=(
            step("worker", "decline_to_be_told", party="V1"),
            step(*PLAN, **MEETING),
            step("worker", "withdraw_consent", party="O1"),
        )
    )
    assert told_apart(story) == set()


def test_what_takes_place_as_planned_is_told_to_nobody_as_being_off() -> None:
    story = ready(more=(step(*PLAN, **MEETING),))
    with pytest.raises(Nonsense, match="neither put off nor cancelled"):
        story.do("worker", "tell_where_it_stands", intervention="I1", party="V1")
