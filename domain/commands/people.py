"""Adding and knowing the people of a case, and what each wishes about contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.asking import Asking, At, CaseCommand
from domain.calendar import Moment
from domain.commands.suspending import How, suspended
from domain.errors import Nonsense
from domain.events import people as happened
from domain.events.changes import ChangeRecorded
from domain.ids import PartyId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import (
    OFFENDER_ROLES,
    SAYS_TOO_MUCH,
    STAND_INS,
    VICTIM_ROLES,
    Act,
    Change,
    Channel,
    CjStage,
    CommunityRemedy,
    ContactBy,
    ContactOutcome,
    FutureOffers,
    PartnerService,
    Role,
    Wish,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.pair import Thread

Details = Annotated[TextRef, OwnedBy("party")]
"""Name, birth date, address, safe ways of contact: a JSON document in the vault."""


class NewParty(BaseModel):
    """A person who is part of the case. V1, O1, S1, C1 … are free names within the case."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    party: PartyId = Field(description="V1, O1, S1 or C1: the next free one")
    role: Role
    identified: bool = Field(default=True, description="whether it is known who they are")
    of: PartyId | None = Field(default=None, description="whom they are there for, if anyone")
    enhanced_rights: bool = Field(default=False, description="entitled to enhanced rights")
    stage: CjStage | None = Field(default=None, description="for a person responsible")
    details: Details | None = Field(default=None, description="name, birth date, safe contact …")
    contact_by: ContactBy = Field(
        default=ContactBy.NOT_SAID, description="who may be in touch, as they said to the referrer"
    )
    safe_ways: tuple[Channel, ...] = Field(
        default=(), description="the ways that the referral calls safe; any if left out"
    )


def added(people: tuple[NewParty, ...], asking: Asking) -> Iterator[CaseEvent]:
    """Yield the events by which people join a case, and the pairs that they make.

    Raises `Nonsense` for a name that is or was somebody else's, or that does not fit the role.
    """
    case = asking.now
    victims = [p.id for p in case.victims]
    offenders = [p.id for p in case.offenders]
    taken = {e.event.party for e in asking.history if isinstance(e.event, happened.PartyAdded)}
    known = {*case.parties, *(p.party for p in people)}
    for person in people:
        _fits_in(person, taken, known)
        taken.add(person.party)
        if person.role in VICTIM_ROLES:
            victims.append(person.party)
        if person.role in OFFENDER_ROLES:
            offenders.append(person.party)
        yield happened.PartyAdded(**dict(person))
    for victim in victims:
        for offender in offenders:
            thread = f"{victim}-{offender}"
            if thread not in case.threads:
                yield happened.ThreadOpened(thread=thread, victim=victim, offender=offender)


def _fits_in(person: NewParty, taken: Collection[str], known: set[str]) -> None:
    if person.role in STAND_INS:
        raise Nonsense(f"{person.party} is a stand-in: they are added with add_stand_in")
    says_no_more_than_it_may(person.role)
    if person.party in taken:
        raise Nonsense(f"{person.party} is, or was, somebody else in this case")
    if not person.party.startswith(letter_of(person.role)):
        raise Nonsense(f"{person.party} does not fit {person.role}: {letter_of(person.role)}…")
    if person.of is not None and person.of not in known - {person.party}:
        raise Nonsense(f"of: there is no person {person.of} in this case")


def says_no_more_than_it_may(role: Role) -> None:
    """Raise `Nonsense` for a role that would say in the log what kind of case it is."""
    if role in SAYS_TOO_MUCH:
        raise Nonsense(
            f"role: {role} would say in the record what kind of case this is: they are "
            f"{SAYS_TOO_MUCH[role]} here, and which they are is written in their details (notes)"
        )


def letter_of(role: Role) -> str:
    """Return the letter that the names of people of this role begin with."""
    if role in VICTIM_ROLES | {Role.PROXY_VICTIM}:
        return "V"
    if role in OFFENDER_ROLES | {Role.PROXY_OFFENDER}:
        return "O"
    return "C" if role is Role.COMMUNITY_MEMBER else "S"


class AddParty(CaseCommand, NewParty):
    """Add a person to the case; with each person of the other side they make a pair."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the person and their pairs; where others of these are on their way already, that
        somebody joined."""
        yield from added(
            (NewParty(**{f: getattr(self, f) for f in NewParty.model_fields}),), asking
        )
        others = tuple(t.id for t in joined_by(case, self.role) if t.open and t.current.risk)
        if others:
            yield ChangeRecorded(party=self.party, change=Change.SOMEBODY_JOINED, threads=others)


def joined_by(case: Case, role: Role) -> Iterator[Thread]:
    """Yield the pairs with somebody whom a new person of this role will be in a pair with too."""
    side = case.offenders if role in VICTIM_ROLES else case.victims
    other = side if role in VICTIM_ROLES | OFFENDER_ROLES else ()
    for person in other:
        yield from case.threads_of(person.id)


class IdentifyParty(CaseCommand):
    """Record who somebody is who was not known by name."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    details: Details

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they are known."""
        case.party(self.party)
        return (happened.PartyIdentified(party=self.party, details=self.details),)


class ChangeDetails(CaseCommand):
    """Record a person's changed or corrected details as a new version."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    details: Details

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the new version."""
        case.party(self.party)
        return (happened.DetailsChanged(party=self.party, details=self.details),)


class RecordStage(CaseCommand):
    """Record where the criminal justice process stands for a person responsible."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    stage: CjStage
    remedy: CommunityRemedy | None = Field(
        default=None, description="for a community resolution, what the police made it of"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the stage; what was booked waits until permission, risk and wishes are asked
        again."""
        if not case.party(self.party).is_offender:
            raise Nonsense(f"{self.party} is not a person responsible: only they have a stage")
        if self.remedy and self.stage is not CjStage.COMMUNITY_RESOLUTION:
            raise Nonsense("remedy: only a community resolution is made of one")
        yield happened.StageRecorded(party=self.party, stage=self.stage, remedy=self.remedy)
        theirs = tuple(thread.id for thread in case.open_threads_of(self.party))
        yield from suspended(case, theirs, How.A_BREAK, asking.on, by="FACILITATOR")


class GiveInformation(CaseCommand):
    """Record that a person was told what restorative justice is."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channel: Channel
    leaflet: str | None = Field(default=None, pattern=r"^[A-Za-z0-9._-]{1,40}$")
    by_service: PartnerService | None = Field(
        default=None, description="which partner service told them, if not this one"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        case.party(self.party)
        return (
            happened.InformationGiven(
                party=self.party,
                channel=self.channel,
                leaflet=self.leaflet,
                by_service=self.by_service,
            ),
        )


class RecordContactAttempt(CaseCommand):
    """Record an attempt to reach a person, and what came of it. It is never a choice."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channel: Channel
    outcome: ContactOutcome

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the attempt."""
        case.party(self.party)
        return (
            happened.ContactAttempted(party=self.party, channel=self.channel, outcome=self.outcome),
        )


class RecordRequiredContact(CaseCommand):
    """Record a contact that the law requires or safety demands, whatever a person asked for.

    It is worded as such, and says nothing of restorative justice.
    """

    act: ClassVar[Act] = Act.SUPERVISE

    party: PartyId
    ground: Literal["LAW", "SAFETY"]
    channel: Channel
    reasons: Annotated[TextRef, OwnedBy(CASE)] = Field(description="what required it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the contact."""
        case.party(self.party)
        return (
            happened.RequiredContactMade(
                party=self.party, ground=self.ground, channel=self.channel, reasons=self.reasons
            ),
        )


class RecordWish(CaseCommand):
    """Record what a person wishes to be told, or wishes not to be told."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    wish: Wish
    wanted: bool = True

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        return (happened.WishRecorded(party=self.party, wish=self.wish, wanted=self.wanted),)


class RecordChosenWord(CaseCommand):
    """Record the word that a person chose for themselves in this matter, or that they choose none.

    Victim, survivor, a name, "bereaved family": what they read calls them so, and otherwise "you".
    """

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    word: Annotated[TextRef, OwnedBy("party")] | None = Field(
        default=None, description="the word; none any more if left out"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the word."""
        case.party(self.party)
        yield happened.WordChosen(party=self.party, word=self.word)


class RecordLaterOffersWish(CaseCommand):
    """Record whether a person wants to hear of later offers: wanted, not wanted or not said."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    later_offers: FutureOffers

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        return (happened.LaterOffersWishRecorded(party=self.party, later_offers=self.later_offers),)


class DeclineLaterOffers(CaseCommand):
    """Record that a person does not want to hear of later offers."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        refused = FutureOffers.REFUSED
        return (happened.LaterOffersWishRecorded(party=self.party, later_offers=refused),)


class AgreeNextContact(CaseCommand):
    """Record when the person wants to hear from the service next, or that they will ring."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    at: Moment | None = Field(default=None, description="the day and hour they set")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the date, or that they will ring."""
        case.party(self.party)
        return (happened.NextContactAgreed(party=self.party, at=self.at),)
