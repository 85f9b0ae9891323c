"""How a case began: a discussion, an enquiry, a referral; and that it was accepted."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.event import CaseEvent
from domain.ids import PartyId
from domain.texts import TextRef
from domain.words import Initiator, Source

if TYPE_CHECKING:
    from domain.case import Case, When


class EnquiryRecorded(CaseEvent):
    """Somebody asked about restorative justice in a matter of their own."""

    source: Source
    organisation: str
    area: str
    asked: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The case waits for staff to see whether a referral is wished."""
        return case.changed(
            enquiry_at=when.effective,
            source=self.source,
            organisation=self.organisation,
            area=self.area,
        )


class EnquiryEnded(CaseEvent):
    """The enquiry led to nothing further."""

    def apply(self, case: Case, when: When) -> Case:
        """Nothing is waited for."""
        return case.changed(enquiry_ended=True)


class DiscussionRecorded(CaseEvent):
    """Restorative justice in general was discussed with one person, with or without a referral."""

    party: PartyId
    organisation: str
    area: str
    interested: bool | None = None
    said: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is neither an offer nor a referral."""
        case = case.with_party(self.party, last_contact=when.effective)
        return case.changed(
            discussed_at=case.discussed_at or when.effective,
            organisation=case.organisation or self.organisation,
            area=case.area or self.area,
        )


class ReferralReceived(CaseEvent):
    """A matter was referred to the service."""

    source: Source
    initiator: Initiator
    referrer: str
    organisation: str
    area: str
    historic: bool = False
    reported_on: date | None = None
    offence: TextRef | None = None
    notes: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The service now owes an answer, information and a first contact."""
        return case.changed(
            referred_at=when.effective,
            reported_at=_start_of(self.reported_on) if self.reported_on else None,
            source=self.source,
            initiator=self.initiator,
            referrer=self.referrer,
            organisation=self.organisation,
            area=self.area,
            historic=self.historic,
            offence=self.offence or case.offence,
        )


class ReferralAccepted(CaseEvent):
    """The service took the referral on and told the referrer so."""

    def apply(self, case: Case, when: When) -> Case:
        """First contact is owed from now."""
        return case.changed(accepted_at=when.effective)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo("Europe/London"))
