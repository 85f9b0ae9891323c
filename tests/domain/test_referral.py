"""Whoever referred sees what they supplied, that it was received and that it ended, and no more."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from domain.events.ending import ThreadEnded
from domain.fold import fold_practitioner
from domain.permissions import relation
from domain.record import Draft
from domain.referral import Referral, referral_of
from domain.words import EndReason, Relation
from tests.domain.situations import after
from tests.paths import PATHS
from tests.playing import play
from tests.steps import referred

if TYPE_CHECKING:
    from tests.story import Story


def seen(story: Story) -> Referral:
    return referral_of(story.history, story.staff["worker"])


def ended() -> Story:
    story = after(*referred())
    story.later(days=3)
    event = ThreadEnded(thread="V1-O1", reason=EndReason.VICTIM_DECLINED_DOOR_OPEN)
    story.recorded(story.case_id, [Draft(event, story.now)])
    return story


def test_it_is_received_then_taken_on_then_ended() -> None:
    story = after(*referred()[:1])
    received = seen(story)
    assert received.received_at is not None
    assert (received.accepted_at, received.ended_at) == (None, None)
    story = after(*referred())
    assert seen(story).accepted_at is not None
    story = ended()
    assert seen(story).ended_at is not None


def test_what_is_taken_up_again_has_not_ended() -> None:
    story = ended()
    story.later(days=400)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    assert seen(story).ended_at is None


def test_it_has_what_was_supplied_with_the_referral_and_nothing_said_since() -> None:
    for path in PATHS:
        story = play(PATHS[path])
        made = seen(story)
        commands = {entry.envelope.command for entry in made.supplied}
        assert len(commands) <= 1
        assert all(e.envelope.actor.id == story.staff["worker"] for e in made.supplied)
        assert referral_of(story.history, story.staff["auditor"]).supplied == ()
    assert {field.name for field in fields(Referral)} == {
        *("case", "received_at", "accepted_at", "ended_at", "supplied")
    }


def test_a_referrer_who_does_not_work_on_it_is_that_to_the_case() -> None:
    story = after(*referred())
    worker = fold_practitioner(story.streams[story.staff["worker"]])
    other = story.case.changed(case_worker=story.staff["lead"])
    assert relation(worker, other) is Relation.REFERRED
    assert relation(worker, story.case) is Relation.ALLOCATED
    assert relation(worker, other.changed(referrer=story.staff["lead"])) is Relation.NOT_THEIRS
