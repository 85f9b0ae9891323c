"""The periodic review of the access log by the data-protection officer: when it is due, who signed.

The sign-off stands in the log itself, chained and sealed like everything that it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from access.chain import LOG, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from access.log import AccessLog

PURPOSE = "review_signed_off"


class Finding(StrEnum):
    """What a review of the log came to."""

    NOTHING_FOUND = "NOTHING_FOUND"
    FOLLOWED_UP = "FOLLOWED_UP"
    """Something was found, and is dealt with where it belongs: with the person, or as a breach."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The latest sign-off: by whom, when, up to which entry, and what it came to."""

    by: str
    at: datetime
    through: int
    finding: str


def asked(through: int, alerts: int, finding: Finding) -> Mapping[str, str]:
    """Return what a sign-off says, as codes."""
    return {"through": str(through), "alerts": str(alerts), "finding": finding.value}


def latest(log: AccessLog) -> Reviewed | None:
    """Return the latest sign-off, None if the log that is there was never reviewed."""
    found = log.latest_with(f'"purpose":"{PURPOSE}"')
    if found is None:
        return None
    look = read(LOG, *found).link.look
    return Reviewed(look.actor.id, look.at, int(look.asked["through"]), look.asked["finding"])


def due(log: AccessLog, every: timedelta) -> datetime | None:
    """Return by when the next review is due, None while nothing stands in the log."""
    if (reviewed := latest(log)) is not None:
        return reviewed.at + every
    oldest = next(log.rows(0, limit=1), None)
    return read(LOG, *oldest).link.recorded_at + every if oldest else None
