"""Whoever referred sees what they supplied, that it was received and that it ended, and no more."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from domain.calendar import working_days_after
from domain.errors import Nonsense
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


def ended(**more: Any) -> Story:
    story = after(*referred(**more))
    story.later(days=3)
    end(story)
    return story


def end(story: Story) -> None:
    event = ThreadEnded(thread="V1-O1", reason=EndReason.VICTIM_DECLINED_DOOR_OPEN)
    story.recorded(story.case_id, [Draft(event, story.now)])


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


OF_AN_OFFICER = {"source": "POLICE_OFFICER", "asked_by": "POLICE_OFFICER"}


def owed(story: Story) -> bool:
    return "tell_referrer" in story.waiting()


def test_whoever_brought_it_is_owed_that_it_has_ended_once_and_again_if_it_ends_again() -> None:
    story = ended(**OF_AN_OFFICER)
    assert owed(story)
    with pytest.raises(Nonsense):
        after(*referred(**OF_AN_OFFICER)).do("worker", "tell_referrer")
    told = story.do("worker", "tell_referrer")
    assert not owed(story)
    assert told[0].envelope.data == {}
    story.later(days=30)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    assert not owed(story)
    end(story)
    assert owed(story)


def test_that_it_ended_is_owed_within_five_working_days_and_a_late_one_is_told_to_be_late() -> None:
    story = ended(**OF_AN_OFFICER)
    since = story.now
    story.later(days=14)
    (late,) = [one for one in story.case.clocks.values() if one.wait == "tell_referrer"]
    assert (late.subject, late.due) == (story.case_id, working_days_after(since, 5))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"asked_by": "@worker"},
        {"source": "VICTIM_SELF", "asked_by": "VICTIM_SELF"},
        {"source": "CASE_EXTRACTION", "initiator": "SERVICE_INITIATED"},
    ],
)
def test_nobody_is_owed_it_who_works_on_it_or_where_nobody_else_brought_it(
    more: dict[str, object],
) -> None:
    assert not owed(ended(**more))


def test_whoever_referred_and_does_not_work_on_it_any_more_is_owed_it() -> None:
    story = after(*referred())
    story.do("supervisor", "allocate_case", case_worker=story.someone("intake"))
    end(story)
    assert owed(story)
