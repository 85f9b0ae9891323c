"""`rj ask-specialist`, `rj consulted` and `rj advise`, typed by those who ask and who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_two_steps import events, opened, registered, typed, worker

if TYPE_CHECKING:
    from tests.terminal import Typist

__all__ = ["worker"]
QUESTION = {"question": "What is to be looked out for? (Invented.)"}
ANSWER = {"answer": "That they come at different times. (Invented.)"}


def asked_in_the_queue(typist: Typist, specialist: str) -> list[tuple[str, str]]:
    owed = typed(typist, "waiting", actor=specialist)["waiting"]
    return [(one["case"], one["name"]) for one in owed if one["case"].startswith("RJ")]


def test_a_specialist_is_asked_reads_that_and_answers(typist: Typist, worker: str) -> None:
    case = opened(typist, worker)
    trained = "--credentials=awareness,facilitation-advanced,specialist-da"
    specialist = registered(typist, "facilitator", "--roles=specialist", trained)
    assert typist.rj("consulted", case, actor=specialist).code == 1
    line = ("ask-specialist", case, specialist, "--from", "-")
    assert typist.rj(*line, given=QUESTION, actor=worker).code == 1
    typed(typist, *line, given=QUESTION)
    found = typed(typist, "consulted", case, actor=specialist)
    assert [one["question"] for one in found["asked"]] == [QUESTION["question"]]
    assert QUESTION["question"] in typist.rj("consulted", case, actor=specialist).out
    assert asked_in_the_queue(typist, specialist) == [(case, "specialists_answer")]
    assert typist.rj("show", case, actor=specialist).code == 1
    typed(typist, "advise", case, "E1", "--from", "-", given=ANSWER, actor=specialist)
    assert typist.rj("consulted", case, actor=specialist).code == 1
    assert asked_in_the_queue(typist, specialist) == []
    assert events(typist, case)[-2:] == ["specialist_asked", "specialist_answered"]
    typed(typist, *line, given=QUESTION)
    typed(typist, "unask", case, "E2")
    assert typist.rj("consulted", case, actor=specialist).code == 1
