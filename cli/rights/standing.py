"""How the data-protection register stands, for `rj doctor`: whether somebody is there for all that
waits in it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cli.installed import reading_of
from client.officers import waiting_for_nobody
from domain.words import StaffRole
from projections import dossiers, open_views
from projections.practitioners import everybody

if TYPE_CHECKING:
    from settings import Settings

_GRANT = "`rj practitioners grant-role PR-… data-protection-officer`"
_NAMED = 5
"""Requests that are named; of more, only how many there are."""


@dataclass(frozen=True, slots=True)
class _Standing:
    still: int
    """Entries that are open."""
    over: int
    """Closed ones whose words are to be looked at by now."""
    officers: int

    @classmethod
    def of(cls, settings: Settings) -> _Standing:
        now, officer = datetime.now(UTC), StaffRole.DATA_PROTECTION_OFFICER
        with closing(
            open_views(settings.database("views"), settings.limits, settings.competence)
        ) as views:
            known, staff = dossiers(views, closed=True), everybody(views)
        return cls(
            sum(not one.closed for one in known),
            sum(bool(one.closed and one.due and one.due <= now) for one in known),
            sum(who.active and officer in who.roles for who, _ in staff),
        )


def wrong_with_the_register(settings: Settings) -> str | None:
    """Return what waits for somebody who is not there, and what to do; None if nothing does.

    Raises the vault's `Unavailable`.
    """
    now = _Standing.of(settings)
    waiting = now.still + now.over
    if waiting and not now.officers:
        return (
            f"{waiting} requests or breaches wait for a data-protection officer, and nobody is "
            f"one: {_GRANT}"
        )
    stuck = _for_nobody(settings) if now.still else []
    if stuck:
        return (
            f"{len(stuck)} wait for a data-protection officer who may see every case of theirs, as "
            f"without a conflict of interest, and nobody is one: {', '.join(stuck[:_NAMED])}; "
            f"{_GRANT}"
        )
    return None


def how_the_register_stands(settings: Settings) -> str:
    """Return how many entries wait, in a sentence. Raises the vault's `Unavailable`."""
    now = _Standing.of(settings)
    told = f"{now.still} requests or breaches are open"
    return f"{told}; {now.over} closed ones wait to be looked at" if now.over else told


def _for_nobody(settings: Settings) -> list[str]:
    with reading_of(settings) as reading:
        return [*waiting_for_nobody(reading.log)]
