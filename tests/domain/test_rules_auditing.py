"""A case that was drawn to be audited: by whom, in which order, and what it leaves untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.errors import Nonsense
from domain.rules import auditing
from tests.domain.situations import after, breaks, keeps
from tests.domain.states import passing
from tests.steps import referred
from tests.story import DeniedInStory, RefusedInStory

if TYPE_CHECKING:
    from tests.story import Story

SAMPLE = "SA-7K3M9QXA-5"
DRAW = {
    "sample": SAMPLE,
    "seed": "an-invented-seed",
    "length": 40,
    "criteria": ["period=2026-Q1"],
    "size": 5,
    "eligible": 12,
}
FOUND = {"sample": SAMPLE, "point": "TOLD_IN_TIME", "found": "NOT_AS_IT_SHOULD_BE"}
RECOMMENDED = {**FOUND, "account": "Two days late, invented.", "recommends": "Ring sooner."}
ANSWER = {"finding": "F1", "answer": "WILL_BE_DONE", "words": "From May on, invented."}


def drawn(**finding: str) -> Story:
    """Return a case that was drawn, and of which this was found."""
    story = after(*referred())
    story.do("auditor", "draw_for_audit", **DRAW)
    if finding:
        story.do("auditor", "record_audit_finding", **finding)
    return story


def answered() -> Story:
    story = drawn(**RECOMMENDED)
    story.do("supervisor", "answer_recommendation", **ANSWER)
    return story


def test_whoever_has_or_had_a_part_in_a_case_does_not_audit_it() -> None:
    rule = auditing.a_case_is_audited_by_somebody_without_a_part_in_it
    story = after(*referred())
    keeps(story, rule, "auditor", "draw_for_audit", **DRAW)
    story.do("trainer", "grant_role", about="lead", role="AUDITOR")
    breaks(story, rule, "lead", "draw_for_audit", **DRAW)


def test_a_recommendation_is_answered_before_it_is_closed() -> None:
    rule = auditing.a_recommendation_is_answered_before_it_is_closed
    breaks(drawn(**RECOMMENDED), rule, "auditor", "close_recommendation", finding="F1", done=True)
    keeps(answered(), rule, "auditor", "close_recommendation", finding="F1", done=True)


def test_an_audit_says_what_it_found() -> None:
    rule = auditing.an_audit_says_what_it_found
    breaks(drawn(), rule, "auditor", "conclude_audit", sample=SAMPLE)
    fine = {**FOUND, "found": "AS_IT_SHOULD_BE"}
    keeps(drawn(**fine), rule, "auditor", "conclude_audit", sample=SAMPLE)


def test_only_an_auditor_draws_and_finds_and_only_a_supervisor_answers() -> None:
    story = drawn(**RECOMMENDED)
    for who in ("lead", "worker", "supervisor", "intake"):
        with pytest.raises(DeniedInStory):
            story.do(who, "record_audit_finding", **FOUND)
    for who in ("auditor", "lead", "worker"):
        with pytest.raises(DeniedInStory):
            story.do(who, "answer_recommendation", **ANSWER)


def test_from_the_draw_to_what_was_recommended_and_done() -> None:
    story = drawn()
    assert "audit" in story.waiting()
    story.do("auditor", "record_audit_finding", **RECOMMENDED)
    assert story.waiting() >= {"audit", "recommendation"}
    story.do("auditor", "conclude_audit", sample=SAMPLE)
    assert "audit" not in story.waiting()
    story.do("supervisor", "answer_recommendation", **ANSWER)
    assert story.waiting() & {"recommendation", "recommended"} == {"recommended"}
    story.do("auditor", "close_recommendation", finding="F1", done=True)
    assert not story.waiting() & {"audit", "recommendation", "recommended"}
    (finding,) = story.case.findings.values()
    assert finding.answer == "WILL_BE_DONE"
    assert finding.closed_at == story.now


def test_what_is_as_it_should_be_needs_no_answer() -> None:
    story = drawn(**{**FOUND, "found": "AS_IT_SHOULD_BE"})
    assert "recommendation" not in story.waiting()
    with pytest.raises(Nonsense):
        story.do("supervisor", "answer_recommendation", **ANSWER)


def test_a_concluded_audit_takes_no_more_findings_and_a_case_is_drawn_once_in_a_sample() -> None:
    story = drawn(**FOUND)
    with pytest.raises(RefusedInStory):
        story.do("auditor", "draw_for_audit", **DRAW)
    story.do("auditor", "conclude_audit", sample=SAMPLE)
    with pytest.raises(RefusedInStory):
        story.do("auditor", "record_audit_finding", **FOUND)
    story.do("auditor", "draw_for_audit", **{**DRAW, "sample": "SA-00000000-0"})
    assert len(story.case.audits) == 2


def test_what_was_not_drawn_or_found_is_nonsense() -> None:
    story = after(*referred())
    for name, given in (
        ("record_audit_finding", FOUND),
        ("conclude_audit", {"sample": SAMPLE}),
        ("close_recommendation", {"finding": "F1", "done": True}),
    ):
        with pytest.raises(Nonsense):
            story.do("auditor", name, **given)


def test_auditing_a_case_is_no_work_on_it_and_changes_nothing_in_it() -> None:
    audited, left = answered(), after(*referred())
    assert passing(audited.case) == passing(left.case)
    before = {t.id: t.current.last_activity for t in left.case.threads.values()}
    assert {t.id: t.current.last_activity for t in audited.case.threads.values()} == before
    assert audited.case.entered_late_at is None


def test_somebody_else_audits_where_the_one_who_drew_it_has_left() -> None:
    story = drawn()
    story.do("trainer", "grant_role", about="intake", role="AUDITOR")
    story.do("intake", "record_audit_finding", **FOUND)
    assert story.case.findings["F1"].point == "TOLD_IN_TIME"
