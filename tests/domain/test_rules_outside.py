"""Rules about what passes between the service and others: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import contact, outside
from domain.waits import waits
from domain.words import OnwardResult, OnwardState
from tests.domain.situations import after, breaks, ended, keeps, offender_began
from tests.steps import behind, offender, referred, step, victim
from tests.story import LIMITS, RefusedInStory, Story

if TYPE_CHECKING:
    from domain.waits import Wait

OFFER = {"party": "V1", "channel": "TELEPHONE", "services": ["VICTIM_SUPPORT_SERVICE"]}
ONWARD: dict[str, Any] = {
    "party": "V1",
    "service": "VICTIM_SUPPORT_SERVICE",
    "items": ["NAME", "NEEDS"],
}
WISHED = step("worker", "record_onward_wish", **ONWARD)
REFERRED = step("worker", "refer_onward", **ONWARD)
SUPPORTERS = (
    {"party": "S1", "role": "SUPPORTER_OF_OFFENDER", "of": "O1"},
    {"party": "S2", "role": "INTERPRETER", "of": "V1"},
)


def waits_for(story: Story) -> tuple[Wait, ...]:
    return waits(story.case, LIMITS)


def test_support_is_offered_to_each_person_affected_and_not_to_those_at_work() -> None:
    story = after(*referred(victim(), offender(), *SUPPORTERS))
    owed = {w.subject for w in waits_for(story) if w.name == "support"}
    assert owed == {"V1", "O1", "S1"}
    for party in sorted(owed):
        story.do("worker", "offer_support", **{**OFFER, "party": party})
    assert "support" not in story.waiting()


def test_support_never_depends_on_taking_part() -> None:
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    keeps(ended(), rule, "supervisor", "offer_support", **OFFER)
    story = after(*referred(), step("worker", "decline_offer", party="V1"))
    assert "support" in story.waiting()


def test_whoever_wants_no_support_is_asked_again_only_if_they_ask() -> None:
    story = after(*referred(), step("auditor", "decline_support", party="V1"))
    rule = outside.nobody_who_wants_no_support_is_asked_again
    breaks(story, rule, "worker", "offer_support", **OFFER)
    keeps(story, rule, "worker", "offer_support", **OFFER, asked_by="V1")


def test_nobody_hears_of_support_while_what_the_offender_began_is_held() -> None:
    classed = {"sensitivity": "SENSITIVE_COMPLEX", "flags": behind("SPECIALIST_DA")}
    story = offender_began(**classed)
    assert {w.subject for w in waits_for(story) if w.name == "support"} == {"O1"}
    breaks(story, contact.an_offenders_wish_is_held, "worker", "offer_support", **OFFER)


@pytest.mark.parametrize(
    "other", [{"service": "HOUSING"}, {"items": ["NAME", "NEEDS", "HEALTH"]}, {"party": "O1"}]
)
def test_a_partner_hears_only_what_the_person_wishes_it_to(other: dict[str, Any]) -> None:
    rule = outside.a_partner_hears_only_what_the_person_wishes
    breaks(after(*referred()), rule, "worker", "refer_onward", **ONWARD)
    breaks(after(*referred(), WISHED), rule, "worker", "refer_onward", **{**ONWARD, **other})
    fewer = {**ONWARD, "items": ["NAME"]}
    keeps(after(*referred(), WISHED), rule, "worker", "refer_onward", **fewer)


def test_a_referral_goes_on_record_from_the_wish_to_the_result() -> None:
    story = after(*referred(), WISHED, REFERRED)
    story.do("worker", "record_onward_answer", onward="R1", accepted=True)
    assert story.case.onward["R1"].state is OnwardState.ACCEPTED
    with pytest.raises(RefusedInStory):
        story.do("worker", "record_onward_answer", onward="R1", accepted=False)
    story.do("worker", "record_onward_result", onward="R1", result="COMPLETED")
    assert story.case.onward["R1"].result is OnwardResult.COMPLETED
    assert not {"refer_on", "onward_answer", "partner_told"} & story.waiting()


def test_a_no_takes_back_what_was_asked_of_partners_at_once() -> None:
    story = after(*referred(), WISHED, REFERRED)
    story.do("auditor", "decline_onward", party="V1", service="HOUSING")
    assert story.case.onward["R1"].state is OnwardState.ASKED
    story.do("auditor", "decline_onward", party="V1")
    assert story.case.onward["R1"].state is OnwardState.TAKEN_BACK
    rule = outside.a_partner_hears_only_what_the_person_wishes
    breaks(story, rule, "worker", "refer_onward", **ONWARD)
    story.do("worker", "record_partner_told", onward="R1")
    assert "partner_told" not in story.waiting()
    story.later(days=1)
    story.do("worker", "record_onward_wish", **ONWARD)
    assert "refer_on" in story.waiting()
    story.do("worker", "refer_onward", **ONWARD)
    assert "refer_on" not in story.waiting()


def test_what_somebody_wishes_to_pass_on_entered_late_does_not_lift_a_later_no() -> None:
    story = after(*referred())
    before = story.now.isoformat()
    story.later(days=1)
    story.do("auditor", "decline_onward", party="V1")
    story.do("worker", "record_onward_wish", **ONWARD, effective_at=before)
    rule = outside.a_partner_hears_only_what_the_person_wishes
    breaks(story, rule, "worker", "refer_onward", **ONWARD)


PANEL: dict[str, Any] = {"party": "V1", "service": "CRIMINAL_JUSTICE_PANEL", "items": ["NAME"]}


@pytest.mark.parametrize(
    "wrong",
    [
        PANEL,
        {**PANEL, "party": "O1", "panel": ["ATTEND"]},
        {**PANEL, "service": "HOUSING", "panel": ["ATTEND"]},
    ],
)
def test_how_to_be_part_of_a_panel_is_for_a_victim_to_say(wrong: dict[str, Any]) -> None:
    with pytest.raises(Nonsense, match="panel"):
        after(*referred()).do("worker", "record_onward_wish", **wrong)


def test_a_victim_chooses_how_to_be_part_of_the_criminal_justice_panel() -> None:
    story = after(*referred())
    story.do("worker", "record_onward_wish", **PANEL, panel=["STATEMENT", "BE_TOLD"])
    story.do("worker", "refer_onward", **PANEL)
    assert story.case.onward["R1"].service == "CRIMINAL_JUSTICE_PANEL"
