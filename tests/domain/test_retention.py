"""How long data are kept before somebody looks: a policy table, and never anything by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from domain.calendar import local_day
from domain.limits import Limits
from domain.retention import Kept, Retention
from domain.waits import waits
from domain.words import Extent
from tests.beyond import SERVICE
from tests.domain.situations import after, end, ended
from tests.steps import offender, referred, step, victim
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

REPLY = "Invented."


def reviews(story: Story, retention: Retention | None = None) -> dict[str, date]:
    """Return the day on which the data of each are looked at, by who they are."""
    limits = Limits(retention=retention) if retention else LIMITS
    found = (w for w in waits(story.case, limits) if w.name == "retention_review")
    # What falls due at the end of a day falls due at the midnight after it.
    return {w.subject: local_day(w.due) for w in found if w.due}


def test_nothing_is_looked_at_while_something_may_go_on() -> None:
    assert reviews(after(*referred())) == {}
    assert reviews(after(step("intake", "record_enquiry", source="VICTIM_SELF"))) == {}


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ((), 3),
        ((step("worker", "record_later_offers_wish", party="V1", later_offers="WANTED"),), 10),
        (
            (
                step(
                    "supervisor",
                    "classify_case",
                    sensitivity="SENSITIVE_COMPLEX",
                    flags="Invented.",
                ),
            ),
            10,
        ),
    ],
)
def test_the_first_row_that_fits_says_for_how_long(said: tuple[Any, ...], years: int) -> None:
    story = after(
        *referred(), *said, step("worker", "decline_offer", party="V1"),
        end("VICTIM_DECLINED_DOOR_OPEN"),
    )  # fmt: skip
    assert reviews(story)["V1"].year == 2026 + years


def test_what_no_row_is_about_is_kept_as_long_as_the_table_says_otherwise() -> None:
    story = ended("CJ_PROCESS_INTERVENED")
    assert {day.year for day in reviews(story).values()} == {2026 + 7}


def test_a_service_sets_its_own_table_by_controller_age_outcome_class_and_choice() -> None:
    young = after(*referred(victim(), offender(role="CHILD_OFFENDER")), step("worker",
                  "decline_offer", party="V1"), end("VICTIM_DECLINED_DOOR_OPEN"))  # fmt: skip
    of_children = Retention(rows=(Kept(years=1, child=True),), otherwise=4)
    assert {who: day.year - 2026 for who, day in reviews(young, of_children).items()} == {
        "V1": 4, "O1": 1, young.case_id: 4,
    }  # fmt: skip
    theirs = Retention(rows=(Kept(years=2, controller="TEST"),))
    assert reviews(young, theirs)["V1"].year == 2028
    others = Retention(rows=(Kept(years=2, controller="ANOTHER"),))
    assert reviews(young, others)["V1"].year == 2033


@pytest.mark.parametrize("years", [0, 101, -1])
def test_a_table_has_its_bounds(years: int) -> None:
    with pytest.raises(ValidationError):
        Kept(years=years)


def test_when_the_time_is_over_nothing_goes_by_itself_and_a_person_decides() -> None:
    story = ended()
    before = story.case.data
    story.later(days=3 * 366)
    assert story.case.data == before
    assert "wait_missed" in story.events
    story.do("officer", "keep_longer", party="V1", ground="THEY_WISH_IT", review_on="2031-01-31")
    assert reviews(story)["V1"] == date(2031, 2, 1)
    story.do("worker", "propose_data_step", party="O1", step="REMOVE_STORY")
    assert "O1" not in reviews(story)
    story.do("officer", "decide_erasure", party="O1", extent="STORY", ground="RETENTION_ENDED",
             reply=REPLY)  # fmt: skip
    story.do(SERVICE, "note_mentions", party="O1")
    story.do(SERVICE, "note_erased", party="O1", keys=["K-0123456789ABCDEF"])
    assert "O1" not in reviews(story)
    assert story.case.data.of("O1").gone is Extent.STORY


def test_whoever_comes_back_after_their_story_went_is_looked_at_again() -> None:
    story = ended()
    story.do("worker", "propose_data_step", party="V1", step="REMOVE_STORY")
    story.do("officer", "decide_erasure", party="V1", extent="STORY", ground="RETENTION_ENDED",
             reply=REPLY)  # fmt: skip
    story.do(SERVICE, "note_mentions", party="V1")
    story.do(SERVICE, "note_erased", party="V1", keys=["K-0123456789ABCDEF"])
    assert "V1" not in reviews(story)
    story.later(days=700)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    assert len(story.case.thread("V1-O1").episodes) == 2
    assert reviews(story) == {}
    story.do("worker", "decline_offer", party="V1")
    story.do("supervisor", **{"name": "end_thread", **end("VICTIM_DECLINED_DOOR_OPEN").given})
    assert "V1" in reviews(story)


def test_what_is_restricted_has_a_review_of_its_own() -> None:
    story = ended()
    story.do("officer", "restrict_data", party="V1", ground="EVIDENCE", authority="COURT",
             review_on="2026-09-01", reply=REPLY)  # fmt: skip
    assert "V1" not in reviews(story)
    assert "O1" in reviews(story)
