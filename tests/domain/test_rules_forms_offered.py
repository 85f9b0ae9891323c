"""Forms that an area offers besides what every area does: as those whose steps they take."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.interventions import APART, CATALOGUE
from domain.rules import exchange, forms, joining, stand_ins
from domain.rules import staff as who
from domain.words import Family, InterventionType, OwnSide
from tests.domain.situations import BOTH_IN_TURN, PLAN, after, breaks, go_on, keeps, ready
from tests.steps import chosen, completed, explored, offender, referred, started, step, victim
from tests.steps_stand_in import OF as WITH_STAND_IN
from tests.steps_stand_in import READY as STAND_IN_READY

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

BESIDES = sorted(kind for kind, row in CATALOGUE.items() if not row.everywhere)
MEETINGS = [kind for kind in BESIDES if CATALOGUE[kind].direct]
PANEL = InterventionType.YOUTH_PANEL_ATTENDANCE
SITS = step("worker", "record_hearing", party="O1", kind="YOUTH_OFFENDER_PANEL",
            day="2026-06-01T10:00:00+01:00")  # fmt: skip
INVITED = step("worker", "record_youth_service_decision", thread="V1-O1", invite=True,
               reasons="It is right for both, invented.")  # fmt: skip
CHILD = offender(role="CHILD_OFFENDER", details={"name": "Otto Sample", "born": "2011-07-01"})
MOTHER = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_OFFENDER", "of": "O1"}
MESSAGE = (
    step("lead", "agree_message", intervention="I1", thread="V1-O1", party="V1", note="Why?"),
    step("lead", "carry_message", message="M1", party="O1", channel="IN_PERSON"),
)


def offered(story: Story, *kinds: InterventionType) -> Story:
    """Return the story in an area that offers these, all that there are if none is named."""
    story.forms = frozenset(kinds or BESIDES)
    return story


def ready_for(kind: InterventionType) -> Story:
    """Return a case in which nothing stands in the way of this form, in an area that offers it."""
    if kind is PANEL:
        return offered(before_a_panel(SITS, INVITED), kind)
    story = ready(*(BOTH_IN_TURN if CATALOGUE[kind].direct else ("SHUTTLE",)))
    return offered(story, kind)


def before_a_panel(*more: Step) -> Story:
    """Return a case of a child responsible in which nothing else stands in the way of a meeting."""
    adult = {"adult": "S1", "adult_view": "YES"}
    consented = [
        step("lead", one.name, **{**one.given, **adult})
        if (one.name, one.given.get("party")) == ("record_consent", "O1")
        else one
        for one in chosen(*BOTH_IN_TURN)
    ]
    return after(*referred(victim(), CHILD, MOTHER), *explored(), *consented, *more)


def planned(kind: InterventionType) -> dict[str, Any]:
    return {"type": str(kind), "threads": ["V1-O1"]}


def held(story: Story, kind: InterventionType) -> Story:
    """Return the story in which this was held to its end, with its debriefs."""
    passed = () if CATALOGUE[kind].direct else MESSAGE
    return go_on(story, *started(str(kind)), *passed, *completed())


def test_every_area_offers_the_forms_of_the_scope_and_no_others() -> None:
    everywhere = {kind for kind, row in CATALOGUE.items() if row.everywhere}
    assert everywhere == {
        "FACE_TO_FACE", "WRITTEN_COMMUNICATION", "SHUTTLE", "LOCAL_RESOLUTION", "PROXY_MEETING",
    }  # fmt: skip
    assert CATALOGUE.keys() == set(InterventionType)
    assert APART.keys() == set(OwnSide)


@pytest.mark.parametrize("kind", BESIDES)
def test_a_form_that_the_area_does_not_offer_is_not_planned(kind: InterventionType) -> None:
    rule = forms.a_form_must_be_offered_in_this_area
    story = ready_for(kind)
    offered(story, *(other for other in BESIDES if other is not kind))
    breaks(story, rule, *PLAN, **planned(kind))
    keeps(offered(story, kind), rule, *PLAN, **planned(kind))


@pytest.mark.parametrize("kind", BESIDES)
def test_it_is_asked_all_that_is_asked_of_the_form_whose_steps_it_takes(
    kind: InterventionType,
) -> None:
    row = CATALOGUE[kind]
    own = {"title", "everywhere"}
    steps_of = CATALOGUE[row.steps]
    assert row.steps in {InterventionType.FACE_TO_FACE, InterventionType.SHUTTLE}
    for field in fields(row):
        if field.name not in own:
            assert getattr(row, field.name) == getattr(steps_of, field.name)


@pytest.mark.parametrize("kind", BESIDES)
def test_it_is_gone_through_to_its_end_and_counts_as_between_the_two(
    kind: InterventionType,
) -> None:
    story = held(ready_for(kind), kind)
    assert [one.type for one in story.case.held("V1-O1")] == [kind]
    direct = CATALOGUE[kind].family is Family.DIRECT
    told = {"V1": "TOLD_IT_ENDED", "O1": "TOLD_IT_ENDED"}
    ends: dict[str, Any] = {"thread": "V1-O1", "told": told}
    right, wrong = ("DIRECT", "INDIRECT") if direct else ("INDIRECT", "DIRECT")
    with pytest.raises(Exception, match="the_reason_must_be_what_happened"):
        story.do("lead", "end_thread", **ends, reason=f"COMPLETED_{wrong}")
    story.do("lead", "end_thread", **ends, reason=f"COMPLETED_{right}")


@pytest.mark.parametrize("kind", BESIDES)
def test_where_an_area_offers_it_no_longer_what_was_planned_goes_on(kind: InterventionType) -> None:
    plan, *rest = started(str(kind))
    story = go_on(ready_for(kind), plan)
    story.forms = frozenset()
    go_on(story, *rest, *(() if CATALOGUE[kind].direct else MESSAGE), *completed())
    assert [one.type for one in story.case.held("V1-O1")] == [kind]
    breaks(story, forms.a_form_must_be_offered_in_this_area, *PLAN, **planned(kind))


@pytest.mark.parametrize("kind", MEETINGS)
def test_it_needs_two_facilitators_and_the_whole_checklist(kind: InterventionType) -> None:
    *before, check, one, other, ready_step, first, second, on_the_day, start = started(str(kind))
    story = go_on(ready_for(kind), *before, one, other)
    breaks(story, exchange.the_checklist_must_be_complete, ready_step.who, ready_step.name,
           **ready_step.given)  # fmt: skip
    go_on(story, check, ready_step, first, second, on_the_day)
    alone = {**start.given, "facilitators": ["@lead"]}
    breaks(story, who.enough_facilitators_must_be_present, start.who, start.name, **alone)
    keeps(story, who.enough_facilitators_must_be_present, start.who, start.name, **start.given)


@pytest.mark.parametrize("kind", BESIDES)
def test_it_takes_both_written_consents(kind: InterventionType) -> None:
    story = ready_for(kind)
    story.do("worker", "withdraw_consent", party="V1")
    rule = joining.both_people_must_consent_to_this_in_writing
    breaks(story, rule, *PLAN, **planned(kind))


@pytest.mark.parametrize("kind", MEETINGS)
def test_a_stand_in_is_met_in_none_of_them(kind: InterventionType) -> None:
    story = offered(after(*referred(), *STAND_IN_READY))
    given = {"type": str(kind), "threads": [WITH_STAND_IN]}
    breaks(story, stand_ins.a_stand_in_is_met_only_as_such, *PLAN, **given)


@pytest.mark.parametrize("kind", BESIDES)
def test_another_of_them_after_a_meeting_is_a_change_of_form(kind: InterventionType) -> None:
    meeting = InterventionType.FACE_TO_FACE
    story = held(offered(ready_for(kind)), meeting) if CATALOGUE[kind].direct else None
    if story is None:
        scopes = ("FACE_TO_FACE", "SHUTTLE")
        story = held(offered(ready(*scopes)), meeting)
    breaks(story, forms.a_change_of_form_needs_a_fresh_yes_of_both, *PLAN, **planned(kind))
    breaks(story, forms.a_change_of_form_needs_the_risk_decided_afresh, *PLAN, **planned(kind))


def test_messages_are_carried_in_no_meeting() -> None:
    story = go_on(ready_for(InterventionType.CIRCLE), *started("CIRCLE"))
    with pytest.raises(Nonsense):
        go_on(story, MESSAGE[0])


def test_a_panel_is_attended_only_where_one_is_to_sit() -> None:
    rule = forms.a_panel_is_attended_where_one_is_to_sit
    story = offered(before_a_panel(INVITED))
    breaks(story, rule, *PLAN, **planned(PANEL))
    go_on(story, SITS)
    keeps(story, rule, *PLAN, **planned(PANEL))


def test_once_it_has_sat_nobody_is_made_ready_for_that_panel() -> None:
    rule = forms.a_panel_is_attended_where_one_is_to_sit
    *before, start = started(str(PANEL))
    story = go_on(ready_for(PANEL), *before)
    story.do("worker", "close_hearing", hearing="H1")
    given = {**start.given, "facilitators": [story.staff["lead"], story.staff["co"]]}
    breaks(story, rule, "lead", "start_intervention", **given)


def test_a_panel_is_attended_only_as_the_youth_justice_service_finds_right() -> None:
    rule = forms.a_panel_is_attended_as_the_youth_service_finds_right
    story = offered(before_a_panel(SITS))
    breaks(story, rule, *PLAN, **planned(PANEL))
    not_right = {**INVITED.given, "invite": False}
    story.do("worker", "record_youth_service_decision", **not_right)
    breaks(story, rule, *PLAN, **planned(PANEL))
    go_on(story, INVITED)
    keeps(story, rule, *PLAN, **planned(PANEL))


def test_of_other_meetings_no_panel_is_asked() -> None:
    for rule in (
        forms.a_panel_is_attended_where_one_is_to_sit,
        forms.a_panel_is_attended_as_the_youth_service_finds_right,
    ):
        keeps(ready_for(InterventionType.CIRCLE), rule, *PLAN, **planned(InterventionType.CIRCLE))
