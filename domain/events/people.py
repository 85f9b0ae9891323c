"""The people of a case, the pairs they make, and what each wishes about contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import AwareDatetime

from domain.case import Attempt, Episode, Party, Thread, wait_key
from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.party import CASE_STEPS, CONVICTED_STAGES, NO_SUSPECT
from domain.stale import after
from domain.texts import TextRef
from domain.words import (
    Change,
    Channel,
    Choice,
    CjStage,
    CommunityRemedy,
    ContactBy,
    ContactOutcome,
    EpisodeKind,
    FutureOffers,
    PartnerService,
    Role,
    Wish,
)

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, When


SPOKEN_WITH = frozenset({Channel.IN_PERSON, Channel.TELEPHONE, Channel.VIDEO})
"""Ways in which somebody who is told something answers."""


class PartyAdded(CaseEvent):
    """A person is part of this case."""

    founding: ClassVar[bool] = True

    party: PartyId
    role: Role
    identified: bool = True
    of: PartyId | None = None
    enhanced_rights: bool = False
    stage: CjStage | None = None
    details: TextRef | None = None
    contact_by: ContactBy = ContactBy.NOT_SAID
    safe_ways: tuple[Channel, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """They are known by their id; everything personal is in the vault."""
        party = Party(
            id=self.party,
            role=self.role,
            since=when.effective,
            details=self.details,
            identified=self.identified,
            of=self.of,
            stage=self.stage,
            convicted_at=when.effective if self.stage in CONVICTED_STAGES else None,
            enhanced_rights=self.enhanced_rights,
            contact_by=self.contact_by,
            contact_by_at=when.recorded if self.contact_by is not ContactBy.NOT_SAID else None,
            safe_ways=frozenset(self.safe_ways) or None,
            ways_at=when.recorded if self.safe_ways else None,
        )
        return case.changed(parties={**case.parties, self.party: party})


class ThreadOpened(CaseEvent):
    """One harmed person and one person responsible are a pair, with a course of their own."""

    founding: ClassVar[bool] = True

    thread: ThreadId
    victim: PartyId
    offender: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Its first episode begins."""
        episode = Episode(1, EpisodeKind.FIRST, when.effective, when.recorded)
        thread = Thread(self.thread, self.victim, self.offender, (episode,))
        return case.changed(threads={**case.threads, self.thread: thread})


class PartyIdentified(CaseEvent):
    """Somebody who was not known by name now is."""

    party: PartyId
    details: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """The details are theirs from now on."""
        return case.with_party(self.party, identified=True, details=self.details)


class DetailsChanged(CaseEvent):
    """A person's details have a new version in the vault; the old one is kept there."""

    party: PartyId
    details: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """What rules read of them is the new version."""
        return case.with_party(self.party, details=self.details)


class StageRecorded(CaseEvent):
    """Where the criminal justice process stands for a person responsible."""

    party: PartyId
    stage: CjStage
    remedy: CommunityRemedy | None = None
    """What the police made a community resolution of. It is theirs, and no restorative work."""

    def apply(self, case: Case, when: When) -> Case:
        """A change makes risk stale, permissions unknown and consents to be confirmed again, in
        each of their open pairs; a step of the criminal case, responsibility to be asked again."""
        case = case.with_party(self.party, remedy=self.remedy)
        if case.party(self.party).stage is self.stage:
            return case
        case = case.with_party(
            self.party,
            stage=self.stage,
            stage_at=when.effective,
            convicted_at=self._convicted(case, when),
        )
        change = Change.CASE_STEP if self.stage in CASE_STEPS else Change.STAGE_CHANGED
        threads = [t.id for t in case.open_threads_of(self.party)]
        return after(case, change, threads, when.effective, party=self.party)

    def _convicted(self, case: Case, when: When) -> datetime | None:
        known = case.party(self.party).convicted_at
        if self.stage in NO_SUSPECT:
            return None
        return known or (when.effective if self.stage in CONVICTED_STAGES else None)


class InformationGiven(CaseEvent):
    """A person was told what restorative justice is. It is not an offer."""

    party: PartyId
    channel: Channel
    leaflet: str | None = None
    by_service: PartnerService | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The clock on giving information stops for them."""
        person = case.party(self.party)
        case = case.with_party(self.party, informed_at=person.informed_at or when.effective)
        heard = self.channel in SPOKEN_WITH
        case = case.in_touch(self.party, when.effective, heard=heard)
        for thread in case.open_threads_of(self.party):
            if thread.side(self.party).choice is Choice.NOT_YET_OFFERED:
                case = case.with_side(thread.id, self.party, choice=Choice.INFORMATION_GIVEN)
        return case


class ContactAttempted(CaseEvent):
    """Somebody tried to reach a person. Whatever came of it is not a choice."""

    party: PartyId
    channel: Channel
    outcome: ContactOutcome

    def apply(self, case: Case, when: When) -> Case:
        """The attempt counts towards the contact plan; only speaking counts as contact."""
        party, outcome = self.party, self.outcome
        attempt = Attempt(when.effective, self.channel, outcome, when.actor)
        attempts = case.party(party).attempts + (attempt,)  # noqa: RUF005 - copied once
        case = case.with_party(party, attempts=attempts)
        heard = outcome is ContactOutcome.SPOKE
        if outcome is ContactOutcome.CONTACT_UNSAFE:
            case = case.with_ways_closed(party, when.recorded, self.channel)
        reached = heard or outcome is ContactOutcome.REACHED_NOT_DISCUSSED
        return case.in_touch(party, when.effective, heard=heard) if reached else case


class RequiredContactMade(CaseEvent):
    """The service was in touch because the law requires it or safety demands it."""

    party: PartyId
    ground: Literal["LAW", "SAFETY"]
    channel: Channel
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """It counts neither as contact nor as an attempt, and lifts no wish."""
        return case


class WishRecorded(CaseEvent):
    """What a person wishes to be told, or not."""

    party: PartyId
    wish: Wish
    wanted: bool = True

    @property
    def stands_from_recording(self) -> bool:
        """A wish not to be told does."""
        return self.wish is Wish.NOT_BE_TOLD and self.wanted

    def apply(self, case: Case, when: When) -> Case:
        """A wish stands until they change it."""
        wishes = case.party(self.party).wishes
        now = wishes | {self.wish} if self.wanted else wishes - {self.wish}
        return case.with_party(self.party, wishes=now)


class WordChosen(CaseEvent):
    """A person chose the word for themselves in this matter, or none."""

    party: PartyId
    word: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """What they read calls them so from now on."""
        return case.with_party(self.party, chosen_word=self.word)


class LaterOffersWishRecorded(CaseEvent):
    """Whether a person wants to hear of later offers: wanted, not wanted or not said."""

    party: PartyId
    later_offers: FutureOffers

    @property
    def stands_from_recording(self) -> bool:
        """A no to later offers does."""
        return self.later_offers is FutureOffers.REFUSED

    def apply(self, case: Case, when: When) -> Case:
        """Only a refusal forbids a later offer; said again, it holds from the first time."""
        since = None
        if self.later_offers is FutureOffers.REFUSED:
            before = case.party(self.party).no_later_offers_since
            since = min(before or when.effective, when.effective)
        return case.with_party(
            self.party,
            later_offers=self.later_offers,
            later_offers_at=when.recorded,
            no_later_offers_since=since,
        )


class NextContactAgreed(CaseEvent):
    """When the service is next to be in touch, as the person set it; or that they will ring."""

    party: PartyId
    at: AwareDatetime | None = None

    @property
    def stands_from_recording(self) -> bool:
        """That they will ring themselves does."""
        return self.at is None

    def apply(self, case: Case, when: When) -> Case:
        """Without a date the service waits for them."""
        return case.with_party(self.party, next_contact=self.at, will_ring=self.at is None)


class ContactDateCame(CaseEvent):
    """The date came that the person had set for the next contact. It changes no choice."""

    is_work: ClassVar[bool] = False

    party: PartyId
    at: AwareDatetime

    def apply(self, case: Case, when: When) -> Case:
        """A member of staff is to be in touch as they asked."""
        key = wait_key("contact_as_they_asked", self.party, self.at)
        return case.changed(missed=case.missed | {key})
