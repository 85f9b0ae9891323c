"""A specialist is asked one thing about one case: what they read, and that it ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from access import Outcome
from client import Denied
from domain.fold import fold
from domain.permissions import View
from domain.record import Actor
from domain.texts import references
from domain.words import Relation
from tests.looks import how_many, since
from tests.serving import known
from tests.workflows.test_cover import a_case, read

if TYPE_CHECKING:
    from tests.serving import Service

QUESTION = "What, invented, is to be looked out for when they meet?"
ANSWER = "That they come and go at different times. (Invented.)"


async def asked(service: Service, case: str, who: str = "advanced") -> tuple[list[Any], Any]:
    actor = Actor(id=service.someone(who), identified=known(who))
    return await asyncio.to_thread(service.door.readings.asked, actor, case, "case_work")


async def test_a_specialist_reads_what_the_question_needs_as_long_as_it_is_asked_and_no_more(
    service: Service,
) -> None:
    case = await a_case(service)
    here = {"stream": case}
    named, other, *_ = (ref.id for entry in service.log(case) for _, ref in references(entry))
    given = {"specialist": "@advanced", "texts": [named]}
    await service.do("lead", "ask_specialist", more=here, **given, question=QUESTION)
    assert QUESTION not in "".join(e.envelope.model_dump_json() for e in service.log(case))
    before = how_many(service.door)
    (one,), words = await asked(service, case)
    assert words[one.question.id] == QUESTION
    assert set(words) == {named, one.question.id}
    assert other not in words
    (look,) = since(service.door, before)
    assert (look.view, look.relation) == ("CONSULTED", Relation.CONSULTED)
    assert look.texts == tuple(sorted({named, one.question.id}))
    for view in (View.CASE, View.HISTORY, View.WORDS):
        with pytest.raises(Denied):
            await read(service, "advanced", case, view)
    with pytest.raises(Denied):
        await asked(service, case, "intermediate")
    await service.do(
        "advanced", "answer_as_specialist", more=here, consultation="E1", answer=ANSWER
    )
    before = how_many(service.door)
    with pytest.raises(Denied):
        await asked(service, case)
    (look,) = since(service.door, before)
    assert (look.outcome, look.texts) == (Outcome.DENIED, ())
    answer = fold(service.log(case)).consultations["E1"].answer
    assert answer is not None
    assert service.recorder.turns.vault.words_many(case, [answer]) == {answer.id: ANSWER}


async def test_a_question_that_is_taken_back_is_closed_at_once(service: Service) -> None:
    case = await a_case(service)
    here = {"stream": case}
    given = {"specialist": "@advanced", "question": QUESTION}
    await service.do("supervisor", "ask_specialist", more=here, **given)
    assert len((await asked(service, case))[0]) == 1
    await service.do("lead", "withdraw_question_to_specialist", more=here, consultation="E1")
    with pytest.raises(Denied):
        await asked(service, case)
