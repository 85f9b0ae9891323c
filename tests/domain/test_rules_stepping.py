"""Where a victim began, in a case of a kind that is held, each step to the offender is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import stepping
from domain.waits import waits
from domain.words import InterventionState
from tests.domain.situations import (
    MEETING,
    after,
    breaks,
    go_on,
    keeps,
    sensitive,
    sensitive_and_ready,
)
from tests.steps import DAY, behind, referred, step, victim
from tests.steps import offender as somebody
from tests.steps_sensitive import steps_agreed
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

OFFER: tuple[str, str] = ("worker", "make_offer")
OF_O1: dict[str, Any] = {"thread": "V1-O1", "party": "O1"}
SIGNED = step("trainer", "countersign_risk", thread="V1-O1", decision="PROCEED_DIRECT")
TOWARDS: list[tuple[str, dict[str, Any]]] = [
    ("record_discussion", {}),
    ("give_information", {"channel": "TELEPHONE"}),
    ("record_contact_attempt", {"channel": "LETTER", "outcome": "NO_RESPONSE"}),
]


def owed(story: Story) -> list[Any]:
    """Return when support for the offender is due."""
    found = waits(story.case, LIMITS)
    return [w.due for w in found if (w.name, w.subject) == ("support", "O1")]


def agreed(*which: str) -> Story:
    """Return a case of domestic abuse that the victim began, who agrees to these steps."""
    return sensitive(*steps_agreed("V1-O1", *which))


@pytest.mark.parametrize(("name", "given"), TOWARDS)
def test_an_offender_is_approached_only_as_the_victim_agrees(
    name: str, given: dict[str, Any]
) -> None:
    rule = stepping.an_offender_is_approached_as_the_victim_agrees
    breaks(sensitive(), rule, "worker", name, party="O1", **given)
    breaks(agreed("ASK_AN_AGENCY"), rule, "worker", name, party="O1", **given)
    keeps(agreed("APPROACH_THEM"), rule, "worker", name, party="O1", **given)


def test_asking_an_agency_for_the_offender_is_a_step_of_its_own() -> None:
    rule = stepping.an_offender_is_approached_as_the_victim_agrees
    attempt = {"party": "O1", "channel": "THROUGH_AGENCY", "outcome": "NO_RESPONSE"}
    breaks(agreed("APPROACH_THEM"), rule, "worker", "record_contact_attempt", **attempt)
    keeps(agreed("ASK_AN_AGENCY"), rule, "worker", "record_contact_attempt", **attempt)


def test_an_offender_hears_that_the_victim_asks_only_as_they_agree() -> None:
    rule = stepping.an_offender_hears_who_asks_as_the_victim_agrees
    breaks(agreed("APPROACH_THEM"), rule, *OFFER, **OF_O1)
    keeps(agreed("SAY_WHO_ASKS"), rule, *OFFER, **OF_O1)


def test_a_step_taken_back_is_taken_no_further_and_what_is_booked_is_put_off() -> None:
    rule = stepping.an_offender_hears_who_asks_as_the_victim_agrees
    story = go_on(
        sensitive_and_ready(SIGNED),
        step("advanced", "plan_intervention", **MEETING),
        step("auditor", "take_back_step", party="V1", steps=["SAY_WHO_ASKS"]),
    )
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    breaks(story, rule, "advanced", "prepare_person", intervention="I1", party="O1")
    keeps(story, rule, "advanced", "prepare_person", intervention="I1", party="V1")
    go_on(story, *steps_agreed("V1-O1", "SAY_WHO_ASKS"))
    keeps(story, rule, "advanced", "prepare_person", intervention="I1", party="O1")


def test_taking_all_back_takes_every_step_back() -> None:
    rule = stepping.an_offender_hears_who_asks_as_the_victim_agrees
    story = sensitive(*steps_agreed(), step("auditor", "take_back_step", party="V1"))
    assert not story.case.thread("V1-O1").side("V1").steps
    breaks(story, rule, *OFFER, **OF_O1)


def test_what_is_not_about_this_victims_wish_stays_open_with_the_offender() -> None:
    rule = stepping.an_offender_is_approached_as_the_victim_agrees
    story = sensitive()
    story.do("worker", "offer_support", party="O1", channel="IN_PERSON")
    story.do("advanced", "record_own_side_work", party="O1", kind="RESTORATIVE_WORK")
    keeps(story, rule, "worker", "record_discussion", party="O1", asked_by="O1")
    keeps(story, rule, "worker", "give_information", party="O1", channel="LETTER",
          by_service="PROBATION")  # fmt: skip
    story.do("auditor", "decline_offer", party="O1")


def test_support_is_owed_to_an_offender_from_when_the_victim_agrees_to_an_approach() -> None:
    assert owed(sensitive()) == []
    later = step("worker", "agree_step", after=20 * DAY, thread="V1-O1", party="V1",
                 step="APPROACH_THEM")  # fmt: skip
    story = sensitive(later)
    assert [due > story.now for due in owed(story)] == [True]


def test_another_pair_in_which_the_step_is_agreed_is_not_held_up() -> None:
    rule = stepping.an_offender_hears_who_asks_as_the_victim_agrees
    held = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SPECIALIST_DA")}
    story = after(
        *referred(victim(), victim(2), somebody()),
        step("supervisor", "classify_case", **held),
        step("worker", "agree_step", thread="V2-O1", party="V2", step="SAY_WHO_ASKS"),
    )
    keeps(story, rule, *OFFER, thread="V2-O1", party="O1")
    breaks(story, rule, *OFFER, **OF_O1)


def test_where_it_is_of_another_kind_or_another_began_no_step_waits_for_the_victim() -> None:
    rule = stepping.an_offender_hears_who_asks_as_the_victim_agrees
    keeps(after(*referred()), rule, *OFFER, **OF_O1)
    began = referred(initiator="SERVICE_INITIATED")
    classed = step("supervisor", "classify_case", sensitivity="SENSITIVE_COMPLEX",
                   flags=behind("SPECIALIST_DA"))  # fmt: skip
    keeps(after(*began, classed), rule, *OFFER, **OF_O1)


@pytest.mark.parametrize(("name", "given"), TOWARDS)
def test_as_long_as_nobody_found_of_what_kind_it_is_no_offender_is_approached_for_a_victim(
    name: str, given: dict[str, Any]
) -> None:
    rule = stepping.an_offender_is_approached_as_the_victim_agrees
    early = after(*referred()[:-1])
    breaks(early, rule, "worker", name, party="O1", **given)
    breaks(early, stepping.an_offender_hears_who_asks_as_the_victim_agrees, *OFFER, **OF_O1)
    keeps(early, rule, "worker", "record_discussion", party="O1", asked_by="O1")
    agreeing = after(*referred()[:-1], *steps_agreed("V1-O1", "APPROACH_THEM"))
    keeps(agreeing, rule, "worker", name, party="O1", **given)
    keeps(after(*referred()), rule, "worker", name, party="O1", **given)
    by_police = referred(initiator="SERVICE_INITIATED")[:-1]
    keeps(after(*by_police), rule, "worker", name, party="O1", **given)


def test_support_for_the_offender_is_owed_from_when_it_was_classified() -> None:
    early = after(*referred()[:-1])
    early.later(days=20)
    assert owed(early) == []
    classified = go_on(early, referred()[-1])
    assert [due > classified.now for due in owed(classified)] == [True]


def test_only_the_victim_of_the_pair_agrees_to_a_step() -> None:
    story = sensitive()
    with pytest.raises(Nonsense):
        story.do("worker", "agree_step", **OF_O1, step="SAY_WHO_ASKS")
    story.do("worker", "agree_step", thread="V1-O1", party="V1", step="SAY_WHO_ASKS")
