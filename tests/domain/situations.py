"""Situations that tests of the law begin from, each lived through once and copied."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from domain.command import COMMANDS
from domain.rules.table import GUARDS
from tests.playing import named, take
from tests.steps import (
    EXPLAINED,
    behind,
    chosen,
    explored,
    offender,
    referred,
    started,
    step,
    victim,
)
from tests.steps_sensitive import steps_agreed
from tests.story import RefusedInStory, Story

if TYPE_CHECKING:
    from domain.record import Entry
    from domain.rule import Rule
    from domain.words import InterventionType
    from tests.steps import Step

BOTH_IN_TURN = ("FACE_TO_FACE", "OUTCOME_AGREEMENT")
IN_WRITING = ("QUESTIONS_IN_WRITING", "OUTCOME_AGREEMENT")
BY_LETTER = ("INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE")
LETTER = (
    step("lead", "draft_letter", thread="V1-O1", party="O1", words="I am sorry."),
    step("lead", "approve_letter", letter="L1"),
)
PLAN: tuple[str, str] = ("lead", "plan_intervention")
MEETING: dict[str, Any] = {"type": "FACE_TO_FACE", "threads": ["V1-O1"]}
SIGNED = step("trainer", "countersign_risk", thread="V1-O1", decision="PROCEED_DIRECT")


CHILD = {"party": "V1", "role": "CHILD_VICTIM", "details": {"born": "2014-05-05"}}
MOTHER = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_VICTIM", "of": "V1"}


def after(*steps: Step, forms: frozenset[InterventionType] = frozenset()) -> Story:
    """Return a story of its own that has come so far, in an area that offers these forms too."""
    story = copy(_lived(tuple(_Same(one) for one in steps), forms))
    story.streams = {stream: [*entries] for stream, entries in story.streams.items()}
    story.facts = {**story.facts}
    return story


def explored_case(*more: Step) -> Story:
    """Return a standard case: both were met, the offender accepts responsibility."""
    return after(*referred(), *explored(), *more)


def ready(*scopes: str, more: tuple[Step, ...] = (), risk: str = "PROCEED_DIRECT") -> Story:
    """Return a standard case in which nothing stands in the way of what the scopes cover."""
    return after(*referred(), *explored(), *chosen(*(scopes or BOTH_IN_TURN), risk=risk), *more)


def under_way(kind: str = "FACE_TO_FACE", *more: Step) -> Story:
    """Return a case in which this was started a moment ago."""
    scopes = {
        "FACE_TO_FACE": BOTH_IN_TURN,
        "WRITTEN_COMMUNICATION": IN_WRITING,
        "SHUTTLE": ("SHUTTLE",),
    }
    question = step("lead", "gather_question", thread="V1-O1", party="V1", words="Why?")
    return ready(*scopes[kind], more=(question, *started(kind), *more))


def child(view: str, *more: Any) -> Story:
    """Return a case of a child of twelve who says yes, and whose mother says this."""
    both = [
        step(
            "lead",
            one.name,
            **{
                **one.given,
                **(
                    given if one.given.get("party") == "V1" and one.name == "record_consent" else {}
                ),
            },
        )
        for given in ({"adult": "S1", "adult_view": view},)
        for one in chosen(*BOTH_IN_TURN, risk="PROCEED_DIRECT")
    ]
    return after(*referred(CHILD, MOTHER, offender()), *explored(), *both, *more)


def letter_held(*more: Step) -> Story:
    """Return a case in which the offender's letter is held for the victim."""
    return ready(*BY_LETTER, risk="PROCEED_INDIRECT_ONLY", more=(*LETTER, *more))


def sensitive(*more: Step, endorsements: tuple[str, ...] = ("SPECIALIST_DA",)) -> Story:
    """Return a sensitive case with an advanced lead and an intermediate co-facilitator."""
    return after(
        *referred(),
        step(
            "supervisor",
            "classify_case",
            sensitivity="SENSITIVE_COMPLEX",
            flags=behind(*endorsements),
        ),
        step("supervisor", "allocate_case", lead="@advanced", co="@intermediate"),
        *more,
    )


def _consenting(party: str) -> tuple[Step, ...]:
    of = {"thread": "V1-O1", "party": party}
    return (
        step("advanced", "record_facilitator_meeting", **of, explained=EXPLAINED, understood=True),
        step("advanced", "record_consent", **of, scopes=["FACE_TO_FACE"], form="SIGNED_PAPER"),
    )


def sensitive_and_ready(*more: Step) -> Story:
    """Return a sensitive case in which a meeting lacks only the countersignature."""
    return sensitive(
        *steps_agreed(),
        *_consenting("V1"),
        *_consenting("O1"),
        step("advanced", "record_responsibility", thread="V1-O1", party="O1",
             status="ACCEPTS_RESPONSIBILITY", evidence="FACILITATOR_ASSESSMENT"),
        step("advanced", "decide_risk", thread="V1-O1", decision="PROCEED_DIRECT",
             assessment_text="Invented."),
        step("advanced", "record_legal_position", thread="V1-O1", officer_view=True),
        *more,
    )  # fmt: skip


def offender_began(*more: Step, **classed: Any) -> Story:
    """Return a case that the offender began, of this class."""
    return after(
        *referred(victim(), offender(), initiator="OFFENDER_INITIATED", inform=False),
        *((step("supervisor", "classify_case", **classed),) if classed else ()),
        *more,
    )


def ended(reason: str = "VICTIM_DECLINED_DOOR_OPEN", *more: Step) -> Story:
    """Return a case whose one pair ended: the victim declined, or as the reason says."""
    return after(
        *referred(),
        step("worker", "decline_offer", party="V1"),
        end(reason),
        *more,
    )


def end(reason: str, who: str = "supervisor", thread: str = "V1-O1", **told: str) -> Step:
    """Return the ending of a pair, its people told the least."""
    v, _, o = thread.partition("-")
    said = {v: "TOLD_IT_ENDED", o: "TOLD_NOT_GOING_AHEAD", **told}
    return step(who, "end_thread", thread=thread, reason=reason, told=said)


def go_on(story: Story, *steps: Step) -> Story:
    """Take these steps in a story that has come so far, time passing before each."""
    for one in steps:
        story.later(seconds=one.after.total_seconds())
        take(story, one)
    return story


def breaks(story: Story, rule: Rule, who: str, name: str, **given: Any) -> None:
    """See that this rule, perhaps with others, speaks against the command."""
    with pytest.raises(RefusedInStory) as refused:
        story.do(who, name, **_named(story, given))
    assert rule.__name__ in refused.value.codes


def keeps(story: Story, rule: Rule, who: str, name: str, **given: Any) -> list[Entry]:
    """See that the command, which this rule guards, passes; return what happened."""
    assert rule in GUARDS[COMMANDS[name]]
    return story.do(who, name, **_named(story, given))


def _named(story: Story, given: dict[str, Any]) -> dict[str, Any]:
    return {name: named(story, value) for name, value in given.items()}


class _Same:
    """A step that is found again by what it says."""

    def __init__(self, one: Step) -> None:
        self.step = one
        self.said = repr(one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.said == other.said

    def __hash__(self) -> int:
        return hash(self.said)


@cache
def _lived(steps: tuple[_Same, ...], forms: frozenset[InterventionType]) -> Story:
    if not steps:
        return Story(forms=forms)
    story = after(*(one.step for one in steps[:-1]), forms=forms)
    last = steps[-1].step
    story.later(seconds=last.after.total_seconds())
    take(story, last)
    return story
