"""Combination: that what is known of one person in several cases was put together, and by whom.

The one place where each use is written down (Data Protection Act 2018 s.62).
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Combination:
    """One use of a link between a person's appearances: ids and codes only."""

    actor: str
    stream: str
    """For which case, or person, it was done."""
    persons: tuple[str, ...]
    cases: tuple[str, ...]
    """The other cases that were looked at."""
    purpose: str
    """The command's wire name, or another code."""


def combined(use: Combination) -> None:
    """Write down one use of a link."""
    _log.info(
        "combination",
        actor=use.actor,
        stream=use.stream,
        persons=list(use.persons),
        cases=list(use.cases),
        purpose=use.purpose,
    )
