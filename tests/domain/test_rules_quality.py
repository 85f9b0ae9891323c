"""Rules about feedback, complaints and adverse events: each kept once, and broken once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.case import When
from domain.errors import Nonsense
from domain.events import quality as happened
from domain.rules import contact, quality
from domain.texts import TextRef
from domain.waits import Limits, waits
from domain.words import ComplaintOutcome, TakenFurther
from tests.domain.expected_outward import (
    ANSWERED,
    COMPLAINED,
    GONE_THROUGH,
    LOOKED_INTO,
    SAFE,
    WENT_WRONG,
)
from tests.domain.expected_outward import with_task as after_that
from tests.domain.situations import after, breaks, ended, keeps, under_way
from tests.domain.states import passing
from tests.steps import completed, referred, step

if TYPE_CHECKING:
    from domain.event import CaseEvent
    from tests.story import Story

OFFER = {"party": "V1", "channel": "TELEPHONE"}
UPHELD = {"outcome": "UPHELD", "answer": "Invented."}
AGREED = {**UPHELD, "outcome": "RESOLVED_BY_AGREEMENT"}
FURTHER = {"to": "OMBUDSMAN", "note": "Not content with it."}


def task_of(story: Story) -> str:
    return next(iter(story.case.tasks))


def complained(about: str | None = None) -> Story:
    story = after(*referred())
    named = {"about": story.someone(about)} if about else {}
    story.do("auditor", "raise_concern", concern="COMPLAINT", party="V1", **named)
    return story


def test_feedback_is_offered_once_and_again_only_if_they_ask() -> None:
    rule = quality.feedback_is_offered_once
    story = ended()
    keeps(story, rule, "supervisor", "offer_feedback", **OFFER)
    story.later(days=200)
    breaks(story, rule, "supervisor", "offer_feedback", **OFFER)
    keeps(story, rule, "supervisor", "offer_feedback", **OFFER, asked_by="V1")
    declined = ended("VICTIM_DECLINED_DOOR_OPEN", step("auditor", "decline_feedback", party="V1"))
    breaks(declined, rule, "supervisor", "offer_feedback", **OFFER)


def test_feedback_comes_after_something_was_held_or_ended() -> None:
    rule = quality.feedback_comes_after_something_was_held_or_ended
    breaks(after(*referred()), rule, "worker", "offer_feedback", **OFFER)
    keeps(under_way("FACE_TO_FACE", *completed()), rule, "lead", "offer_feedback", **OFFER)


def test_feedback_that_never_comes_means_nothing() -> None:
    story = ended()
    story.do("supervisor", "offer_feedback", **OFFER)
    before, waits = passing(story.case), story.waiting()
    story.later(days=400)
    assert (passing(story.case), story.waiting()) == (before, waits)
    assert "wait_missed" not in {e.name for e in story.history[-3:]}


def test_nobody_who_asked_for_no_contact_is_asked_how_it_was() -> None:
    story = ended("VICTIM_DECLINED_DOOR_OPEN", step("auditor", "stop_contact", party="V1"))
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    breaks(story, rule, "supervisor", "offer_feedback", **OFFER)


def test_what_people_say_of_the_service_is_in_the_vault_and_their_own() -> None:
    told = ended().do("supervisor", "record_feedback", party="V1", answers="Good.", overall=4)
    data = told[0].envelope.data
    assert data["overall"] == 4
    assert set(data["answers"]) == {"id", "digest"}


def test_a_complaint_has_a_track_of_its_own_and_pauses_nothing() -> None:
    story = under_way()
    before = passing(story.case)
    story.do("auditor", COMPLAINED.name, **COMPLAINED.given)
    assert passing(story.case) == before
    steps = {"acknowledge_complaint", "look_into_complaint", "answer_complaint"}
    assert steps <= story.waiting()
    assert "task" not in story.waiting()
    about = {"task": task_of(story)}
    story.do("trainer", "acknowledge_complaint", **about)
    story.do("trainer", "look_into_complaint", **about)
    assert steps & story.waiting() == {"answer_complaint"}
    story.do("trainer", "answer_complaint", **about, **UPHELD)
    story.do("trainer", "complete_task", **about)
    assert not {w for w in story.waiting() if "complaint" in w}
    with pytest.raises(Nonsense):
        story.do("trainer", "answer_complaint", **about, **UPHELD)


@pytest.mark.parametrize(
    "name", ["acknowledge_complaint", "look_into_complaint", "answer_complaint"]
)
def test_a_complaint_is_not_dealt_with_by_whom_it_is_about(name: str) -> None:
    rule = quality.a_complaint_is_not_decided_by_whom_it_is_about
    more = AGREED if name == "answer_complaint" else {}
    for story, theirs in ((complained("trainer"), "trainer"), (complained(), "supervisor")):
        breaks(story, rule, theirs, name, task=task_of(story), **more)
    story = complained("lead")
    keeps(story, rule, "supervisor", name, task=task_of(story), **more)


def test_a_complaint_is_not_shut_by_whom_it_is_about() -> None:
    story = complained("supervisor")
    about = {"task": task_of(story)}
    story.do("trainer", "answer_complaint", **about, **AGREED)
    rule = quality.a_complaint_is_not_decided_by_whom_it_is_about
    breaks(story, rule, "supervisor", "complete_task", **about)
    keeps(story, rule, "trainer", "complete_task", **about)


def test_a_complaint_is_answered_before_it_is_closed() -> None:
    rule = quality.a_complaint_is_answered_before_it_is_closed
    story = after_that(COMPLAINED)
    breaks(story, rule, "trainer", "complete_task", task=task_of(story))
    story = after_that(COMPLAINED, LOOKED_INTO, ANSWERED)
    keeps(story, rule, "trainer", "complete_task", task=task_of(story))


def test_a_complaint_is_looked_into_before_it_is_answered_unless_it_was_settled() -> None:
    rule = quality.a_complaint_is_looked_into_before_it_is_answered
    story = after_that(COMPLAINED)
    breaks(story, rule, "trainer", "answer_complaint", task=task_of(story), **UPHELD)
    keeps(story, rule, "trainer", "answer_complaint", task=task_of(story), **AGREED)
    story = after_that(COMPLAINED, LOOKED_INTO)
    keeps(story, rule, "trainer", "answer_complaint", task=task_of(story), **UPHELD)


@pytest.mark.parametrize("name", ["look_into_complaint", "answer_complaint"])
def test_a_complaint_taken_further_is_decided_by_somebody_else_and_has_its_time_anew(
    name: str,
) -> None:
    rule = quality.a_complaint_taken_further_is_decided_by_somebody_else
    story = complained("lead")
    about, more = {"task": task_of(story)}, AGREED if name == "answer_complaint" else {}
    story.do("trainer", "look_into_complaint", **about)
    story.do("trainer", "answer_complaint", **about, **UPHELD)
    keeps(story, rule, "trainer", name, **about, **more)
    story.later(days=7)
    story.do("auditor", "take_complaint_further", **about, **FURTHER)
    then = story.now
    due = {w.name: w.since for w in waits(story.case, Limits()) if w.subject == about["task"]}
    assert due == {"look_into_complaint": then, "answer_complaint": then}
    assert story.case.complaints[about["task"]].outcome is None
    breaks(story, rule, "trainer", name, **about, **more)
    keeps(story, rule, "supervisor", name, **about, **more)


@pytest.mark.parametrize(
    ("concern", "name", "more"),
    [
        ("COMPLAINT", "acknowledge_complaint", {}),
        ("COMPLAINT", "look_into_complaint", {}),
        ("COMPLAINT", "answer_complaint", AGREED),
        ("ADVERSE_EVENT", "record_adverse_steps", {"steps": ["EVERYBODY_SAFE"]}),
    ],
)
def test_nothing_was_done_of_what_was_not_raised_yet(
    concern: str, name: str, more: dict[str, Any]
) -> None:
    story = after(*referred())
    story.later(days=5)
    story.do("auditor", "raise_concern", concern=concern, party="V1")
    before = (story.now - timedelta(days=3)).isoformat()
    with pytest.raises(Nonsense, match="no open"):
        story.do("trainer", name, task=task_of(story), effective_at=before, **more)
    story.later(days=1)
    then = (story.now - timedelta(hours=1)).isoformat()
    story.do("trainer", name, task=task_of(story), effective_at=then, **more)


@pytest.mark.parametrize(
    "event",
    [
        happened.ComplaintAcknowledged(task="T9"),
        happened.ComplaintLookedInto(task="T9"),
        happened.ComplaintTakenFurther(task="T9", to=TakenFurther.OMBUDSMAN),
        happened.ComplaintAnswered(
            task="T9",
            outcome=ComplaintOutcome.UPHELD,
            answer=TextRef(id="T-0000000000000000", digest="0" * 64),
        ),
    ],
)
def test_a_case_is_read_whatever_was_recorded_of_a_complaint_before_it_was_made(
    event: CaseEvent,
) -> None:
    story = after(*referred())
    when = When(story.now, story.now, story.someone("trainer"), 9, "told-9", "cli")
    assert event.apply(story.case, when).complaints == {}


def test_an_adverse_event_is_gone_through_before_it_is_dealt_with() -> None:
    rule = quality.an_adverse_event_is_gone_through
    story = after_that(WENT_WRONG)
    assert "task" in story.waiting()
    breaks(story, rule, "supervisor", "complete_task", task=task_of(story))
    story = after_that(WENT_WRONG, SAFE)
    assert not {"task"} & story.waiting()
    breaks(story, rule, "supervisor", "complete_task", task=task_of(story))
    story = after_that(WENT_WRONG, SAFE, GONE_THROUGH)
    keeps(story, rule, "supervisor", "complete_task", task=task_of(story))
    with pytest.raises(Nonsense):
        complained().do("supervisor", "record_adverse_steps", task="T99", steps=["EVERYBODY_SAFE"])


def test_a_letter_that_is_not_sent_is_work_of_ones_own_and_no_intervention() -> None:
    story = after(*referred())
    work: dict[str, Any] = {"party": "V1", "kind": "NO_SEND_LETTER", "note": "To you, unsent."}
    before = passing(story.case)
    story.do("worker", "record_own_side_work", **work)
    assert story.case.party("V1").own_side_work == ("NO_SEND_LETTER",)
    assert passing(story.case) == before
    assert not story.case.letters
    story.do("auditor", "stop_contact", party="V1")
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    breaks(story, rule, "worker", "record_own_side_work", **work)
