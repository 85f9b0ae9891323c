"""What was resolved on the spot: it is looked at, what is undone falls due, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.stage import stage_of
from domain.waits import waits
from tests.domain.situations import after, go_on
from tests.domain.test_rules_local_resolution import NAME, RIGHT
from tests.steps import DAY, offender, step, victim
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from datetime import datetime

RESOLVED = step("worker", NAME, **RIGHT)
BY_THE_POLICE = step(
    "worker", "refer", after=DAY, source="POLICE_OFFICER", initiator="SERVICE_INITIATED"
)


def comes_back(**asked: str) -> Any:
    of_themselves = {"source": "VICTIM_SELF", "initiator": "VICTIM_INITIATED"}
    return step("worker", "refer", after=DAY, **of_themselves, **asked)


def due(story: Story, name: str) -> list[datetime | None]:
    return [wait.due for wait in waits(story.case, LIMITS) if wait.name == name]


def test_a_supervisor_looks_at_each_and_a_missed_look_is_told() -> None:
    story = after(RESOLVED)
    assert due(story, "local_resolution_review")
    story.later(weeks=2)
    assert story.events[-1] == "wait_missed"
    story.do("sergeant", "review_local_resolution")
    assert due(story, "local_resolution_review") == []


def test_what_is_not_done_yet_falls_due_and_the_pair_stays_until_it_is() -> None:
    forty = {"party": "O1", "kind": "MONEY", "due": "2026-03-20T12:00:00+00:00"}
    story = after(step("worker", NAME, **RIGHT | {"items": [forty]}))
    assert story.case.thread("V1-O1").open
    story.later(days=30)
    assert "wait_missed" in story.events
    assert "agreed_item" in story.waiting()
    story.do("worker", "record_item_progress", item="A1", state="COMPLETED")
    assert "agreed_item" not in story.waiting()


def test_a_victim_comes_to_the_full_service_later_with_this_as_history() -> None:
    story = after(RESOLVED, comes_back(asked_by="V1"))
    pair = story.case.thread("V1-O1")
    assert [one.kind for one in pair.episodes] == ["FIRST", "RETURN"]
    assert pair.episodes[0].ended is not None
    assert pair.episodes[0].ended.reason == "RESOLVED_LOCALLY"
    assert stage_of(story.case) == "REFERRED"
    assert {"acknowledge", "first_contact", "information"} <= story.waiting()


def test_a_single_victim_who_refers_themselves_need_not_be_named_twice() -> None:
    assert after(RESOLVED, comes_back()).case.thread("V1-O1").open


def test_of_two_victims_only_the_one_who_comes_back_does() -> None:
    people = [victim(1), victim(2), offender()]
    items = [
        {"party": "O1", "kind": "APOLOGY", "done": True, "thread": thread}
        for thread in ("V1-O1", "V2-O1")
    ]
    both = step("worker", NAME, **RIGHT | {"parties": people, "items": items})
    case = after(both, comes_back(asked_by="V2")).case
    assert [thread.id for thread in case.threads.values() if thread.open] == ["V2-O1"]
    assert not any(thread.open for thread in after(both, comes_back()).case.threads.values())


def test_what_another_refers_afterwards_waits_until_it_was_accepted_and_an_offer_weighed() -> None:
    story = after(RESOLVED, BY_THE_POLICE)
    assert stage_of(story.case) == "REFERRED"
    assert {"acknowledge", "later_stage"} <= story.waiting()
    go_on(story, step("supervisor", "accept_referral"))
    assert "acknowledge" not in story.waiting()
    assert "later_stage" in story.waiting()
    offer = {"thread": "V1-O1", "party": "V1", "kind": "LATER_STAGE_OFFER"}
    go_on(story, step("supervisor", "make_later_offer", after=DAY, **offer))
    assert "later_stage" not in story.waiting()
    assert stage_of(story.case) == "ENDED"


def test_a_case_that_ended_after_it_was_referred_waits_for_nobody_to_accept_it() -> None:
    ended = step("supervisor", "end_thread", thread="V1-O1", reason="VICTIM_DECLINED_DOOR_OPEN",
                 told={"V1": "TOLD_IT_ENDED", "O1": "TOLD_IT_ENDED"})  # fmt: skip
    refer = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": [victim(), offender()]}
    no = step("worker", "decline_offer", party="V1")
    story = after(step("worker", "refer", **refer), no, ended)
    assert not {"acknowledge", "later_stage"} & story.waiting()
