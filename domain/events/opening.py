"""How a case began: a discussion, an enquiry, a referral; and that it was accepted."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field

from domain.case import Case, latest
from domain.event import CaseEvent
from domain.ids import PartyId
from domain.texts import TextRef
from domain.words import Initiator, Source

if TYPE_CHECKING:
    from domain.case import When


class EnquiryRecorded(CaseEvent):
    """Somebody asked about restorative justice in a matter of their own."""

    source: Source
    asked: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The case waits for staff to see whether a referral is wished."""
        return case.changed(enquiry_at=when.effective, source=self.source)


class EnquiryEnded(CaseEvent):
    """The enquiry led to nothing further."""

    def apply(self, case: Case, when: When) -> Case:
        """Nothing is waited for."""
        return case.changed(enquiry_ended=True)


class DiscussionRecorded(CaseEvent):
    """Restorative justice in general was discussed with one person, with or without a referral."""

    party: PartyId
    interested: bool | None = None
    said: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is neither an offer nor a referral; interest is not lost by being said early."""
        case = case.in_touch(self.party, when.effective)
        case = case.changed(
            discussed_at=latest(case.discussed_at, when.effective), enquiry_ended=False
        )
        if self.interested is None:
            return case
        since = when.effective if self.interested else None
        case = case.with_party(self.party, interested_at=since)
        for thread in case.open_threads_of(self.party) if self.interested else ():
            known = thread.side(self.party).interested_at
            case = case.with_side(
                thread.id, self.party, interested_at=known or since, meeting_not_wanted=False
            )
        return case


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
    asked_by: str | None = Field(default=None, pattern=r"^[A-Z0-9_*~$=-]{1,60}$")
    """Who brought it, where that is not whoever entered it."""

    def apply(self, case: Case, when: When) -> Case:
        """The service now owes an answer, information and a first contact."""
        return case.changed(
            referred_at=when.effective,
            reported_at=_start_of(self.reported_on) if self.reported_on else None,
            source=self.source,
            initiator=self.initiator,
            referrer=self.referrer,
            brought_by=self.asked_by,
            organisation=self.organisation,
            area=self.area,
            historic=self.historic,
            offence=self.offence or case.offence,
            enquiry_ended=False,
        )


class ReferralAccepted(CaseEvent):
    """The service took the referral on and told the referrer so."""

    def apply(self, case: Case, when: When) -> Case:
        """First contact is owed from now."""
        return case.changed(accepted_at=when.effective)


class ReferrerTold(CaseEvent):
    """Whoever referred it was told that it has ended. There is no field for anything more."""

    is_work: ClassVar[bool] = False

    def apply(self, case: Case, when: When) -> Case:
        """They are told again only if it is taken up again and ends."""
        return case.changed(referrer_told_at=when.effective)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo("Europe/London"))
