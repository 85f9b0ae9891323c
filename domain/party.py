"""One person in a case, as they stand: what is known of them, and what they wish about contact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.changing import lean
from domain.words import (
    CHILD_ROLES,
    FOR_A_CHILD,
    OFFENDER_ROLES,
    STAND_INS,
    VICTIM_ROLES,
    Category,
    CjStage,
    ContactBy,
    FutureOffers,
    Role,
    Understanding,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.onward import OnwardWish
    from domain.texts import TextRef
    from domain.words import (
        AdultOffered,
        Channel,
        CommunityRemedy,
        ContactOutcome,
        EnhancedGround,
        OwnSide,
        PartnerService,
        PrivacyForm,
        Wish,
    )

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
CASE_STEPS = frozenset(
    {
        CjStage.CHARGED_PRE_PLEA,
        CjStage.GUILTY_PLEA_PRE_SENTENCE,
        CjStage.CONVICTED_AFTER_TRIAL_PRE_SENTENCE,
        CjStage.NFA_OR_ACQUITTED,
        CjStage.UNDER_APPEAL,
    }
)
"""Steps after which responsibility is asked again."""
NO_SUSPECT = frozenset({CjStage.NON_CRIME_CONFLICT, CjStage.NFA_OR_ACQUITTED})
LIVE_PROCEEDINGS = frozenset(
    {
        CjStage.REPORTED_UNDER_INVESTIGATION,
        CjStage.CHARGED_PRE_PLEA,
        CjStage.GUILTY_PLEA_PRE_SENTENCE,
        CjStage.CONVICTED_AFTER_TRIAL_PRE_SENTENCE,
        CjStage.UNDER_APPEAL,
    }
)


BEFOREHAND = timedelta(minutes=15)
"""How much sooner than the hour that somebody set they may be rung."""


class Attempt(NamedTuple):
    """One attempt to reach a person."""

    at: datetime
    channel: Channel
    outcome: ContactOutcome
    by: str | None = None
    """The practitioner who tried."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Which edition of the information on their data somebody was given, how and when."""

    edition: str
    form: PrivacyForm
    at: datetime


@lean
@dataclass(frozen=True)
class Party:
    """A person in this case. Everything personal about them is in the vault, under `details`."""

    id: str
    role: Role
    since: datetime
    """When they became part of the case."""
    details: TextRef | None = None
    identified: bool = True
    of: str | None = None
    """Whom a supporter, parent, interpreter or suitable adult is there for."""
    stage: CjStage | None = None
    remedy: CommunityRemedy | None = None
    """What the police made a community resolution of."""
    stage_at: datetime | None = None
    """When it last changed."""
    convicted_at: datetime | None = None
    """Since when they are known to be convicted, if they were and were not acquitted since."""
    enhanced_rights: bool = False
    enhanced_ground: EnhancedGround | None = None
    """Why, once staff said so; what is vulnerable about somebody is in the vault."""
    informed_at: datetime | None = None
    interested_at: datetime | None = None
    """When they said, in talking about restorative justice in general, that they are interested."""
    attempts: tuple[Attempt, ...] = ()
    last_contact: datetime | None = None
    heard_at: datetime | None = None
    """When they last said something, and were not only reached."""
    no_contact: bool = False
    """They asked not to be contacted in this matter."""
    no_contact_since: datetime | None = None
    contact_allowed_at: datetime | None = None
    """When they last asked to be contacted again."""
    later_offers: FutureOffers = FutureOffers.NOT_SAID
    later_offers_at: datetime | None = None
    no_later_offers_since: datetime | None = None
    """Since when they have wanted none, by what they said; None if they did not say so."""
    contact_by: ContactBy = ContactBy.NOT_SAID
    contact_by_at: datetime | None = None
    """When they last said whether they may be contacted."""
    safe_ways: frozenset[Channel] | None = None
    """The ways that they called safe, and no others; None if they did not say."""
    closed_ways: frozenset[Channel] = frozenset()
    """The ways in which they are not to be reached."""
    ways_at: datetime | None = None
    """When it was last said which ways are safe."""
    wishes_seen: Mapping[str, datetime] = field(default_factory=dict)
    """By practitioner, when they saw what this person wishes in other matters."""
    identity_doubted: bool = False
    """Whether it is in doubt that whoever speaks as them is them."""
    waiting_told_at: datetime | None = None
    """When they were last told that their case waits for a facilitator."""
    authority_at: datetime | None = None
    """When the organisation that they speak for gave them the authority to."""
    wishes: frozenset[Wish] = frozenset()
    chosen_word: TextRef | None = None
    """The word that they chose for themselves; "you" if none."""
    next_contact: datetime | None = None
    will_ring: bool = False
    """They said that they will be in touch themselves: the service does not."""
    no_follow_up_at: datetime | None = None
    """When they said that they want no follow-up of what was held by then."""
    privacy: Privacy | None = None
    """Which information they were last given on what is kept of them, and why."""
    died: bool = False
    died_at: datetime | None = None
    """When it was learnt, if they died."""
    danger_at: datetime | None = None
    """When a concern of safeguarding or danger about them was last raised."""
    met_by: str | None = None
    """Who led the case when a facilitator met them, or whom they accepted since."""
    not_wanted: frozenset[str] = frozenset()
    """Practitioners whom they do not want as their facilitator."""
    understanding: Understanding = Understanding.NOT_DOUBTED
    understanding_at: datetime | None = None
    """When it was last doubted or decided."""
    support_offered_at: datetime | None = None
    support_declined_at: datetime | None = None
    onward_declined: frozenset[PartnerService] = frozenset()
    court_dates_since: datetime | None = None
    """Since when they wish to be told when the court sits."""
    court_dates_declined: int = 0
    """The entry by which they said last that they do not wish it; 0 if they did not."""
    youth_service_since: datetime | None = None
    """Since when the youth justice service is involved, for a child who is responsible."""
    adult_offered: AdultOffered | None = None
    feedback_offered_at: datetime | None = None
    feedback_declined_at: datetime | None = None
    feedback_given_at: datetime | None = None
    own_side_work: tuple[OwnSide, ...] = ()
    """What was done with them alone, which is no intervention."""
    onward_wishes: Mapping[PartnerService, OnwardWish] = field(default_factory=dict)
    """Which partner services they wish to hear of them, and what."""

    @property
    def is_victim(self) -> bool:
        """Whether this is a harmed person."""
        return self.role in VICTIM_ROLES

    @property
    def is_offender(self) -> bool:
        """Whether this is a person responsible."""
        return self.role in OFFENDER_ROLES

    @property
    def is_stand_in(self) -> bool:
        """Whether they stand in for somebody of the matter, and are nobody of it themselves."""
        return self.role in STAND_INS

    @property
    def is_of_a_pair(self) -> bool:
        """Whether they take part through a pair of their own."""
        return self.is_victim or self.is_offender or self.is_stand_in

    @property
    def is_child(self) -> bool:
        """Whether this person is recorded as under 18."""
        return self.role in CHILD_ROLES

    @property
    def answers_for_a_child(self) -> bool:
        """Whether this is a parent, guardian or other suitable adult."""
        return self.role in FOR_A_CHILD

    @property
    def reachable(self) -> bool:
        """Whether the service may be in touch with them at all."""
        return not self.no_contact and not self.died

    @property
    def category(self) -> Category:
        """Data-subject category on this date (Data Protection Act 2018 s.38(3))."""
        if self.is_victim:
            return Category.VICTIM
        if not self.is_offender or self.stage in NO_SUSPECT:
            return Category.WITNESS_OR_OTHER
        convicted = self.stage in CONVICTED_STAGES or self.convicted_at is not None
        return Category.CONVICTED if convicted else Category.SUSPECT

    @property
    def is_left_to_the_referrer(self) -> bool:
        """Whether nobody but whoever referred them speaks with them."""
        return self.contact_by is ContactBy.REFERRER_ONLY

    def may_be_reached(self, channel: Channel) -> bool:
        """Say whether this is a way in which they may be reached, as far as they said."""
        named = self.safe_ways is None or channel in self.safe_ways
        return named and channel not in self.closed_ways

    def attempts_since(self, moment: datetime) -> tuple[Attempt, ...]:
        """Return the attempts to reach them after this moment, earliest first."""
        return tuple(a for a in self.attempts if a.at > moment)
