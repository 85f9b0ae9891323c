"""What whoever made a referral sees of it: what they supplied, that it was received, and that it
ended.

Nothing of what anybody said or chose since, of why it ended, or of who works on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.events.opening import ReferralReceived
from domain.fold import fold
from domain.stage import ended_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.record import Entry


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral, as whoever made it sees it."""

    case: str
    received_at: datetime | None
    accepted_at: datetime | None
    ended_at: datetime | None
    """When the last pair ended; None while anything is under way, also if it is again."""
    supplied: tuple[Entry, ...]
    """What they recorded as they referred."""


def referral_of(entries: Sequence[Entry], referrer: str) -> Referral:
    """Return the referral that this practitioner made of a case with these entries."""
    case = fold(entries)
    commands = {
        entry.recorded.command
        for entry in entries
        if isinstance(entry.event, ReferralReceived) and entry.event.referrer == referrer
    }
    return Referral(
        case=case.id,
        received_at=case.referred_at,
        accepted_at=case.accepted_at,
        ended_at=ended_at(case),
        supplied=tuple(entry for entry in entries if entry.recorded.command in commands),
    )
