"""Rules about what a person is in the case: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import joining, roles
from domain.words import Change, InterventionState, Role
from tests.domain.situations import (
    BOTH_IN_TURN,
    MEETING,
    MOTHER,
    PLAN,
    after,
    breaks,
    child,
    keeps,
    ready,
)
from tests.steps import chosen, explored, met, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.story import Story

BOOKED = step(*PLAN, **MEETING)
UNDER_AGE = step("auditor", "record_under_age", party="V1")
OF_THE_VICTIM = {"thread": "V1-O1", "party": "V1"}
CONSENT: dict[str, Any] = {
    **OF_THE_VICTIM,
    "scopes": list(BOTH_IN_TURN),
    "form": "SIGNED_PAPER",
}
HEARD = {"adult": "S1", "adult_view": "YES"}
BORN_2010 = {"name": "Vera Example", "born": "2010-05-05"}
BORN_1984 = {"name": "Vera Example", "born": "1984-05-05"}
RISK = {
    "thread": "V1-O1",
    "decision": "PROCEED_DIRECT",
    "assessment_text": "What was weighed, plainly invented.",
}
SHOP = victim(role="CORPORATE_VICTIM_REP")
SHOWN = step("worker", "record_authority", party="V1", shown="A letter of the board (invented).")
NEXT = step(
    "worker", "nominate_representative", party="V1", details={"name": "Sam Example (invented)"}
)


def learnt() -> Story:
    """Return a case with a meeting booked, whose victim turns out to be under 18."""
    return ready(more=(BOOKED, UNDER_AGE, step("worker", "add_party", **MOTHER)))


def test_who_turns_out_to_be_under_18_goes_on_as_a_child_in_the_same_pair() -> None:
    story = learnt()
    assert story.case.party("V1").role is Role.CHILD_VICTIM
    assert set(story.case.threads) == {"V1-O1"}
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert "task" in story.waiting()
    assert story.case.thread("V1-O1").current.victim.to_confirm == {Change.WHOSE_CHOICE}


def test_what_an_adult_was_taken_to_have_agreed_to_is_asked_of_the_child_and_heard_apart() -> None:
    story = learnt()
    story.do("lead", "decide_risk", **RISK)
    breaks(story, joining.both_people_must_consent_to_this_in_writing, *PLAN, **MEETING)
    rule = roles.what_was_anothers_choice_is_made_afresh
    breaks(story, rule, "lead", "confirm_consent", **OF_THE_VICTIM)
    story.do("lead", "change_details", party="V1", details=BORN_2010)
    story.do("lead", "record_consent", **CONSENT, **HEARD)
    keeps(story, joining.both_people_must_consent_to_this_in_writing, *PLAN, **MEETING)


def test_after_another_change_a_consent_is_only_confirmed() -> None:
    story = ready(more=(step("auditor", "record_change", party="V1", change="HEALTH"),))
    rule = roles.what_was_anothers_choice_is_made_afresh
    keeps(story, rule, "lead", "confirm_consent", **OF_THE_VICTIM)


def test_a_child_is_taken_for_an_adult_only_if_their_details_say_so() -> None:
    story = child("YES")
    rule = roles.a_role_fits_their_age
    breaks(story, rule, "worker", "correct_role", party="V1", role="DIRECT_VICTIM")
    story.do("worker", "change_details", party="V1", details=BORN_1984)
    keeps(story, rule, "worker", "correct_role", party="V1", role="DIRECT_VICTIM")
    assert not story.case.party("V1").is_child


def test_an_adult_is_not_taken_for_a_child_against_their_birth_date() -> None:
    rule = roles.a_role_fits_their_age
    breaks(ready(), rule, "worker", "correct_role", party="V1", role="CHILD_VICTIM")


def test_whoever_turned_18_chooses_for_themselves() -> None:
    story = child("NO")
    story.do("worker", "change_details", party="V1", details=BORN_1984)
    rule = roles.whoever_is_18_now_chooses_for_themselves
    breaks(story, rule, "lead", "record_consent", **CONSENT, **HEARD)
    story.do("worker", "correct_role", party="V1", role="DIRECT_VICTIM")
    assert story.case.thread("V1-O1").current.victim.adult_no_at is None
    keeps(story, rule, "lead", "record_consent", **CONSENT)


def test_a_wrong_role_among_adults_leaves_what_they_chose() -> None:
    story = ready(more=(BOOKED,))
    story.do("worker", "correct_role", party="V1", role="WITNESSING_VICTIM")
    assert story.case.thread("V1-O1").current.victim.consents
    assert story.case.intervention("I1").state is InterventionState.PLANNED


@pytest.mark.parametrize("role", ["OFFENDER", "INTERPRETER", "DIRECT_VICTIM"])
def test_nobody_changes_sides_or_becomes_what_they_are(role: str) -> None:
    with pytest.raises(Nonsense):
        ready().do("worker", "correct_role", party="V1", role=role)


def shop(*more: Any) -> Story:
    """Return a case of a shop, whose manager was met."""
    return after(*referred(SHOP, offender()), *explored(), *more)


def test_who_speaks_for_an_organisation_shows_first_that_they_may() -> None:
    rule = roles.a_representative_has_shown_their_authority
    breaks(shop(), rule, "lead", "record_consent", **CONSENT)
    keeps(shop(SHOWN), rule, "lead", "record_consent", **CONSENT)


def test_a_new_manager_needs_a_new_nomination_and_is_asked_afresh() -> None:
    story = shop(SHOWN, *chosen(*BOTH_IN_TURN), BOOKED, NEXT)
    side = story.case.thread("V1-O1").current.victim
    assert not side.consents
    assert side.met_at is None
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    breaks(story, roles.a_representative_has_shown_their_authority, "lead", "record_consent",
           **CONSENT)  # fmt: skip
    story.do(SHOWN.who, SHOWN.name, **SHOWN.given)
    story.do("lead", "record_facilitator_meeting", **met("V1-O1", "V1").given)
    story.do("lead", "decide_risk", **RISK)
    story.do("lead", "record_consent", **CONSENT)
    keeps(story, joining.both_people_must_consent_to_this_in_writing, *PLAN, **MEETING)


def test_individual_staff_who_were_harmed_are_victims_of_their_own() -> None:
    story = shop(step("worker", "add_party", **victim(2)))
    assert set(story.case.threads) == {"V1-O1", "V2-O1"}


@pytest.mark.parametrize("one", [SHOWN, NEXT], ids=lambda one: one.name)
def test_nobody_speaks_for_a_person(one: Any) -> None:
    with pytest.raises(Nonsense, match="no organisation"):
        ready().do(one.who, one.name, **one.given)


SAID_BY_ROLE = [("V2", "CHILD_IN_DA_HOUSEHOLD"), ("S1", "IDVA"), ("S1", "ISVA")]


@pytest.mark.parametrize(("party", "role"), SAID_BY_ROLE)
def test_no_role_says_in_the_log_what_kind_of_case_it_is(party: str, role: str) -> None:
    story = after(*referred())
    with pytest.raises(Nonsense, match="written in their details"):
        story.do("worker", "add_party", party=party, role=role, of="V1")
    instead = {"V2": "CHILD_VICTIM", "S1": "ADVOCATE"}[party]
    story.do("worker", "add_party", party=party, role=instead, of="V1")
    with pytest.raises(Nonsense, match="written in their details"):
        story.do("worker", "correct_role", party=party, role=role)


OF_AGENCIES = {
    "OFFICER_IN_THE_CASE", "PROBATION_PRACTITIONER", "PRISON_OFFENDER_MANAGER", "PRISON_RJ_LEAD",
    "VLO", "YOUTH_JUSTICE_CASE_MANAGER", "SOCIAL_WORKER", "HOUSING_OFFICER", "WITNESS_CARE_UNIT",
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(OF_AGENCIES))
def test_whoever_works_with_somebody_for_an_agency_is_on_record_and_owed_nothing(role: str) -> None:
    story = after(*referred())
    before = story.waiting()
    name = {"name": "Vic Example, invented", "phone": "01632 960000"}
    story.do("worker", "add_party", party="S1", role=role, of="O1", details=name)
    assert story.case.party("S1").category == "WITNESS_OR_OTHER"
    assert not story.case.party("S1").is_of_a_pair
    assert story.waiting() == before
    assert set(story.case.threads) == {"V1-O1"}
