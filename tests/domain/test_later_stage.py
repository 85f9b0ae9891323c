"""That a later offer is weighed when the criminal case moves on, and pressed on nobody."""

from __future__ import annotations

import pytest

from domain.waits import Binds, waits
from tests.domain.expected_outward import RELEASED
from tests.domain.situations import after, end, ended
from tests.steps import referred, step
from tests.story import LIMITS, RefusedInStory

DECIDED = {"thread": "V1-O1", "reasons": "Invented."}


def test_it_is_weighed_again_each_time_the_criminal_case_moves_on() -> None:
    story = ended("CJ_PROCESS_INTERVENED", RELEASED)
    story.do("worker", "decide_no_later_offer", **DECIDED)
    assert "later_stage" not in story.waiting()
    story.later(days=300)
    story.do("worker", "record_stage", party="O1", stage="RECALLED")
    assert "later_stage" in story.waiting()
    story.later(days=1)
    kind = {"kind": "LATER_STAGE_OFFER"}
    story.do("worker", "make_later_offer", thread="V1-O1", party="V1", **kind)
    assert "later_stage" not in story.waiting()


@pytest.mark.parametrize("no", ["decline_later_offers", "stop_contact", "record_death"])
def test_nobody_who_said_no_to_later_offers_is_weighed(no: str) -> None:
    story = ended("CJ_PROCESS_INTERVENED", RELEASED, step("auditor", no, party="V1"))
    assert "later_stage" not in story.waiting()


def test_it_binds_staff_and_nobody_is_offered_anything_by_it() -> None:
    story = ended("CJ_PROCESS_INTERVENED", RELEASED)
    story.later(days=100)
    found = [w for w in waits(story.case, LIMITS) if w.name == "later_stage"]
    assert [w.binds for w in found] == [Binds.STAFF]
    assert story.case.thread("V1-O1").later_offer_at is None
    assert not story.case.thread("V1-O1").open


@pytest.mark.parametrize("reason", ["DUPLICATE_MERGED", "ENTERED_IN_ERROR"])
def test_there_is_nothing_to_offer_where_the_pair_was_none(reason: str) -> None:
    story = after(*referred(), end(reason, V1="NOT_REACHED", O1="NOT_REACHED"), RELEASED)
    assert "later_stage" not in story.waiting()


def test_a_pair_under_way_has_no_later_offer() -> None:
    story = after(*referred(), RELEASED)
    assert "later_stage" not in story.waiting()
    with pytest.raises(RefusedInStory):
        story.do("worker", "decide_no_later_offer", **DECIDED)
