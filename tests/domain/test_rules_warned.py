"""A conflict of interest or a danger that another case knows of is told to a human in this one."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from client.beyond import Beyond, Looking
from client.gate import Gate
from domain.fold import fold
from domain.permissions import View
from domain.record import Actor
from domain.rules import elsewhere
from tests.beyond import _Kept, nobody_listens, person, told
from tests.domain.matters import two, within
from tests.domain.situations import BOTH_IN_TURN, MEETING, PLAN, breaks, go_on, keeps
from tests.domain.test_rules_elsewhere import LINK, NOT_THE_SAME, linked
from tests.steps import chosen, explored, met, step
from tests.story import DeniedInStory

if TYPE_CHECKING:
    from store import Log
    from tests.story import Story

RISK = {"thread": "V1-O1", "decision": "DEFER_AND_REVIEW", "assessment_text": "Invented."}
DECLARED = {"practitioner": "@lead"}
DANGER = step("auditor", "raise_concern", concern="DANGER", party="V1")
SOMETHING_ELSE = step("intake", "close_ways", party="V1", channels=["EMAIL"])
LEFT = step("lead", "hand_over", practitioner="@lead")


def tasks(story: Story, kind: str) -> list[str]:
    return [task.subject for task in story.case.tasks.values() if task.kind == kind]


def declared(party: str | None, *here: Any) -> tuple[Story, str]:
    """Return a case in which the lead works, and the other where they declared a conflict."""
    story, earlier = linked(*here)
    with within(story, earlier):
        about = {"party": party} if party else {}
        go_on(story, step("lead", "declare_conflict", **DECLARED, **about))
    return story, earlier


def looked_at(story: Story, who: str) -> Beyond:
    kept = cast("Log", _Kept(story))
    actor = Actor(id=story.someone(who), identified="unverified")
    return Looking(kept, Gate(kept), actor, nobody_listens).at(story.case, "V1")


@pytest.mark.parametrize("about", ["V1", None])
def test_a_conflict_declared_about_somebody_is_a_task_where_they_appear_again(
    about: str | None,
) -> None:
    story, earlier = declared(about)
    assert tasks(story, "CONFLICT_ELSEWHERE") == []
    assert tasks(told(story), "CONFLICT_ELSEWHERE") == [story.someone("lead")]
    with within(story, earlier):
        go_on(story, SOMETHING_ELSE)
    assert tasks(told(story), "CONFLICT_ELSEWHERE") == [story.someone("lead")]


def test_a_conflict_about_somebody_else_of_the_other_case_follows_nobody_here() -> None:
    story, _ = declared("O1")
    assert tasks(told(story), "CONFLICT_ELSEWHERE") == []
    assert story.do("lead", "record_facilitator_meeting", **_met())


def test_until_a_supervisor_decides_only_what_protects_is_open_to_whoever_declared_it() -> None:
    story, _ = declared("V1")
    rule = elsewhere.a_conflict_in_another_case_is_decided_first
    breaks(story, rule, "lead", "record_facilitator_meeting", **_met())
    keeps(story, rule, "co", "record_facilitator_meeting", **_met())
    breaks(story, rule, "lead", "give_information", party="V1", channel="TELEPHONE")
    breaks(story, rule, "lead", "decide_risk", **RISK)
    assert story.do("lead", "pause_participation", party="V1")
    assert story.do("lead", "hand_over", **_named(story))


def test_whoever_declared_it_is_not_allocated_before_a_supervisor_found_none_here() -> None:
    story, _ = declared("V1", LEFT)
    rule = elsewhere.nobody_named_may_have_a_conflict_in_another_case
    given = {"lead": story.someone("lead")}
    breaks(story, rule, "supervisor", "allocate_case", **given)
    keeps(story, rule, "supervisor", "allocate_case", lead=story.someone("intermediate"))
    reasons = "Invented: they meant somebody else."
    told(story).do("trainer", "decide_conflict", **_named(story), conflicted=False, reasons=reasons)
    keeps(story, rule, "supervisor", "allocate_case", **given)


def test_a_supervisor_who_finds_one_here_takes_them_off_the_case() -> None:
    story, _ = declared("V1")
    told(story).do(
        "trainer", "decide_conflict", **_named(story), conflicted=True, reasons="A cousin."
    )
    assert story.case.lead is None
    assert story.someone("lead") in story.case.conflicted
    with pytest.raises(DeniedInStory):
        story.do("lead", "record_facilitator_meeting", **_met())


def test_what_was_decided_here_is_asked_again_when_another_conflict_is_found() -> None:
    story, earlier = declared("V1")
    none = {"conflicted": False, "reasons": "Invented."}
    told(story).do("trainer", "decide_conflict", **_named(story), **none)
    with within(story, earlier):
        story.do("trainer", "decide_conflict", **_named(story), **none)
        told(story).do("lead", "declare_conflict", **_named(story), party="V1")
    told(story)
    assert len(tasks(story, "CONFLICT_ELSEWHERE")) == 2
    rule = elsewhere.a_conflict_in_another_case_is_decided_first
    breaks(story, rule, "lead", "record_facilitator_meeting", **_met())


def test_working_with_somebody_on_the_other_side_in_another_case_is_such_a_conflict() -> None:
    story, earlier = two()
    given = {"party": "O1", "there": "V1", "other": earlier, "same_matter": False}
    story.do("worker", "link_person", **given)
    told(story)
    working = {story.someone(who) for who in ("lead", "co", "worker")}
    assert set(tasks(story, "CONFLICT_ELSEWHERE")) == working
    with within(story, earlier):
        assert set(tasks(story, "CONFLICT_ELSEWHERE")) == working


def test_on_the_same_side_they_may_be_worked_with_in_both() -> None:
    story, earlier = two()
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=False)
    assert tasks(told(story), "CONFLICT_ELSEWHERE") == []


@pytest.mark.parametrize("same_matter", [True, False])
def test_a_danger_raised_in_one_case_is_a_task_in_the_other_and_shakes_its_risk(
    same_matter: bool,
) -> None:
    here = (*explored(), *chosen(*BOTH_IN_TURN))
    story, earlier = linked(*here, same_matter=same_matter)
    keeps(story, elsewhere.a_conflict_in_another_case_is_decided_first, *PLAN, **MEETING)
    with within(story, earlier):
        go_on(story, DANGER)
    assert tasks(told(story), "DANGER_ELSEWHERE") == ["V1"]
    risk = story.case.thread("V1-O1").current.risk
    assert risk is not None
    assert risk.stale == {"DANGER"}
    assert story.case.party("V1").danger_at is None
    with within(story, earlier):
        go_on(story, SOMETHING_ELSE)
    told(story)
    assert len(tasks(story, "DANGER_ELSEWHERE")) == 1
    story.later(days=1)
    with within(story, earlier):
        go_on(story, DANGER)
    assert len(tasks(told(story), "DANGER_ELSEWHERE")) == 2


def test_a_danger_about_the_whole_other_case_is_about_each_of_its_pairs() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, step("auditor", "raise_concern", concern="SAFEGUARDING"))
    assert tasks(told(story), "DANGER_ELSEWHERE") == ["V1"]


def test_a_complaint_in_the_other_case_is_no_danger() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, step("auditor", "raise_concern", concern="COMPLAINT", party="V1"))
    assert tasks(told(story), "DANGER_ELSEWHERE") == []


def test_with_the_link_undone_it_is_nobodys_warning_here() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, DANGER)
    told(story).do("trainer", "unlink_person", party="V1", reasons=NOT_THE_SAME)
    assert tasks(told(story), "DANGER_ELSEWHERE") == []
    with within(story, earlier):
        assert story.case.party("V1").danger_at is not None


def test_a_reader_hears_that_there_is_danger_and_whom_to_ask_and_not_where() -> None:
    story, earlier = linked()
    with within(story, earlier):
        others = {"lead": story.someone("intermediate"), "co": story.someone("co")}
        story.do("supervisor", "allocate_case", **others)
        go_on(story, DANGER)
    found = looked_at(story, "lead")
    assert found.holds.danger
    (one,) = found.appearances
    assert one.wishes is not None
    assert one.wishes.danger
    assert one.case is None
    assert story.someone("intermediate") in one.ask
    said = json.dumps(dataclasses.asdict(found), default=str)
    assert earlier not in said
    assert not {"staff", "barred", "contact_at", "danger_at", "side", "child"} & set(
        said.split('"')
    )
    assert looked_at(story, "supervisor").appearances[0].case == earlier


def test_a_reader_hears_who_of_their_own_case_may_have_a_conflict_and_of_nobody_else() -> None:
    story, earlier = linked()
    with within(story, earlier):
        story.do("co", "declare_conflict", practitioner=story.someone("lead"), party="V1")
        story.do("co", "declare_conflict", practitioner=story.someone("intermediate"))
    found = looked_at(story, "worker")
    assert found.holds.conflicts == (story.someone("lead"),)


def test_nobody_with_a_conflict_in_a_persons_case_reads_that_persons_stream() -> None:
    story, earlier = linked()
    kept = cast("Log", _Kept(story))
    stream, auditor = person(story).id, story.someone("auditor")
    assert Gate(kept).opens_for(auditor, View.HISTORY, kept.load(stream))
    with within(story, earlier):
        story.do("lead", "declare_conflict", practitioner=auditor, party="O1")
    told(story)
    assert not Gate(kept).opens_for(auditor, View.HISTORY, kept.load(stream))
    assert fold(story.streams[earlier]).conflicted == {auditor}


def _met() -> dict[str, Any]:
    return met("V1-O1", "V1").given


def _named(story: Story) -> dict[str, str]:
    return {"practitioner": story.someone("lead")}
