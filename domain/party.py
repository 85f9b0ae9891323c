"""A person in a case: who they are to it, and what they wish about contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.words import CHILD_ROLES, OFFENDER_ROLES, VICTIM_ROLES, Category, CjStage, FutureOffers

if TYPE_CHECKING:
    from datetime import datetime

    from domain.texts import TextRef
    from domain.words import Channel, ContactOutcome, Role, Wish


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach a person."""

    at: datetime
    channel: Channel
    outcome: ContactOutcome


@dataclass(frozen=True, slots=True)
class Party:
    """A person in this case. Everything personal about them is in the vault, under `details`."""

    id: str
    role: Role
    details: TextRef | None = None
    identified: bool = True
    of: str | None = None
    """Whom a supporter, parent, interpreter or suitable adult is there for."""
    stage: CjStage | None = None
    enhanced_rights: bool = False
    informed_at: datetime | None = None
    attempts: tuple[Attempt, ...] = ()
    last_contact: datetime | None = None
    no_contact: bool = False
    later_offers: FutureOffers = FutureOffers.NOT_SAID
    wishes: frozenset[Wish] = frozenset()
    next_contact: datetime | None = None
    will_ring: bool = False
    """They said that they will be in touch themselves: the service does not."""
    follow_up_declined: bool = False
    followed_up: int = 0
    died: bool = False

    @property
    def is_victim(self) -> bool:
        """Whether this is a harmed person."""
        return self.role in VICTIM_ROLES

    @property
    def is_offender(self) -> bool:
        """Whether this is a person responsible."""
        return self.role in OFFENDER_ROLES

    @property
    def is_child(self) -> bool:
        """Whether this person is recorded as under 18."""
        return self.role in CHILD_ROLES

    @property
    def category(self) -> Category:
        """Data-subject category on this date (Data Protection Act 2018 s.38(3))."""
        if self.is_victim:
            return Category.VICTIM
        if not self.is_offender or self.stage is CjStage.NON_CRIME_CONFLICT:
            return Category.WITNESS_OR_OTHER
        return Category.CONVICTED if self.stage in CONVICTED_STAGES else Category.SUSPECT


CONVICTED_STAGES = frozenset(
    {
        CjStage.DEFERRED_SENTENCE,
        CjStage.CONVICTED_AFTER_TRIAL_PRE_SENTENCE,
        CjStage.GUILTY_PLEA_PRE_SENTENCE,
        CjStage.REFERRAL_ORDER,
        CjStage.COMMUNITY_OR_SUSPENDED_SENTENCE,
        CjStage.CUSTODY,
        CjStage.ROTL_OR_OPEN,
        CjStage.LICENCE_OR_POST_RELEASE,
        CjStage.RECALLED,
        CjStage.HOSPITAL_ORDER,
        CjStage.SENTENCE_EXPIRED,
    }
)
LIVE_PROCEEDINGS = frozenset(
    {
        CjStage.REPORTED_UNDER_INVESTIGATION,
        CjStage.CHARGED_PRE_PLEA,
        CjStage.GUILTY_PLEA_PRE_SENTENCE,
        CjStage.CONVICTED_AFTER_TRIAL_PRE_SENTENCE,
    }
)
