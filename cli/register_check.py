"""How the data-protection register stands: whether there is somebody for everything that is open in
it, as `rj doctor` tells."""

from __future__ import annotations

from contextlib import closing
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


def how_the_register_stands(settings: Settings) -> str:
    """Return how much is open in it."""
    return f"{_open(settings)[0]} requests or breaches are open"


def wrong_with_the_register(settings: Settings) -> str | None:
    """Return what waits for somebody who is not there, and what to do; None if nothing does."""
    number, officers = _open(settings)
    if number and not officers:
        return (
            f"{number} requests or breaches wait for a data-protection officer, and nobody is one: "
            f"{_GRANT}"
        )
    with reading_of(settings) as reading:
        stuck = [*waiting_for_nobody(reading.log)] if number else []
    if stuck:
        return (
            f"{len(stuck)} wait for a data-protection officer who may see every case of theirs, as "
            f"without a conflict of interest, and nobody is one: {', '.join(stuck[:_NAMED])}; "
            f"{_GRANT}"
        )
    return None


def _open(settings: Settings) -> tuple[int, bool]:
    """Return how many entries are open, and whether there is an officer."""
    with closing(
        open_views(settings.database("views"), settings.limits, settings.competence)
    ) as views:
        officers = any(
            who.active and StaffRole.DATA_PROTECTION_OFFICER in who.roles
            for who, _ in everybody(views)
        )
        return len(dossiers(views)), officers
