"""How a case begins: an enquiry, a discussion or a referral; each may be the first command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.calendar import Day, local_day
from domain.commands.people import NewParty, added
from domain.errors import Nonsense
from domain.events import opening as happened
from domain.events.ending import EpisodeOpened
from domain.events.staff import CaseOpened
from domain.ids import PartyId
from domain.owed.later import ELSEWHERE
from domain.stage import ended_at
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import OFFENDER_ROLES, VICTIM_ROLES, Act, EpisodeKind, Initiator, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]
Said = Annotated[TextRef, OwnedBy("party")]


CONTRADICTIONS = frozenset(
    {
        (Source.OFFENDER_SELF, Initiator.VICTIM_INITIATED),
        (Source.VICTIM_SELF, Initiator.OFFENDER_INITIATED),
    }
)
"""Who brings a matter of their own, and who is said to have begun it."""
SERVICE = "DERBYSHIRE_RJ"
"""The service that a matter comes to unless another is named."""


class OpeningCommand(CaseCommand, abstract=True):
    """A command that may be the first of a case, and brings people with it."""

    opens: ClassVar[bool] = True
    act: ClassVar[Act] = Act.INFORM

    parties: tuple[NewParty, ...] = Field(default=(), description="the people, as far as known")
    organisation: str = Field(
        default=SERVICE, pattern=r"^[A-Z0-9_]{1,60}$", description="the service that takes it on"
    )

    def home(self, asking: Asking) -> tuple[str, str]:
        """Return the service and the area whose supervisors answer for a case opened so."""
        return self.organisation, asking.who.area

    def setting(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that the case exists, if it is new, and who is in it."""
        if case.version == 0:
            organisation, area = self.home(asking)
            yield CaseOpened(case_worker=asking.actor.id, organisation=organisation, area=area)
        yield from added(self.parties, asking)


class RecordEnquiry(OpeningCommand):
    """Record that somebody asked about restorative justice in a matter of their own."""

    source: Source
    asked: Note | None = Field(default=None, description="what they asked, in their words")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the enquiry."""
        if case.version:
            raise Nonsense("an enquiry opens a case; this one is open already")
        yield happened.EnquiryRecorded(source=self.source, asked=self.asked)


class EndEnquiry(CaseCommand):
    """Record that an enquiry led to nothing further."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it ended."""
        if asking.now.threads or asking.now.referred_at:
            raise Nonsense("this is more than an enquiry: its pairs end one by one")
        return (happened.EnquiryEnded(),)


class RecordDiscussion(OpeningCommand):
    """Record that restorative justice in general was discussed with one person."""

    party: PartyId = Field(description="with whom")
    interested: bool | None = Field(default=None, description="left out if they did not say")
    said: Said | None = Field(default=None, description="what they said, in their words")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the discussion."""
        if self.party not in {*case.parties, *(p.party for p in self.parties)}:
            raise Nonsense(f"there is no person {self.party} in this case")
        yield happened.DiscussionRecorded(
            party=self.party, interested=self.interested, said=self.said
        )


class Refer(OpeningCommand):
    """Refer a matter to the service, or make a referral of an enquiry or a discussion."""

    source: Source
    initiator: Initiator
    historic: bool = Field(default=False, description="an offence long past")
    reported_on: Day | None = Field(default=None, description="the day it was reported, if it was")
    offence: Note | None = Field(default=None, description="what happened, when and where")
    notes: Note | None = Field(default=None, description="what the service should know")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the referral."""
        if asking.now.referred_at is not None:
            raise Nonsense("this case was referred already")
        roles = {p.role for p in case.parties.values()} | {p.role for p in self.parties}
        if not roles & VICTIM_ROLES:
            raise Nonsense("a referral names at least one harmed person (V1)")
        if not roles & OFFENDER_ROLES:
            raise Nonsense(
                "a referral names at least one person responsible (O1), identified or not"
            )
        if (self.source, self.initiator) in CONTRADICTIONS:
            raise Nonsense(
                f"initiator: {self.initiator} does not go with the source {self.source}: whoever "
                "comes of themselves is the one who began it"
            )
        if self.reported_on and self.reported_on > local_day(asking.on):
            raise Nonsense("reported_on lies in the future")
        who = asking.who
        yield happened.ReferralReceived(
            source=self.source,
            initiator=self.initiator,
            referrer=asking.actor.id,
            organisation=self.organisation,
            area=who.area,
            historic=self.historic,
            reported_on=self.reported_on,
            offence=self.offence,
            notes=self.notes,
            asked_by=self.asked_by,
        )
        yield from self._comes_back(case)

    def _comes_back(self, case: Case) -> Iterable[CaseEvent]:
        """Yield that the ended pairs of whoever refers themselves are taken up again."""
        roles = {Source.VICTIM_SELF: VICTIM_ROLES, Source.OFFENDER_SELF: OFFENDER_ROLES}
        theirs = [p.id for p in case.parties.values() if p.role in roles.get(self.source, ())]
        asks = self.asked_by or (theirs[0] if len(theirs) == 1 else None)
        for thread in case.threads_of(asks) if asks in theirs else ():
            ended = thread.current.ended
            if ended is not None and ended.reason not in ELSEWHERE:
                yield EpisodeOpened(
                    thread=thread.id,
                    number=len(thread.episodes) + 1,
                    kind=EpisodeKind.RETURN,
                    asked_by=asks,
                )


class AcceptReferral(CaseCommand):
    """Take the referral on, and tell the referrer so."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was accepted."""
        if case.referred_at is None:
            raise Nonsense("nothing was referred here yet")
        if asking.now.accepted_at is not None:
            raise Nonsense("the referral was accepted already")
        return (happened.ReferralAccepted(),)


class TellReferrer(CaseCommand):
    """Record that whoever referred it was told that it has ended. What anybody said or chose is not
    told with it: that takes the person's own agreement (refer_onward)."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        if asking.now.referred_at is None or ended_at(asking.now) is None:
            raise Nonsense("no referral has ended here: there is nothing to tell")
        return (happened.ReferrerTold(),)
