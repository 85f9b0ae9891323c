"""Days in court: recorded for staff, told to whoever wishes to know, reported on in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import court as happened
from domain.hearing import hearing
from domain.ids import HearingId, PartyId, ThreadId
from domain.words import Act, Channel, CourtOutcome, HearingKind, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class RecordHearing(CaseCommand):
    """Record a day in court. It is for staff, and puts no date to anybody."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId = Field(description="whose matter it is: a person responsible")
    kind: HearingKind
    day: Moment
    report_owed: bool = Field(default=False, description="whether the court is owed a report")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the hearing."""
        if not case.party(self.party).is_offender:
            raise Nonsense(f"{self.party} is not a person responsible: courts sit on theirs")
        return (
            happened.HearingRecorded(
                hearing=asking.number("H", "hearing"),
                party=self.party,
                kind=self.kind,
                day=self.day,
                report_owed=self.report_owed,
            ),
        )


class _OfHearing(CaseCommand, abstract=True):
    act: ClassVar[Act] = Act.INFORM

    hearing: HearingId

    def fits(self, case: Case) -> bool:
        """Say whether it is still to come."""
        return not hearing(case, self.hearing).over


class MoveHearing(_OfHearing):
    """Record that the court sits on another day."""

    day: Moment

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the new day."""
        return (happened.HearingMoved(hearing=self.hearing, day=self.day),)


class CloseHearing(_OfHearing):
    """Record that a hearing was held, or will not be."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is over."""
        return (happened.HearingOver(hearing=self.hearing),)


class AskForCourtDates(CaseCommand):
    """Record that a person wishes to be told when the court sits."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        return (happened.CourtDatesAskedFor(party=self.party),)


class DeclineCourtDates(CaseCommand):
    """Record that a person does not wish to be told when the court sits."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the no."""
        case.party(self.party)
        return (happened.CourtDatesDeclined(party=self.party),)


class TellHearing(_OfHearing):
    """Record that a harmed person who wished to know was told when the court sits."""

    party: PartyId
    channel: Channel
    offer_stands: bool = Field(
        description="whether they were told that the offer stands whatever the court does"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        concerned = hearing(case, self.hearing).party
        if concerned not in {t.offender for t in case.threads_of(self.party)}:
            raise Nonsense(f"{self.party} and {concerned} are no pair of this case")
        return (happened.HearingTold(hearing=self.hearing, party=self.party, channel=self.channel),)


class ReportToCourt(_OfHearing):
    """Record what a court, or who decided on a disposal, was told of a pair: never who or why."""

    why: None = Field(default=None, description="never given")
    thread: ThreadId
    outcome: CourtOutcome

    def disclosed_to(self) -> tuple[str, ...]:
        """Return to whom it was."""
        return (Recipient.COURT_OR_PROSECUTOR,)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the report."""
        concerned = hearing(case, self.hearing).party
        if case.thread(self.thread).offender != concerned:
            raise Nonsense(f"{self.hearing} is not about the offender of {self.thread}")
        return (
            happened.CourtReportMade(
                hearing=self.hearing, thread=self.thread, outcome=self.outcome
            ),
        )
