"""What a case waits for, in the course of things: nobody forgotten, nothing told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from domain.calendar import LONDON, working_days_after
from domain.decide import present
from domain.events.clock import WaitMissed
from domain.waits import waits
from tests.domain.situations import (
    after,
    end,
    ended,
    letter_held,
    ready,
    under_way,
)
from tests.playing import take
from tests.steps import (
    YEAR,
    chosen,
    completed,
    explored,
    introduced,
    offender,
    referred,
    started,
    step,
    victim,
    welcomed,
)
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from tests.steps import Step

REFERRED = referred()[:1]
INTERESTED = step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1")
ITEMS = [{"party": "O1", "kind": "MONEY", "due": "2026-04-20T12:00:00+01:00"}]
AGREED = step("lead", "record_agreement", thread="V1-O1", intervention="I1", items=ITEMS)
PROGRESS = step("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS")
DONE = step("lead", "record_item_progress", item="A1", state="COMPLETED")


def entered_late(*steps: Step) -> Story:
    """Return a story in which all of this was done a month before it was entered."""
    story = Story()
    long_ago = (story.now - timedelta(days=30)).isoformat()
    for one in steps:
        take(story, replace(one, given={**one.given, "effective_at": long_ago}))
    return story


def to_ring(day: str) -> Story:
    return after(*referred(), step("worker", "agree_next_contact", party="V1", at=day))


def test_what_fell_due_is_told_once_however_often_the_clock_ticks() -> None:
    story = after(*REFERRED)
    story.later(days=60)
    missed = [e.event for e in story.history if e.name == "wait_missed"]
    assert len(missed) == len(set(map(repr, missed)))
    before = len(story.history)
    for _ in range(3):
        story.fall_due()
    assert len(story.history) == before
    assert present(story.history, LIMITS).next_due is None


def test_the_next_due_is_always_ahead_of_what_was_told() -> None:
    story = after(*referred(), INTERESTED)
    dues = []
    while (due := present(story.history, LIMITS).next_due) is not None:
        dues.append(due)
        story.now = due
        story.fall_due()
    assert all(one < other for one, other in pairwise(dues))


def test_what_the_clock_tells_is_not_taken_for_something_done() -> None:
    story = after(*referred())
    silence = present(story.history, LIMITS).next_due
    story.later(days=45)
    assert [e.name for e in story.history[-1:]] == ["wait_missed"]
    last = story.case.thread("V1-O1").current.last_activity
    assert last is not None
    assert silence is not None
    assert last < silence


def test_work_on_a_question_or_a_letter_is_something_done_on_the_pair() -> None:
    story = letter_held()
    story.later(days=19)
    story.do("lead", "send_letter_back", letter="L1")
    assert story.case.thread("V1-O1").current.last_activity == story.now


def test_an_offence_long_past_is_no_information_missed_long_ago() -> None:
    refer = REFERRED[0]
    story = Story()
    story.do("worker", "refer", **{**refer.given, "historic": True, "reported_on": "1994-05-01"})
    information = next(w for w in waits(story.case, LIMITS) if w.name == "information")
    assert information.due is not None
    assert information.due > story.now


def test_information_is_owed_since_the_report_and_to_a_child_within_a_day() -> None:
    refer = REFERRED[0]
    story = Story()
    child = {"party": "V2", "role": "CHILD_VICTIM"}
    people = [*refer.given["parties"], child]
    story.do("worker", "refer", **{**refer.given, "parties": people, "reported_on": "2026-02-27"})
    due = {w.subject: w.due for w in waits(story.case, LIMITS) if w.name == "information"}
    assert due["V1"] == datetime(2026, 3, 7, tzinfo=LONDON)
    assert due["V2"] == datetime(2026, 3, 3, tzinfo=LONDON)


def test_somebody_who_became_known_later_is_informed_from_then() -> None:
    story = after(*referred())
    story.later(days=200)
    story.do("worker", "add_party", **victim(2))
    information = next(w for w in waits(story.case, LIMITS) if w.name == "information")
    assert information.due is not None
    assert information.due > story.now


def test_a_case_handed_back_waits_for_allocation_from_then() -> None:
    story = after(*referred())
    story.later(days=100)
    story.do("auditor", "hand_over", practitioner=story.someone("lead"))
    allocation = next(w for w in waits(story.case, LIMITS) if w.name == "allocation")
    assert allocation.since == story.now
    assert allocation.due is not None
    assert allocation.due > story.now


def test_a_supporter_who_was_in_the_room_is_owed_a_debrief() -> None:
    story = with_supporter()
    owed = {w.subject for w in waits(story.case, LIMITS) if w.name == "debrief"}
    assert owed == {"I1/V1", "I1/O1", "I1/S1"}
    story.do("lead", "record_debrief", intervention="I1", party="S1")
    assert "I1/S1" not in {w.subject for w in waits(story.case, LIMITS)}


def with_supporter() -> Story:
    supporter = {"party": "S1", "role": "SUPPORTER_OF_VICTIM", "of": "V1"}
    plan, *rest = started("FACE_TO_FACE")
    invited = step("lead", "plan_intervention", **plan.given, attending=["S1"])
    willing = step("lead", "confirm_willingness", intervention="I1", party="S1")
    return after(
        *referred(victim(), offender(), supporter),
        *explored(),
        *chosen("FACE_TO_FACE", "SUPPORTERS_PRESENT"),
        *welcomed("S1"),
        invited,
        *introduced("S1"),
        *rest[:-1],
        willing,
        rest[-1],
        completed()[0],
    )


def test_follow_ups_come_one_after_the_other_for_each_person_in_each_episode() -> None:
    story = under_way("FACE_TO_FACE", *completed())
    due = []
    for _ in range(5):
        (one,) = (w for w in waits(story.case, LIMITS) if w.subject == "V1-O1/V1")
        due.append(one.due)
        story.do("supervisor", "record_follow_up", thread="V1-O1", party="V1")
    assert due == sorted(due)  # type: ignore[type-var]
    assert "V1-O1/V1" not in {w.subject for w in waits(story.case, LIMITS)}
    assert "V1-O1/O1" in {w.subject for w in waits(story.case, LIMITS)}


def test_interest_said_after_the_end_is_not_lost() -> None:
    story = ended()
    story.later(days=400)
    story.do("worker", "record_discussion", party="V1", interested=True)
    assert "discussion" in story.waiting()
    assert present(story.history, LIMITS).open
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    assert {"facilitators_meeting"} <= story.waiting()
    assert "discussion" not in story.waiting()


def test_what_somebody_wanted_to_know_is_told_after_the_end_too() -> None:
    story = under_way("FACE_TO_FACE", AGREED, PROGRESS, DONE, *completed())
    story.do("lead", "end_thread", **end("COMPLETED_AGREEMENT_FULFILLED").given)
    assert "telling" in story.waiting()


def test_whoever_set_a_day_is_tried_three_times_and_then_left_to_ring() -> None:
    story = to_ring("2026-03-20T10:00:00+00:00")
    story.later(days=18)
    attempt: dict[str, Any] = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
    for _ in range(3):
        assert "contact_as_they_asked" in story.waiting()
        story.do("worker", "record_contact_attempt", **attempt)
        story.later(days=14)
    assert "contact_as_they_asked" not in story.waiting()


def test_a_day_that_was_set_is_met_by_being_in_touch() -> None:
    story = to_ring("2026-03-20T10:00:00+00:00")
    story.later(days=18)
    attempt = {"party": "V1", "channel": "TELEPHONE", "outcome": "SPOKE"}
    story.do("worker", "record_contact_attempt", **attempt)
    assert "contact_as_they_asked" not in story.waiting()


def test_time_that_passes_changes_nobodys_choice() -> None:
    story = under_way("FACE_TO_FACE", AGREED, PROGRESS, *completed())
    before = {t: (e.current.victim, e.current.offender) for t, e in story.case.threads.items()}
    story.later(days=5 * YEAR.days)
    after_years = {t: (e.current.victim, e.current.offender) for t, e in story.case.threads.items()}
    assert before == after_years
    assert all(t.open for t in story.case.threads.values())


def test_what_was_done_in_time_and_entered_late_is_not_told_as_missed() -> None:
    story = entered_late(*referred())
    story.fall_due()
    assert "wait_missed" not in [e.name for e in story.history]


def test_what_is_still_owed_a_working_day_after_a_late_entry_is_told_then() -> None:
    story = entered_late(*REFERRED)
    due = present(story.history, LIMITS).next_due
    assert due == working_days_after(story.now, LIMITS.catching_up)
    story.now = due
    story.fall_due()
    assert {e.event.wait for e in story.history if isinstance(e.event, WaitMissed)} >= {
        "acknowledge",
        "first_contact",
    }


def test_a_late_entry_puts_off_nothing_that_falls_due_after_it() -> None:
    story = after(*REFERRED)
    due = present(story.history, LIMITS).next_due
    story.do(
        "worker",
        "record_contact_attempt",
        party="O1",
        channel="TELEPHONE",
        outcome="NO_RESPONSE",
        effective_at=(story.now - timedelta(days=3)).isoformat(),
    )
    assert present(story.history, LIMITS).next_due == due


def test_risk_is_looked_at_again_on_the_first_day_that_was_set_for_it_or_for_an_item() -> None:
    def set_for(what: str, day: int, **more: str) -> Step:
        on = f"2026-04-{day}T12:00:00+01:00"
        return step("lead", what, thread="V1-O1", review_on=on, **more)

    motive = {"item": "MOTIVE", "party": "O1", "finding": "Invented."}
    story = ready(more=(set_for("record_risk_item", 14, **motive),
                        set_for("record_risk_item", 20, item="IMPULSIVITY", finding="Invented."),
                        set_for("decide_risk", 17, decision="PROCEED_DIRECT",
                                assessment_text="Invented.")))  # fmt: skip
    for day in (14, 17):
        assert looked_at_again(story) == [datetime(2026, 4, day + 1, tzinfo=LONDON)]
        story.do("lead", "record_risk_item", thread="V1-O1", **motive)
    undated = {"decision": "PROCEED_DIRECT", "assessment_text": "Invented."}
    story.do("lead", "decide_risk", thread="V1-O1", **undated)
    assert looked_at_again(story) == [datetime(2026, 4, 21, tzinfo=LONDON)]


def test_a_day_set_for_an_item_is_missed_like_any_other_until_it_is_looked_at_again() -> None:
    item = {"thread": "V1-O1", "item": "MOTIVE", "party": "O1", "finding": "Invented."}
    day = "2026-04-14T12:00:00+01:00"
    story = after(*referred(), *explored(), step("lead", "record_risk_item", **item, review_on=day))
    story.later(weeks=7)
    missed = [e.event for e in story.history if isinstance(e.event, WaitMissed)]
    assert [m.subject for m in missed if m.wait == "risk_review"] == ["V1-O1"]
    assert looked_at_again(story)
    story.do("lead", "record_risk_item", **item)
    assert not looked_at_again(story)


def looked_at_again(story: Story) -> list[datetime | None]:
    return [w.due for w in waits(story.case, LIMITS) if w.name == "risk_review"]
