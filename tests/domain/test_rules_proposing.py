"""What is proposed binds nobody: each says yes to each thing, the harmed person first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import choice, joining, proposing
from domain.words import ItemKind, ItemState
from tests.domain.situations import after, breaks, go_on, keeps, ready
from tests.domain.tempting import PROPOSAL
from tests.steps import chosen, explored, offender, referred, step, victim
from tests.story import RefusedInStory

if TYPE_CHECKING:
    from tests.story import Story

MONEY: dict[str, Any] = {
    "thread": "V1-O1",
    "by": "V1",
    "proposed": {"party": "O1", "kind": "MONEY", "due": "2026-05-01T12:00:00+01:00"},
}
AGREE: tuple[str, str] = ("lead", "agree_to_proposal")


def proposed() -> Story:
    """Return a case in which the offender proposed an apology, and the victim money."""
    return ready(more=(step("lead", "propose_item", **PROPOSAL),
                       step("lead", "propose_item", **MONEY)))  # fmt: skip


def still_open(story: Story) -> set[str]:
    return {name for name, one in story.case.proposals.items() if one.open}


def yes(story: Story, *parties: str, to: str = "P1") -> None:
    for party in parties:
        story.do(*AGREE, proposal=to, party=party)


def test_nothing_binds_before_all_said_yes_to_it() -> None:
    story = proposed()
    yes(story, "V1")
    assert story.case.items == {}
    assert "agreed_item" not in story.waiting()
    assert story.case.thread("V1-O1").current.agreement_at is None
    yes(story, "O1")
    assert {i: one.state for i, one in story.case.items.items()} == {"A1": ItemState.AGREED}
    assert still_open(story) == {"P2"}
    assert story.case.thread("V1-O1").current.agreement_at is not None
    assert "agreed_item" in story.waiting()


def test_each_thing_is_agreed_by_itself() -> None:
    story = proposed()
    yes(story, "V1", "O1", to="P2")
    assert story.case.items["A1"].kind is ItemKind.MONEY
    assert str(story.case.items["A1"].due)[:10] == "2026-05-01"
    assert still_open(story) == {"P1"}


def test_the_harmed_person_has_their_say_first() -> None:
    rule = proposing.the_harmed_person_has_their_say_first
    story = proposed()
    breaks(story, rule, *AGREE, proposal="P1", party="O1")
    keeps(story, rule, *AGREE, proposal="P1", party="V1")
    keeps(story, rule, *AGREE, proposal="P1", party="O1")


def test_a_no_takes_it_away_and_another_answer_takes_its_place() -> None:
    story = proposed()
    story.do("auditor", "decline_proposal", proposal="P1", party="V1")
    assert still_open(story) == {"P2"}
    other = {"party": "O1", "kind": "LETTER_TO_FOLLOW"}
    story.do("lead", "propose_item", thread="V1-O1", by="O1", proposed=other, instead_of="P2")
    assert still_open(story) == {"P3"}
    breaks(story, choice.it_must_apply_at_this_step, *AGREE, proposal="P2", party="V1")
    yes(story, "V1", "O1", to="P3")
    assert story.case.items["A1"].kind is ItemKind.LETTER_TO_FOLLOW


def test_a_no_that_comes_after_every_yes_is_recorded_and_somebody_looks_at_it() -> None:
    story = proposed()
    yes(story, "V1", "O1")
    story.do("auditor", "decline_proposal", proposal="P1", party="V1")
    assert story.case.items["A1"].state is ItemState.AGREED
    assert {t.subject for t in story.case.tasks.values() if t.kind == "CHANGE"} == {"V1-O1"}


def test_a_yes_from_before_a_no_counts_no_more() -> None:
    story = proposed()
    yes(story, "V1")
    story.do("auditor", "pause_participation", party="V1")
    with pytest.raises(RefusedInStory) as refused:
        yes(story, "O1")
    rule = joining.both_people_must_consent_to_this_in_writing
    assert rule.__name__ in refused.value.codes
    again = chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT")
    go_on(story, step("lead", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
          *again)  # fmt: skip
    breaks(story, proposing.the_harmed_person_has_their_say_first, *AGREE, proposal="P1",
           party="O1")  # fmt: skip
    yes(story, "V1", "O1")
    assert story.case.items["A1"].state is ItemState.AGREED


def test_what_somebody_else_would_undertake_needs_their_yes_too() -> None:
    supporter = {"party": "S1", "role": "SUPPORTER_OF_OFFENDER", "of": "O1"}
    steps = (*referred(victim(), offender(), supporter), *explored())
    story = after(*steps, *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"))
    theirs = {"party": "S1", "kind": "SUPPORTERS_UNDERTAKING"}
    story.do("lead", "propose_item", thread="V1-O1", by="O1", proposed=theirs)
    yes(story, "V1", "O1")
    assert story.case.items == {}
    yes(story, "S1")
    assert story.case.items["A1"].owner == "S1"


def test_proposing_and_agreeing_need_both_consents_to_agreeing() -> None:
    rule = joining.an_agreement_needs_consent_to_agreeing
    no_agreement = ready("FACE_TO_FACE")
    breaks(no_agreement, rule, "lead", "propose_item", **PROPOSAL)
    keeps(ready(), rule, "lead", "propose_item", **PROPOSAL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "S1"},
        {"proposed": {"party": "O9", "kind": "MONEY"}},
        {"proposed": {"party": "O1", "kind": "MONEY", "done": True}},
        {"instead_of": "P9"},
    ],
)
def test_what_makes_no_sense_is_not_proposed(wrong: dict[str, Any]) -> None:
    with pytest.raises(Nonsense):
        ready().do("lead", "propose_item", **{**MONEY, **wrong})


def test_somebody_whom_it_does_not_concern_has_no_say() -> None:
    story = after(*referred(victim(), victim(2), offender()), *explored(),
                  *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"),
                  step("lead", "propose_item", **PROPOSAL))  # fmt: skip
    yes(story, "V1")
    with pytest.raises(Nonsense, match="V2"):
        yes(story, "V2")
    yes(story, "O1")
    with pytest.raises(Nonsense, match="propos"):
        story.do("lead", "record_item_progress", item="A1", state="PROPOSED")
