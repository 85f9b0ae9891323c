"""What becomes of what was agreed: varied by all, not done for a reason, looked after."""

from __future__ import annotations

from typing import Any

import pytest

from domain.rules import exchange
from domain.words import ItemState, NotDone, NotPut, QuestionState
from tests.domain.situations import breaks, keeps, under_way
from tests.steps import step

ITEMS: list[dict[str, Any]] = [
    {"party": "O1", "kind": "MONEY", "due": "2026-06-30T12:00:00+01:00"},
    {"party": "S1", "kind": "SUPPORTERS_UNDERTAKING"},
]
SUPPORTER = step("worker", "add_party", party="S1", role="SUPPORTER_OF_OFFENDER", of="O1")
AGREED = step("lead", "record_agreement", thread="V1-O1", intervention="I1", items=ITEMS)
LATER = {"state": "VARIED", "due": "2026-09-30T12:00:00+01:00"}


def test_what_was_agreed_is_varied_only_as_all_agree() -> None:
    rule = exchange.what_is_varied_is_agreed_by_all
    story = under_way("FACE_TO_FACE", SUPPORTER, AGREED)
    for by in ([], ["O1"], ["V1"], ["O1", "S1"]):
        breaks(story, rule, "lead", "record_item_progress", item="A1", **LATER, agreed_by=by)
    breaks(story, rule, "lead", "record_item_progress", item="A2", **LATER, agreed_by=["V1", "O1"])
    both = {"agreed_by": ["V1", "O1"], "evidence": "A letter, plainly invented."}
    keeps(story, rule, "lead", "record_item_progress", item="A1", **LATER, **both)
    item = story.case.item("A1")
    assert item.due is not None
    assert (item.state, item.due.month) == (ItemState.VARIED, 9)


def test_what_was_not_done_says_why_as_far_as_it_is_known() -> None:
    story = under_way("FACE_TO_FACE", SUPPORTER, AGREED)
    with pytest.raises(Exception, match="not_done"):
        story.do("lead", "record_item_progress", item="A1", state="NOT_COMPLETED")
    story.do("lead", "record_item_progress", item="A1", state="NOT_COMPLETED",
             not_done="WAS_NOT_ABLE_TO")  # fmt: skip
    assert story.case.item("A1").not_done is NotDone.WAS_NOT_ABLE_TO


def test_somebody_may_be_named_who_looks_after_an_item() -> None:
    story = under_way()
    co = story.someone("co")
    items = [{"party": "O1", "kind": "MONEY", "monitor": co}]
    story.do("lead", "record_agreement", thread="V1-O1", intervention="I1", items=items)
    assert story.case.item("A1").monitor == co
    nobody = [{"party": "O1", "kind": "MONEY", "monitor": "PR-7K3M9QXA-5"}]
    with pytest.raises(Exception, match="no practitioner"):
        story.do("lead", "record_agreement", thread="V1-O1", intervention="I1", items=nobody)


def test_a_question_that_is_not_put_says_why() -> None:
    story = under_way("WRITTEN_COMMUNICATION")
    with pytest.raises(Exception, match="because"):
        story.do("lead", "record_not_put", question="Q1")
    story.do("lead", "record_not_put", question="Q1", because="ANSWERED_OTHERWISE")
    question = story.case.question("Q1")
    assert (question.state, question.not_put) == (QuestionState.NOT_PUT, NotPut.ANSWERED_OTHERWISE)
