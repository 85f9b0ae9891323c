"""Rules about asking a specialist: each kept once, and broken once; what opens and closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.fold import fold_practitioner
from domain.permissions import View, may
from domain.rules import consulting
from domain.texts import references
from tests.domain.situations import after, breaks, keeps
from tests.steps import referred, step
from tests.story import DeniedInStory

if TYPE_CHECKING:
    from tests.story import Story

ASK, ANSWER, WITHDRAW = "ask_specialist", "answer_as_specialist", "withdraw_question_to_specialist"


def asking(story: Story, who: str = "advanced", **more: Any) -> dict[str, Any]:
    question = "What is to be looked out for? (Invented.)"
    return {"specialist": story.someone(who), "question": question, **more}


def opens(story: Story, who: str = "advanced", view: View = View.CONSULTED) -> bool:
    return may(fold_practitioner(story.streams[story.someone(who)]), view, story.case)


def test_a_specialist_has_an_endorsement_and_nothing_says_of_which_kind() -> None:
    story = after(*referred())
    rule = consulting.a_specialist_has_an_endorsement
    breaks(story, rule, "lead", ASK, **asking(story, "intermediate"))
    keeps(story, rule, "lead", ASK, **asking(story))
    story.do("trainer", "deactivate_practitioner", about="advanced")
    breaks(story, rule, "lead", ASK, **asking(story))


def test_a_specialist_has_no_conflict_and_does_not_work_on_the_case() -> None:
    rule = consulting.a_specialist_has_no_conflict_and_no_part
    story = after(*referred(), step("auditor", "declare_conflict", practitioner="@advanced"))
    breaks(story, rule, "lead", ASK, **asking(story))
    story = after(*referred(), step("supervisor", "allocate_case", lead="@advanced"))
    breaks(story, rule, "supervisor", ASK, **asking(story))
    story = after(*referred())
    keeps(story, rule, "supervisor", ASK, **asking(story))


def test_only_whoever_was_asked_answers() -> None:
    story = after(*referred())
    story.do("trainer", "grant_credential", about="intermediate", credential="SPECIALIST_DA")
    story.do("lead", ASK, **asking(story))
    story.do("lead", ASK, **asking(story, "intermediate"))
    rule = consulting.only_whoever_was_asked_answers
    breaks(story, rule, "intermediate", ANSWER, consultation="E1", answer="Invented.")
    keeps(story, rule, "advanced", ANSWER, consultation="E1", answer="Invented.")


def test_only_facilitators_and_supervisors_of_the_case_ask() -> None:
    story = after(*referred())
    for name in ("worker", "intermediate", "sergeant", "auditor", "intake"):
        with pytest.raises(DeniedInStory):
            story.do(name, ASK, **asking(story))


@pytest.mark.parametrize("how", ["answered", "withdrawn", "conflict"])
def test_it_is_open_until_it_is_answered_or_taken_back_or_a_conflict_is_declared(how: str) -> None:
    story = after(*referred())
    assert not opens(story)
    story.do("lead", ASK, **asking(story))
    assert opens(story)
    for view in (View.CASE, View.HISTORY, View.WORDS, View.BOTH_CLOCKS, View.MATCHES):
        assert not opens(story, view=view)
    if how == "answered":
        story.do("advanced", ANSWER, consultation="E1", answer="Invented.")
    elif how == "withdrawn":
        story.do("co", WITHDRAW, consultation="E1")
    else:
        advanced = story.someone("advanced")
        story.do("advanced", "declare_conflict", practitioner=advanced)
    assert not opens(story)
    with pytest.raises(DeniedInStory):
        story.do("advanced", ANSWER, consultation="E1", answer="Invented.")


def test_it_opens_just_the_texts_that_it_names() -> None:
    story = after(*referred())
    one, *_ = (ref.id for entry in story.history for _, ref in references(entry))
    story.do("lead", ASK, **asking(story, texts=[one, one]))
    (asked,) = story.case.consultations.values()
    assert asked.opens == {one, asked.question.id}
    assert asked.texts == (one,)


def test_what_is_no_text_of_the_case_is_not_asked() -> None:
    story = after(*referred())
    with pytest.raises(Nonsense):
        story.do("lead", ASK, **asking(story, texts=["T-0000000000000000"]))
    assert not story.case.consultations
