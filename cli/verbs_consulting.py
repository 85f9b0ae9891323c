"""The everyday verbs of a question to a specialist."""

from __future__ import annotations

from cli.verb import Verb

CONSULTING: tuple[Verb, ...] = (
    Verb(
        ("ask-specialist",),
        "ask_specialist",
        "ask a specialist one thing about a case",
        ("specialist",),
        example="PR-7HFXT2ZD-B",
    ),
    Verb(
        ("advise",),
        "answer_as_specialist",
        "answer as a specialist",
        ("consultation",),
        example="E1",
    ),
    Verb(
        ("unask",),
        "withdraw_question_to_specialist",
        "take a question to a specialist back",
        ("consultation",),
        example="E1",
    ),
)
