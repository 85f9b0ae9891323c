"""Before anybody is tried: whether it is welcome, when and how, by the rules of an attempt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.asking import Asking
from domain.errors import Nonsense
from domain.fold import fold_practitioner
from domain.record import Actor
from domain.rules import contact, pressing, reaching
from domain.welcome import welcome
from domain.words import Channel
from tests.domain.situations import after
from tests.steps import referred

if TYPE_CHECKING:
    from domain.welcome import Welcome
    from tests.story import Story

TRY = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}


def asked(story: Story, who: str = "worker", party: str = "V1") -> Welcome:
    actor = story.someone(who)
    them = fold_practitioner(story.streams[actor])
    asking = Asking(
        actor=Actor(id=actor, identified="unverified"),
        origin="asked",
        at=story.now,
        command_id="asked-beforehand",
        practitioners={actor: them},
        signed_in=them,
        history=story.history,
        contact_plan=story.limits.contact_plan,
    )
    return welcome(story.history, party, asking)


def codes(found: Welcome, channel: Channel | None = None) -> set[str]:
    if channel is None:
        return {one.code for one in found.against}
    (way,) = [one for one in found.ways if one.channel is channel]
    return {one.code for one in way.against}


def test_somebody_who_said_nothing_of_it_is_welcome_by_every_way() -> None:
    found = asked(after(*referred()))
    assert [way.channel for way in found.ways] == [*Channel]
    assert (found.against, found.attempts, found.unanswered) == ((), (), 0)
    assert not any(way.against for way in found.ways)


def test_only_the_ways_that_they_called_safe_are_welcome() -> None:
    story = after(*referred())
    story.do("worker", "record_safe_ways", party="V1", channels=["TELEPHONE", "EMAIL"],
             asked_by="V1")  # fmt: skip
    story.do("auditor", "close_ways", party="V1", channels=["EMAIL"])
    found = asked(story)
    assert codes(found, Channel.TELEPHONE) == set()
    for channel in (Channel.EMAIL, Channel.LETTER):
        assert codes(found, channel) == {reaching.only_a_safe_way_is_used.__name__}


def test_whoever_asked_for_no_contact_is_not_welcome_by_any_way_and_it_is_said_once() -> None:
    story = after(*referred())
    story.do("auditor", "stop_contact", party="V1")
    found = asked(story)
    assert contact.nobody_who_asked_not_to_be_contacted_is_contacted.__name__ in codes(found)
    assert not any(way.against for way in found.ways)


def test_before_the_hour_that_they_set_it_is_not_welcome() -> None:
    story = after(*referred())
    hour = story.now + timedelta(days=2)
    story.do("worker", "agree_next_contact", party="V1", at=hour)
    found = asked(story)
    assert codes(found) == {contact.a_person_who_will_ring_is_left_to_ring.__name__}
    story.now = hour
    assert codes(asked(story)) == set()


def test_every_attempt_is_told_with_its_time_way_outcome_and_who_tried() -> None:
    story = after(*referred())
    story.do("worker", "record_contact_attempt", **TRY)
    first, then = story.someone("worker"), story.now
    found = asked(story, "lead")
    (attempt,) = found.attempts
    assert (attempt.at, attempt.channel, attempt.outcome, attempt.by) == (
        then,
        "TELEPHONE",
        "NO_RESPONSE",
        first,
    )
    # It is one plan, whoever tries next.
    assert (found.unanswered, found.plan.attempts) == (1, 3)
    assert codes(found) == {pressing.attempts_come_days_apart.__name__}


def test_after_the_plan_only_a_way_that_was_not_tried_is_welcome() -> None:
    story = after(*referred())
    for _ in range(3):
        story.later(days=8)
        story.do("worker", "record_contact_attempt", **TRY)
    story.later(days=8)
    found = asked(story)
    assert found.unanswered == 3
    stopped = {pressing.after_the_contact_plan_it_stops.__name__}
    assert codes(found, Channel.TELEPHONE) == stopped
    assert codes(found, Channel.LETTER) == set()


def test_what_is_said_beforehand_is_what_the_rules_say_of_the_attempt() -> None:
    story = after(*referred())
    story.do("worker", "record_contact_attempt", **TRY)
    known = len(story.history)
    asked(story)
    assert len(story.history) == known
    with pytest.raises(Nonsense):
        asked(story, party="V9")
