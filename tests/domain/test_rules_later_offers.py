"""That a no to later offers holds when somebody else begins again, and for as long as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import contact, ending
from tests.domain.situations import after, breaks, end, ended, keeps
from tests.steps import met, referred, step

if TYPE_CHECKING:
    from tests.story import Story

TURNED_TO: list[tuple[str, dict[str, Any]]] = [
    ("record_contact_attempt", {"party": "V1", "channel": "LETTER", "outcome": "MESSAGE_LEFT"}),
    ("give_information", {"party": "V1", "channel": "LETTER"}),
    ("record_discussion", {"party": "V1"}),
    ("make_offer", {"thread": "V1-O1", "party": "V1"}),
    ("offer_facilitator_meeting", {"thread": "V1-O1", "party": "V1"}),
]


def offender_returned(said: str) -> Story:
    """Return a pair that ended by the victim's no, and that the offender had taken up again."""
    story = after(
        *referred(),
        step("worker", "decline_offer", party="V1"),
        step("worker", "record_later_offers_wish", party="V1", later_offers=said),
        end("VICTIM_DECLINED_DOOR_OPEN"),
        step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1"),
        met("V1-O1", "O1"),
        step("lead", "record_responsibility", thread="V1-O1", party="O1",
             status="ACCEPTS_RESPONSIBILITY", evidence="FACILITATOR_ASSESSMENT"),
    )  # fmt: skip
    story.later(days=400)
    return story


@pytest.mark.parametrize(("name", "given"), TURNED_TO)
def test_whoever_wants_no_later_offers_is_not_turned_to_because_the_other_came_back(
    name: str, given: dict[str, Any]
) -> None:
    rule = contact.whoever_wants_no_later_offers_is_not_turned_to
    breaks(offender_returned("REFUSED"), rule, "worker", name, **given)
    keeps(offender_returned("NOT_SAID"), rule, "worker", name, **given)
    keeps(offender_returned("REFUSED"), rule, "worker", name, **given, asked_by="V1")


@pytest.mark.parametrize(("name", "given"), TURNED_TO)
def test_who_says_again_that_they_want_no_later_offers_is_not_turned_to_by_that(
    name: str, given: dict[str, Any]
) -> None:
    story = offender_returned("REFUSED")
    story.do("worker", "decline_later_offers", party="V1")
    story.later(days=400)
    breaks(story, contact.whoever_wants_no_later_offers_is_not_turned_to, "worker", name, **given)


@pytest.mark.parametrize(("name", "given"), TURNED_TO)
def test_a_no_to_later_offers_holds_from_when_it_was_said_however_late_it_is_entered(
    name: str, given: dict[str, Any]
) -> None:
    story = ended("CJ_PROCESS_INTERVENED")
    said = story.now
    story.later(days=1)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1")
    story.later(days=1)
    story.do("worker", "decline_later_offers", party="V1", effective_at=said.isoformat())
    breaks(story, contact.whoever_wants_no_later_offers_is_not_turned_to, "worker", name, **given)


def test_what_nobody_may_ask_them_again_ends_by_the_no_that_they_said() -> None:
    rule, no = ending.the_reason_must_be_what_happened, end("VICTIM_DECLINED_DOOR_OPEN")
    breaks(offender_returned("NOT_SAID"), rule, no.who, no.name, **no.given)
    keeps(offender_returned("REFUSED"), rule, no.who, no.name, **no.given)


def test_whoever_comes_back_themselves_is_met_whatever_they_said_of_later_offers() -> None:
    story = ended("CJ_PROCESS_INTERVENED", step("auditor", "decline_later_offers", party="V1"))
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    rule = contact.whoever_wants_no_later_offers_is_not_turned_to
    for name, given in TURNED_TO:
        keeps(story, rule, "worker", name, **given)
