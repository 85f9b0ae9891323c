"""One victim and one offender, as they stand: their episodes, and what each chose in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.changing import lean
from domain.errors import Nonsense
from domain.words import INFORMED, Choice, Explained, Responsibility, RiskDecision, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.words import (
        Channel,
        EndReason,
        EpisodeKind,
        ForChild,
        Passable,
        Preference,
        RiskItem,
        Told,
        TowardsThem,
        WithdrawalCause,
        Withdrew,
    )

SAID_NO = frozenset(
    {Choice.DECLINED_THIS_OFFER, Choice.DECLINED_NO_FURTHER_CONTACT, Choice.WITHDRAWN}
)
AT_THEIR_PACE = frozenset({Choice.CONSIDERING, Choice.DEFERRED, Choice.PAUSED})


@lean
@dataclass(frozen=True)
class Side:
    """What one person of a pair chose in this episode, and what it rests on."""

    choice: Choice = Choice.NOT_YET_OFFERED
    chosen_at: datetime | None = None
    withdrew: Withdrew | None = None
    """How far things had come when they last took their consent back in this pass."""
    withdrew_because: WithdrawalCause | None = None
    """Why, as they said of themselves."""
    choice_version: int = 0
    interested_at: datetime | None = None
    offered_at: datetime | None = None
    offers: tuple[datetime, ...] = ()
    """When taking part was offered to them in this pass, each time."""
    meeting_offered_at: datetime | None = None
    meeting_way: Channel | None = None
    """How they prefer to meet a facilitator, if they said."""
    meeting_offers: tuple[datetime, ...] = ()
    met_at: datetime | None = None
    meeting_not_wanted: bool = False
    explained: frozenset[Explained] = frozenset()
    understood: bool = False
    scopes: frozenset[Scope] = frozenset()
    company: frozenset[str] = frozenset()
    """Those besides the pairs to whose coming they agreed, each by name."""
    company_declined: Mapping[str, int] = field(default_factory=dict)
    """Those whom they do not want there, and the entry by which they said so last."""
    consented_at: datetime | None = None
    confirmed_at: datetime | None = None
    """When they last said, asked again, that their consent stands."""
    to_confirm: frozenset[str] = frozenset()
    """Changes since the consent, each of which the person is to be asked about again."""
    adult_no_at: datetime | None = None
    """When the parent, guardian or other suitable adult of this child said no, if that stands."""
    decided_for_child: ForChild | None = None
    """What a supervisor decided where the child says yes and the adult no."""
    misled: bool = False
    """Whether the service knows that what they agreed to rests on something misleading."""
    preferred_at: datetime | None = None
    """When they were last asked what they prefer about form, place, time, order and company."""
    prefers: frozenset[Preference] = frozenset()
    """What they have a wish about."""
    may_pass: frozenset[Passable] = frozenset()
    """What the other person may be told about them, by their own wish."""
    kept: Mapping[Passable, int] = field(default_factory=dict)
    """What the other is not to be told, and the entry by which they said so last."""
    steps: Mapping[TowardsThem, datetime] = field(default_factory=dict)
    """The steps towards the offender that this victim agreed to and did not take back, and when."""
    steps_kept: Mapping[TowardsThem, int] = field(default_factory=dict)
    """The steps that they took back, and the entry by which they said so last."""
    followed_up: int = 0
    """How often they were asked how they are, after it was held."""

    @property
    def consents(self) -> bool:
        """Whether a written consent stands now, with nothing since that makes it stale."""
        return self.choice is Choice.CONSENTED and not self.to_confirm

    @property
    def fully_informed(self) -> bool:
        """Whether what an informed choice needs was gone through, and understood."""
        return self.met_at is not None and self.understood and self.explained >= INFORMED

    @property
    def is_owed_a_meeting(self) -> bool:
        """Whether they are interested, and no facilitator met them or was declined."""
        return self.interested_at is not None and not self.met_at and not self.meeting_not_wanted


@dataclass(frozen=True)
class Risk:
    """The decision on the risk of the process, for one episode."""

    decision: RiskDecision
    decided_at: datetime
    by: str
    review_on: datetime | None = None
    conditions: bool = False
    """Whether what must be so for it to go ahead is on record."""
    countersigned_by: str | None = None
    stale: frozenset[str] = frozenset()
    """Changes since it was decided."""
    explained: bool = False
    """Whether it was explained to the victim, where it does not allow anything."""


@dataclass(frozen=True, slots=True)
class RiskFinding:
    """What was found of one item of the assessment of risk, the last time."""

    found_at: datetime
    remains: bool = False
    """Whether a risk is left after what is done about it."""
    review_on: datetime | None = None
    """On whose day it is looked at again, if one was set."""


@dataclass(frozen=True)
class Approach:
    """Whether a victim may hear of what the offender initiated, where that is held."""

    proposed_at: datetime
    proposed_by: str
    decided_by: str | None = None
    decided_at: datetime | None = None
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """Why and when an episode ended, and what each person was told."""

    reason: EndReason
    at: datetime
    told: Mapping[str, Told]


@lean
@dataclass(frozen=True)
class Episode:
    """One pass of one pair through the process."""

    number: int
    kind: EpisodeKind
    opened_at: datetime
    known_at: datetime
    """When its opening was recorded."""
    victim: Side = Side()
    offender: Side = Side()
    responsibility: Responsibility = Responsibility.NOT_EXPLORED
    responsibility_at: datetime | None = None
    responsibility_again: bool = False
    """Whether a step of the criminal case since then makes it to be asked again."""
    risk: Risk | None = None
    risk_items: Mapping[tuple[RiskItem, str | None], RiskFinding] = field(default_factory=dict)
    """Each item looked at, about whom, and what was found."""
    agreement_at: datetime | None = None
    last_activity: datetime | None = None
    shaken_at: datetime | None = None
    """When something last changed that makes what was decided or agreed stale."""
    ended: Ending | None = None
    asked_by: str | None = None
    """Which of the two brought it about, if it is a return or a later offer."""

    @property
    def accepts_responsibility(self) -> bool:
        """Whether acceptance was found, with no step of the criminal case since."""
        accepts = self.responsibility is Responsibility.ACCEPTS_RESPONSIBILITY
        return accepts and not self.responsibility_again

    @property
    def to_ask_again(self) -> bool:
        """Whether anything is stale that has to be asked or decided again."""
        stale = self.risk is not None and bool(self.risk.stale)
        asked = any(side.to_confirm for side in (self.victim, self.offender))
        return stale or asked or self.responsibility_again


@lean
@dataclass(frozen=True)
class Thread:
    """One victim and one offender, through all their episodes."""

    id: str
    victim: str
    offender: str
    episodes: tuple[Episode, ...]
    later_offer_at: datetime | None = None
    later_offer_kind: EpisodeKind | None = None
    later_offer_to: str | None = None
    later_offers: tuple[tuple[str, datetime], ...] = ()
    """Whom it was offered to again after an ending, and when, each time."""
    approach: Approach | None = None
    no_later_offer_at: datetime | None = None
    """When somebody last weighed a later offer, and made none."""
    youth_service_invites: bool | None = None
    """Whether the youth justice service finds inviting the victim appropriate, where it said."""

    @property
    def current(self) -> Episode:
        """The latest episode."""
        return self.episodes[-1]

    @property
    def open(self) -> bool:
        """Whether the latest episode is still under way."""
        return self.episodes[-1].ended is None

    @property
    def people(self) -> tuple[str, str]:
        """The two of them, the victim first."""
        return self.victim, self.offender

    def side(self, party: str) -> Side:
        """Return what this person chose in the latest episode."""
        return self.current.victim if party == self.victim else self.current.offender

    def own_side(self, party: str) -> Side:
        """Return what this person chose. Raises `Nonsense` unless they are one of the pair."""
        if party not in self.people:
            raise Nonsense(f"{party} is not one of the pair {self.id}")
        return self.side(party)

    def other(self, party: str) -> str:
        """Return the other person of the pair."""
        return self.offender if party == self.victim else self.victim


@dataclass(frozen=True, slots=True)
class Permission:
    """What stands in the way by law, or what the one who imposed it has allowed."""

    barred: bool
    officer_view: bool = False
    """Whether the view of the officer in the case or the prosecutor is on record."""
