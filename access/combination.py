"""Combination: that what is known of one person in several cases was put together, and by whom.

Each use of a link stands in the access log (Data Protection Act 2018 s.62).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from access.look import Look, new_id
from domain.ids import is_reference
from domain.words import Operation

if TYPE_CHECKING:
    from access.writing import Access
    from domain.record import Actor


@dataclass(frozen=True, slots=True)
class Combination:
    """One use of a link between a person's appearances: ids and codes only."""

    actor: Actor
    stream: str
    """For which case, or person, it was done; or a code, for somebody who is in none yet."""
    persons: tuple[str, ...]
    cases: tuple[str, ...]
    """The other cases that were looked at."""
    purpose: str
    """The command's wire name, or another code."""
    behalf: str | None = None
    """On whose behalf, where the service did it."""


def combined(use: Combination, access: Access) -> None:
    """Write down one use of a link, before what it brought is handed over. Raises `NotWritten`."""
    about = (use.stream, *use.persons, *use.cases)
    look = Look(
        id=new_id(),
        at=datetime.now(UTC),
        actor=use.actor,
        behalf=use.behalf,
        operation=Operation.COMBINATION,
        view="LINK",
        purpose=use.purpose,
        about=tuple(dict.fromkeys(one for one in about if is_reference(one))),
    )
    access.write(look)
