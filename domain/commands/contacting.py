"""How a person may be reached, whether they may be at all, and who it is that calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.opening import SERVICE
from domain.errors import Nonsense
from domain.events import contacting as happened
from domain.events.staff import CaseOpened
from domain.ids import PartyId
from domain.words import Act, Channel, Identified

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class RecordSafeWays(CaseCommand):
    """Record in which ways a person, or before they could say so the referral, calls it safe to
    reach them; no other way is used."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channels: tuple[Channel, ...] = Field(min_length=1, description="these, and no others")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the ways."""
        case.party(self.party)
        return (happened.SafeWaysRecorded(party=self.party, channels=self.channels),)


class CloseWays(CaseCommand):
    """Record in which ways a person is not to be reached."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    channels: tuple[Channel, ...] = Field(min_length=1, description="the ways that are not safe")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they are closed."""
        case.party(self.party)
        return (happened.WaysClosed(party=self.party, channels=self.channels),)


class WithholdDetails(CaseCommand):
    """Record that a person asked that their details are not passed on.

    Whoever referred them may still speak with them; the service does not."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        return (happened.DetailsWithheld(party=self.party),)


class AgreeToContact(CaseCommand):
    """Record that a person agrees to be contacted by the service. It is no consent to more."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they agree."""
        case.party(self.party)
        return (happened.ContactAgreedTo(party=self.party),)


class RecordCall(CaseCommand):
    """Record that a person of the case called or came, and how it was made sure that it is them,
    before anything was said."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    identified: Identified = Field(description="how it was made sure")
    channel: Channel = Channel.TELEPHONE

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the call."""
        case.party(self.party)
        return (
            happened.CallTaken(party=self.party, identified=self.identified, channel=self.channel),
        )


class DoubtIdentity(CaseCommand):
    """Record that it is in doubt whether the one who speaks as this person is them. Until that is
    made sure, nothing is said to them."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the doubt."""
        case.party(self.party)
        return (happened.IdentityDoubted(party=self.party),)


class TellOfWaiting(CaseCommand):
    """Record that a person was told honestly that their case waits for a facilitator, and whom to
    ring meanwhile."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channel: Channel

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        case.party(self.party)
        return (happened.WaitingTold(party=self.party, channel=self.channel),)


class RecordUnidentifiedCall(CaseCommand):
    """Record a call by somebody who could not be identified: they were told what restorative
    justice is and the number to ring, and nothing of any case. It stands under a reference of its
    own, in no case."""

    act: ClassVar[Act] = Act.INFORM
    opens: ClassVar[bool] = True

    channel: Channel = Channel.TELEPHONE

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the call, under a new reference."""
        yield _of_no_case(asking, "whoever was not identified has no case")
        yield happened.UnidentifiedCallTaken(channel=self.channel)


class RecordGeneralCall(CaseCommand):
    """Record a call by somebody who asked what restorative justice is, in general: they were told
    it and the number to ring. No name is asked, no matter spoken of, and no case is left."""

    act: ClassVar[Act] = Act.INFORM
    opens: ClassVar[bool] = True

    channel: Channel = Channel.TELEPHONE

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the call, under a new reference."""
        yield _of_no_case(asking, "a general question belongs to no case")
        yield happened.GeneralCallTaken(channel=self.channel)


def _of_no_case(asking: Asking, why: str) -> CaseOpened:
    if asking.now.version:
        raise Nonsense(f"{why}: leave the reference out, and it is recorded apart from every case")
    return CaseOpened(case_worker=asking.actor.id, organisation=SERVICE, area=asking.who.area)
