"""How people may be reached, whether they may be at all, and who it was that called."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId
from domain.words import Channel, ContactBy, Identified

if TYPE_CHECKING:
    from domain.case import Case, When


class SafeWaysRecorded(CaseEvent):
    """In which ways it is safe to reach a person."""

    party: PartyId
    channels: tuple[Channel, ...]

    def apply(self, case: Case, when: When) -> Case:
        """These and no others; one of them that was closed is open again."""
        closed = case.party(self.party).closed_ways - set(self.channels)
        return case.with_party(
            self.party,
            safe_ways=frozenset(self.channels),
            closed_ways=closed,
            ways_at=when.recorded,
        )


class WaysClosed(CaseEvent):
    """In which ways a person is not to be reached."""

    closes: ClassVar[bool] = True

    party: PartyId
    channels: tuple[Channel, ...]

    def apply(self, case: Case, when: When) -> Case:
        """They are not used until the person says that they are safe."""
        return case.with_ways_closed(self.party, when.recorded, *self.channels)


class DetailsWithheld(CaseEvent):
    """A person asked that their details are not passed on."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Only whoever referred them speaks with them, until they say otherwise."""
        return case.with_party(
            self.party, contact_by=ContactBy.REFERRER_ONLY, contact_by_at=when.recorded
        )


class ContactAgreedTo(CaseEvent):
    """A person agrees to be contacted by the service."""

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is a wish about contact, and no consent to anything else."""
        return case.with_party(
            self.party, contact_by=ContactBy.SERVICE, contact_by_at=when.recorded
        )


class CallTaken(CaseEvent):
    """A person of the case called or came, and was identified before anything was said."""

    party: PartyId
    identified: Identified
    channel: Channel = Channel.TELEPHONE

    def apply(self, case: Case, when: When) -> Case:
        """They were in touch, and there is no doubt who they are."""
        case = case.with_party(self.party, identity_doubted=False)
        return case.in_touch(self.party, when.effective)


class IdentityDoubted(CaseEvent):
    """It is in doubt whether the one who speaks as this person is them."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Nothing is said to them until it was made sure."""
        return case.with_party(self.party, identity_doubted=True)


class WaitingTold(CaseEvent):
    """A person was told that their case waits for a facilitator, and whom to ring meanwhile."""

    party: PartyId
    channel: Channel

    def apply(self, case: Case, when: When) -> Case:
        """They are told again if it goes on waiting."""
        case = case.with_party(self.party, waiting_told_at=when.effective)
        return case.in_touch(self.party, when.effective, heard=False)


class UnidentifiedCallTaken(CaseEvent):
    """Somebody who could not be identified was told what restorative justice is, and the number."""

    channel: Channel = Channel.TELEPHONE

    def apply(self, case: Case, when: When) -> Case:
        """It belongs to no case, and nothing is waited for."""
        return case.changed(call_at=when.effective)


class GeneralCallTaken(CaseEvent):
    """Somebody who asked in general was told what restorative justice is, and the number."""

    channel: Channel = Channel.TELEPHONE

    def apply(self, case: Case, when: When) -> Case:
        """It belongs to no case, and nothing is waited for."""
        return case.changed(call_at=when.effective)
