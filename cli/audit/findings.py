"""`rj audit finding`, `answer`, `done` and `conclude`: what is said of a case that was drawn."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from cli.everyday import carry_out
from cli.verbs import Verb

Tokens = Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]
_SAMPLE = "SA-7K3M9QXA-5"
FINDING = Verb(
    ("audit finding",),
    "record_audit_finding",
    "what was found of one point, and what is recommended",
    ("sample", "point", "found"),
    example=f"{_SAMPLE} told-in-time not-as-it-should-be",
)
ANSWER = Verb(
    ("audit answer",),
    "answer_recommendation",
    "what the service answers to a recommendation",
    ("finding", "answer"),
    example="F1 will-be-done",
)
DONE = Verb(
    ("audit done",),
    "close_recommendation",
    "that what was recommended is done, or may stay as it is",
    ("finding",),
    example="F1 --done",
)
CONCLUDE = Verb(
    ("audit conclude",),
    "conclude_audit",
    "that all there is to say of a case was said",
    ("sample",),
    example=_SAMPLE,
)
VERBS = (FINDING, ANSWER, DONE, CONCLUDE)
"""Each is typed after `rj`, with the case and then the fields; its command's fields are its own."""


def finding(*tokens: Tokens) -> int:
    """Record what was found of one point of a case that was drawn, and what is recommended."""
    return carry_out(FINDING, tokens)


def answer(*tokens: Tokens) -> int:
    """Record what the service answers to what an auditor recommended."""
    return carry_out(ANSWER, tokens)


def done(*tokens: Tokens) -> int:
    """Record that what was recommended is done, or may stay as it is."""
    return carry_out(DONE, tokens)


def conclude(*tokens: Tokens) -> int:
    """Record that all there is to say of a case that was drawn has been said."""
    return carry_out(CONCLUDE, tokens)
