"""Rules about contact: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import contact
from tests.domain.situations import (
    after,
    breaks,
    end,
    ended,
    keeps,
    offender_began,
    ready,
)
from tests.steps import WEEK, YEAR, behind, completed, held, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.story import Story

RING = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
OFFER = {"thread": "V1-O1", "party": "V1", "kind": "HISTORIC_OFFER"}
CONTACT: list[tuple[str, str, dict[str, Any]]] = [
    ("worker", "record_contact_attempt", RING),
    ("worker", "give_information", {"party": "V1", "channel": "LETTER"}),
    ("worker", "record_discussion", {"party": "V1"}),
    ("worker", "make_offer", {"thread": "V1-O1", "party": "V1"}),
    ("worker", "offer_facilitator_meeting", {"thread": "V1-O1", "party": "V1"}),
    ("worker", "record_interest", {"thread": "V1-O1", "party": "V1"}),
    (
        "lead",
        "record_facilitator_meeting",
        {"thread": "V1-O1", "party": "V1", "explained": [], "understood": True},
    ),
]


@pytest.mark.parametrize(("who", "name", "given"), CONTACT)
def test_nobody_who_asked_not_to_be_contacted_is(
    who: str, name: str, given: dict[str, Any]
) -> None:
    story = after(*referred(), step("worker", "stop_contact", party="V1"))
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    breaks(story, rule, who, name, **given)
    breaks(story, rule, who, name, **given, asked_by="V1")


def test_the_other_side_of_somebody_who_asked_not_to_be_contacted_may_be() -> None:
    story = after(*referred(), step("worker", "stop_contact", party="V1"))
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    keeps(story, rule, "worker", "record_contact_attempt", **{**RING, "party": "O1"})


def test_what_happened_against_a_wish_for_no_contact_is_on_record_as_a_breach() -> None:
    story = after(*referred(), step("worker", "stop_contact", party="V1"))
    story.do("worker", "record_contact_attempt", **RING, happened=True)
    assert story.events[-1] == "acted_in_breach"
    assert "task" in story.waiting()


@pytest.mark.parametrize(("who", "name", "given"), CONTACT)
def test_nothing_is_done_with_somebody_who_died(who: str, name: str, given: dict[str, Any]) -> None:
    story = after(*referred(), step("worker", "record_death", party="V1"))
    breaks(story, contact.nothing_is_done_with_somebody_who_died, who, name, **given)


def test_somebody_who_was_recorded_as_dead_by_mistake_can_be_contacted_again() -> None:
    story = after(*referred(), step("worker", "record_death", party="V1"))
    story.do("supervisor", "correct_death", party="V1")
    rule = contact.nothing_is_done_with_somebody_who_died
    keeps(story, rule, "worker", "record_contact_attempt", **RING)


def test_a_death_corrected_does_not_lift_a_wish_for_no_contact() -> None:
    story = after(
        *referred(),
        step("worker", "stop_contact", party="V1"),
        step("worker", "record_death", party="V1"),
    )
    story.do("supervisor", "correct_death", party="V1")
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    breaks(story, rule, "worker", "record_contact_attempt", **RING)


HELD = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SPECIALIST_DA")}


@pytest.mark.parametrize(("who", "name", "given"), CONTACT)
def test_a_victim_does_not_hear_of_what_an_abuser_began(
    who: str, name: str, given: dict[str, Any]
) -> None:
    breaks(offender_began(**HELD), contact.an_offenders_wish_is_held, who, name, **given)


def test_what_an_offender_began_is_held_for_stalking_and_trafficking_too() -> None:
    for kind in ("STALKING_HARASSMENT", "TRAFFICKING_MODERN_SLAVERY"):
        story = offender_began(sensitivity="SENSITIVE_COMPLEX", flags=behind(flags=[kind]))
        breaks(story, contact.an_offenders_wish_is_held, "worker", "record_contact_attempt", **RING)
    said = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind(), "offenders_wish_held": True}
    story = offender_began(**said)
    breaks(story, contact.an_offenders_wish_is_held, "worker", "record_contact_attempt", **RING)


def approach(*, allowed: bool) -> Story:
    return offender_began(
        step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"),
        step("advanced", "propose_approach", thread="V1-O1"),
        step("trainer", "decide_approach", thread="V1-O1", allowed=allowed, reasons="Invented."),
        **HELD,
    )


def test_a_victim_hears_of_it_when_a_specialist_and_a_second_person_say_so() -> None:
    rule = contact.an_offenders_wish_is_held
    keeps(approach(allowed=True), rule, "worker", "record_contact_attempt", **RING)
    breaks(approach(allowed=False), rule, "worker", "record_contact_attempt", **RING)


def test_a_victim_who_asks_is_never_held() -> None:
    story = offender_began(**HELD)
    rule = contact.an_offenders_wish_is_held
    keeps(story, rule, "worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1")
    keeps(story, rule, "worker", "offer_facilitator_meeting", thread="V1-O1", party="V1")


def test_until_it_is_classified_a_victim_hears_of_nothing_that_an_offender_began() -> None:
    began = referred(victim(), offender(), initiator="OFFENDER_INITIATED", inform=False)
    rule = contact.an_offenders_wish_is_held
    breaks(after(*began[:-1]), rule, "worker", "record_contact_attempt", **RING)
    keeps(after(*began), rule, "worker", "record_contact_attempt", **RING)


def came_back(by: str) -> Story:
    """Return a case that a victim began, of a kind that is held, and that this person reopens."""
    return after(
        *referred(),
        step("supervisor", "classify_case", **HELD),
        end("CJ_PROCESS_INTERVENED"),
        step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by=by),
    )


def test_a_return_is_held_if_it_is_the_offenders_whoever_began_the_case() -> None:
    rule = contact.an_offenders_wish_is_held
    breaks(came_back("O1"), rule, "worker", "record_contact_attempt", **RING)
    keeps(came_back("V1"), rule, "worker", "record_contact_attempt", **RING)


def test_an_offender_who_enquires_is_held_like_one_who_is_referred() -> None:
    asked = step("intake", "record_enquiry", source="OFFENDER_SELF", parties=[victim(), offender()])
    breaks(
        after(asked), contact.an_offenders_wish_is_held, "intake", "record_contact_attempt", **RING
    )


@pytest.mark.parametrize(
    ("source", "initiator"),
    [("OFFENDER_SELF", "VICTIM_INITIATED"), ("VICTIM_SELF", "OFFENDER_INITIATED")],
)
def test_whoever_comes_of_themselves_is_the_one_who_began_it(source: str, initiator: str) -> None:
    with pytest.raises(Nonsense, match="initiator"):
        after(*referred(source=source, initiator=initiator)[:1])


def test_an_offender_may_be_met_while_their_wish_is_held() -> None:
    story = offender_began(
        step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"), **HELD
    )
    rule = contact.an_offenders_wish_is_held
    keeps(
        story, rule, "advanced", "record_facilitator_meeting", **{**CONTACT[-1][2], "party": "O1"}
    )


@pytest.mark.parametrize("by", [None, "O1", "@lead"])
def test_nobody_else_lifts_a_wish_for_no_contact(by: str | None) -> None:
    story = after(*referred(), step("worker", "stop_contact", party="V1"))
    rule = contact.only_the_person_lifts_their_own_wish
    breaks(story, rule, "worker", "allow_contact", party="V1", asked_by=by)


def test_the_person_lifts_their_own_wish() -> None:
    story = after(*referred(), step("worker", "stop_contact", party="V1"))
    rule = contact.only_the_person_lifts_their_own_wish
    keeps(story, rule, "worker", "allow_contact", party="V1", asked_by="V1")
    assert not story.case.party("V1").no_contact


def test_whoever_will_ring_is_left_to_ring() -> None:
    story = after(*referred(), step("worker", "agree_next_contact", party="V1"))
    rule = contact.a_person_who_will_ring_is_left_to_ring
    breaks(story, rule, "worker", "record_contact_attempt", **RING)


def test_whoever_set_a_day_is_left_in_peace_until_it_comes() -> None:
    story = after(*referred())
    day = (story.now + 2 * WEEK).isoformat()
    story.do("worker", "agree_next_contact", party="V1", at=day)
    rule = contact.a_person_who_will_ring_is_left_to_ring
    breaks(story, rule, "worker", "record_contact_attempt", **RING)
    story.later(days=14)
    keeps(story, rule, "worker", "record_contact_attempt", **RING)


@pytest.mark.parametrize("said", ["record_need_for_time", "defer_choice"])
def test_whoever_needs_time_is_left_in_peace_unless_they_ring(said: str) -> None:
    story = after(*referred(), step("worker", said, party="V1"))
    rule = contact.a_person_who_will_ring_is_left_to_ring
    breaks(story, rule, "worker", "record_contact_attempt", **RING)
    keeps(story, rule, "worker", "record_contact_attempt", **RING, asked_by="V1")


def test_needing_time_keeps_the_day_that_they_had_set() -> None:
    story = after(*referred())
    day = (story.now + 2 * WEEK).isoformat()
    story.do("worker", "agree_next_contact", party="V1", at=day)
    story.do("worker", "record_need_for_time", party="V1")
    story.later(days=14)
    assert "contact_as_they_asked" in story.waiting()


@pytest.mark.parametrize(
    "wish",
    [
        step("worker", "record_later_offers_wish", party="V1", later_offers="REFUSED"),
        step("auditor", "decline_later_offers", party="V1"),
    ],
)
def test_nobody_who_refused_later_offers_gets_one(wish: Any) -> None:
    story = ended("VICTIM_DECLINED_DOOR_OPEN", wish)
    rule = contact.later_offers_go_to_nobody_who_refused_them
    breaks(story, rule, "worker", "make_later_offer", **OFFER)


def test_whoever_said_nothing_of_later_offers_may_get_one() -> None:
    story = ended()
    story.later(days=3 * YEAR.days)
    rule = contact.later_offers_go_to_nobody_who_refused_them
    keeps(story, rule, "worker", "make_later_offer", **OFFER)


@pytest.mark.parametrize("by", [None, "PROBATION_PRACTITIONER", "@lead"])
def test_a_pair_is_not_taken_up_again_by_others(by: str | None) -> None:
    rule = contact.taking_up_again_needs_somebody_who_asked
    breaks(ended(), rule, "worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by=by)


def test_a_pair_is_taken_up_again_because_one_of_them_asked() -> None:
    rule = contact.taking_up_again_needs_somebody_who_asked
    keeps(ended(), rule, "worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="O1")


def test_a_later_offer_is_not_taken_up_that_was_not_made_or_was_declined() -> None:
    story = ended()
    story.later(days=YEAR.days)
    rule = contact.taking_up_again_needs_somebody_who_asked
    again = {"thread": "V1-O1", "kind": "HISTORIC_OFFER", "asked_by": "V1"}
    breaks(story, rule, "worker", "take_up_again", **again)
    story.do("worker", "make_later_offer", **OFFER)
    story.do("worker", "decline_offer", party="V1")
    breaks(story, rule, "worker", "take_up_again", **again)


def met() -> Story:
    return ready(more=held("FACE_TO_FACE"))


def test_whoever_declined_follow_up_is_not_followed_up() -> None:
    story = met()
    story.do("auditor", "decline_follow_up", party="V1")
    rule = contact.nobody_who_declined_follow_up_is_followed_up
    breaks(story, rule, "lead", "record_follow_up", thread="V1-O1", party="V1")
    keeps(story, rule, "lead", "record_follow_up", thread="V1-O1", party="O1")


AGREED = step(
    "lead",
    "record_agreement",
    thread="V1-O1",
    intervention="I1",
    items=[{"party": "O1", "kind": "APOLOGY", "done": True}],
)


def test_nobody_is_told_how_it_goes_who_did_not_ask_to_know() -> None:
    story = ready(more=(*held("FACE_TO_FACE")[:-3], AGREED, *completed()))
    rule = contact.only_somebody_who_asked_to_know_is_told
    breaks(story, rule, "lead", "tell_item_progress", item="A1")
    story.do("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS")
    keeps(story, rule, "lead", "tell_item_progress", item="A1")
    story.do("lead", "record_wish", party="V1", wish="NOT_BE_TOLD")
    breaks(story, rule, "lead", "tell_item_progress", item="A1")


def test_a_victim_is_told_how_it_goes_although_the_offender_wants_no_contact() -> None:
    story = ready(more=(*held("FACE_TO_FACE")[:-3], AGREED, *completed()))
    story.do("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS")
    story.do("lead", "stop_contact", party="O1")
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    keeps(story, rule, "lead", "tell_item_progress", item="A1")


def test_follow_up_declined_once_is_asked_about_again_in_another_episode() -> None:
    story = met()
    story.do("lead", "decline_follow_up", party="V1")
    story.do("lead", "end_thread", **end("COMPLETED_DIRECT").given)
    story.later(days=1)
    story.do("lead", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    declined = story.case.party("V1").no_follow_up_at
    assert declined is not None
    assert declined < story.case.thread("V1-O1").current.opened_at
