"""A day in court, as staff know of it. It closes one route there, and no offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import Nonsense
from domain.interventions import CATALOGUE
from domain.words import HearingKind, InterventionState, PartnerService

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.party import Party


@dataclass(frozen=True)
class Hearing:
    """One hearing in the matter of one person responsible."""

    id: str
    party: str
    kind: HearingKind
    day: datetime
    report_owed: bool
    known_at: datetime
    """When the service came to know of it, or of its new date."""
    told: frozenset[str] = frozenset()
    """Which victims were told of its present date."""
    reported: bool = False
    over: bool = False


def hearing(case: Case, name: str) -> Hearing:
    """Return this hearing. Raises `Nonsense` if there is none."""
    if name not in case.hearings:
        raise Nonsense(f"there is no hearing {name} in this case")
    return case.hearings[name]


def wishes_to_know_since(person: Party, kind: HearingKind) -> datetime | None:
    """Return since when this person wishes to be told of hearings of this kind; None if they do
    not. Of a panel they are told if they wish to be part of its work."""
    wish = person.onward_wishes.get(PartnerService.CRIMINAL_JUSTICE_PANEL)
    of_panels = wish.at if wish and wish.panel else None
    if kind is HearingKind.CRIMINAL_JUSTICE_PANEL:
        return of_panels
    if kind is HearingKind.YOUTH_OFFENDER_PANEL:
        return person.court_dates_since or of_panels
    return person.court_dates_since


def ever_held(case: Case, thread: str) -> bool:
    """Say whether anything between this pair was ever held to its end; not with a stand-in."""
    return any(
        thread in one.threads
        and one.state is InterventionState.COMPLETED
        and CATALOGUE[one.type].between_them
        for one in case.interventions.values()
    )
