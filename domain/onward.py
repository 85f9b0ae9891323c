"""What partner services are to hear of a person by that person's wish, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import Nonsense
from domain.words import CHILD_ROLES, OFFENDER_ROLES, STAND_INS, VICTIM_ROLES, OnwardState, Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.words import OnwardResult, PanelPart, PartnerService, Passed

AFFECTED = (
    VICTIM_ROLES
    | OFFENDER_ROLES
    | CHILD_ROLES
    | STAND_INS
    | {
        Role.SUPPORTER_OF_VICTIM,
        Role.SUPPORTER_OF_OFFENDER,
        Role.PARENT_OR_GUARDIAN_OF_VICTIM,
        Role.PARENT_OR_GUARDIAN_OF_OFFENDER,
        Role.COMMUNITY_MEMBER,
    }
)
"""To whom support is offered; not to those who are there for their work."""


@dataclass(frozen=True, slots=True)
class OnwardWish:
    """What a person wishes one service to hear, and since when."""

    items: frozenset[Passed]
    at: datetime
    panel: frozenset[PanelPart] = frozenset()
    """For the criminal justice panel: how they wish to take part in its work."""


@dataclass(frozen=True)
class Onward:
    """One referral to a partner service."""

    id: str
    party: str
    service: PartnerService
    items: frozenset[Passed]
    since: datetime
    state: OnwardState = OnwardState.ASKED
    changed_at: datetime | None = None
    result: OnwardResult | None = None
    told: bool = False
    """For the criminal justice panel: whether the person was told what it did."""


def onward(case: Case, name: str) -> Onward:
    """Return this referral to a partner service. Raises `Nonsense` if there is none."""
    if name not in case.onward:
        raise Nonsense(f"there is no referral onward {name} in this case")
    return case.onward[name]


def wished_since(case: Case, party: str) -> datetime | None:
    """Return since when this person wishes to be referred on, and was not yet."""
    wishes = case.party(party).onward_wishes.items()
    waiting = [wish.at for service, wish in wishes if not _referred(case, party, service, wish.at)]
    return min(waiting, default=None)


def _referred(case: Case, party: str, service: PartnerService, since: datetime) -> bool:
    return any(
        (one.party, one.service) == (party, service) and one.since >= since
        for one in case.onward.values()
    )
