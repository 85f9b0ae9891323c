"""How `rj` ends: its exit codes, and the failures that arise in it before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


class Code(IntEnum):
    """Exit codes, the same for every command."""

    DONE = 0
    REFUSED = 1
    """Rules spoke against it, or the actor may not do it; for `doctor`: something is wrong."""
    NONSENSE = 2
    UNAVAILABLE = 3
    UNFORESEEN = 4
    INTERRUPTED = 130
    """Ctrl-C, as shells have it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a person and a program are told when something was not done."""

    code: Code
    outcome: str
    """`refused`, `denied`, `nonsense`, `unavailable` or `unforeseen`."""
    sentences: tuple[str, ...]
    """For people; none of them quotes what was typed."""
    details: dict[str, Any] = field(default_factory=dict)
    """For programs, besides the outcome and the sentences: the rules, the incident, the command."""


class Ended(Exception):
    """Not done, for a reason that is known; it carries what to say."""

    def __init__(self, failure: Failure) -> None:
        super().__init__("; ".join(failure.sentences))
        self.failure = failure


def nonsense(*sentences: str) -> Ended:
    """Return the failure of something that makes no sense as it was typed."""
    return Ended(Failure(Code.NONSENSE, "nonsense", sentences, {"problems": list(sentences)}))


def unavailable(sentence: str) -> Ended:
    """Return the failure of something that is needed and not to be had just now."""
    return Ended(Failure(Code.UNAVAILABLE, "unavailable", (sentence,)))
