"""Days in court: known to staff, told to whoever wishes to know, changing nothing for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.changing import with_changes
from domain.event import CaseEvent
from domain.events.people import SPOKEN_WITH
from domain.hearing import Hearing
from domain.ids import HearingId, PartyId, ThreadId
from domain.words import Channel, CourtOutcome, HearingKind

if TYPE_CHECKING:
    from domain.case import Case, When


class HearingRecorded(CaseEvent):
    """The service knows of a day in court, and whether the court is owed a report."""

    is_work: ClassVar[bool] = False

    hearing: HearingId
    party: PartyId
    kind: HearingKind
    day: AwareDatetime
    report_owed: bool = False

    def apply(self, case: Case, when: When) -> Case:
        """It is a fact for staff."""
        one = Hearing(
            self.hearing, self.party, self.kind, self.day, self.report_owed, when.effective
        )
        return case.changed(hearings={**case.hearings, one.id: one})


class HearingMoved(CaseEvent):
    """The court sits on another day."""

    is_work: ClassVar[bool] = False

    hearing: HearingId
    day: AwareDatetime

    def apply(self, case: Case, when: When) -> Case:
        """Whoever was told the old day is told the new one."""
        return _with(case, self.hearing, day=self.day, known_at=when.effective, told=frozenset())


class HearingOver(CaseEvent):
    """The hearing was held, or will not be."""

    is_work: ClassVar[bool] = False

    hearing: HearingId

    def apply(self, case: Case, when: When) -> Case:
        """Nothing more is waited for because of it; every offer stands as it stood."""
        return _with(case, self.hearing, over=True)


class CourtDatesAskedFor(CaseEvent):
    """A person wishes to be told when the court sits."""

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It stands until they take it back."""
        return case.with_party(self.party, court_dates_since=when.effective, court_dates_declined=0)


class CourtDatesDeclined(CaseEvent):
    """A person does not wish to be told when the court sits."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """They are told none."""
        return case.with_party(
            self.party, court_dates_since=None, court_dates_declined=when.version
        )


class HearingTold(CaseEvent):
    """A person was told when the court sits, and that the offer stands whatever it does."""

    hearing: HearingId
    party: PartyId
    channel: Channel

    def apply(self, case: Case, when: When) -> Case:
        """They know of it; it is no date for them to answer by."""
        told = case.hearings[self.hearing].told | {self.party}
        case = _with(case, self.hearing, told=told)
        return case.in_touch(self.party, when.effective, heard=self.channel in SPOKEN_WITH)


class CourtReportMade(CaseEvent):
    """A court, or who decided on a disposal, was told whether it took place; no more than that."""

    hearing: HearingId
    thread: ThreadId
    outcome: CourtOutcome

    def apply(self, case: Case, when: When) -> Case:
        """It was owed no more."""
        return _with(case, self.hearing, reported=True)


def _with(case: Case, name: str, **changes: object) -> Case:
    changed = with_changes(case.hearings[name], **changes)
    return case.changed(hearings={**case.hearings, name: changed})
