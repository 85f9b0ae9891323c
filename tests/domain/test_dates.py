"""Dates that are none: nothing may be recorded that a case could not be looked at with."""

from __future__ import annotations

import pytest

from domain.errors import Nonsense
from tests.paths import referred
from tests.story import Story

NO_DATES = [
    "9999-12-31T12:00:00Z",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "2200-01-01T00:00:00Z",
    "1899-12-31T23:59:59Z",
]


@pytest.mark.parametrize("at", NO_DATES)
def test_an_agreed_item_is_not_due_on_a_date_beyond_reckoning(at: str) -> None:
    story = a_case()
    before = [*story.history]
    with pytest.raises(Nonsense, match="a date lies before 1900 or after 2199"):
        story.do(
            "worker",
            "record_item_progress",
            item="A1",
            state="VARIED",
            due=at,
            agreed_by=["V1", "O1"],
        )
    assert story.history == before


@pytest.mark.parametrize("at", NO_DATES)
def test_a_next_contact_is_not_agreed_for_a_date_beyond_reckoning(at: str) -> None:
    with pytest.raises(Nonsense, match="a date lies"):
        a_case().do("worker", "agree_next_contact", party="V1", at=at)


@pytest.mark.parametrize("on", ["0001-01-01", "1066-10-14", "9999-12-31"])
def test_an_offence_was_not_reported_on_a_day_beyond_reckoning(on: str) -> None:
    refer = referred()[0]
    with pytest.raises(Nonsense, match="a date lies"):
        Story().do(refer.who, refer.name, **refer.given, reported_on=on)


def test_what_is_decades_ahead_or_behind_is_reckoned_with() -> None:
    refer = referred()[0]
    story = Story()
    story.do(refer.who, refer.name, **refer.given, reported_on="1958-06-01")
    assert "information" in story.waiting()
    story.do("worker", "agree_next_contact", party="V1", at="2071-06-01T10:00:00+01:00")
    assert "contact_as_they_asked" in story.waiting()
    assert "information" not in story.waiting()


def a_case() -> Story:
    refer = referred()[0]
    story = Story()
    story.do(refer.who, refer.name, **refer.given)
    return story
