"""Rules about clocks that the service missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.missed import concerned, missed_clock
from domain.words import MissCause

if TYPE_CHECKING:
    from datetime import datetime

    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.clocks import ExplainMissedClock

ASKS_TO_WAIT = frozenset(
    {"time_asked_for", "choice_deferred", "participation_paused", "next_contact_agreed"}
)
"""The events by which somebody takes time of their own."""


def time_is_a_persons_own_only_if_they_asked_for_it(
    case: Case, command: ExplainMissedClock, asking: Asking
) -> bool:
    """Time counts as a person's own only where it is on record that somebody whom it is about
    asked for it, before the service was late: say whose it was (whose)."""
    if command.cause is not MissCause.PERSON_ASKED_TO_WAIT:
        return command.whose is None
    clocks = [missed_clock(asking.now, name) for name in command.clocks]
    return all(
        command.whose in concerned(asking.now, one.subject) and _asked(command, asking, one.due)
        for one in clocks
    )


def _asked(command: ExplainMissedClock, asking: Asking, due: datetime) -> bool:
    return any(
        entry.name in ASKS_TO_WAIT
        and getattr(entry.event, "party", None) == command.whose
        and entry.effective_at <= due
        for entry in asking.history
    )
