"""What keeps a practitioner in date: supervision, observed practice, development; why it lapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, PractitionerCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import practitioners as happened
from domain.ids import CaseId, ClockId, PractitionerId
from domain.missed import missed_clock
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, MissCause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import PractitionerEvent
    from domain.practitioner import Practitioner

Note = Annotated[TextRef, OwnedBy(CASE)]


class RecordSupervision(PractitionerCommand):
    """Record a supervision session, and the cases that were looked at in it."""

    act: ClassVar[Act] = Act.SUPERVISE

    cases: tuple[CaseId, ...] = Field(
        default=(), max_length=60, description="the cases looked at, by reference"
    )
    note: Note | None = Field(default=None, description="what was agreed")

    def names_cases(self) -> frozenset[str]:
        """Return the cases looked at."""
        return frozenset(self.cases)

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the session."""
        cases = tuple(dict.fromkeys(self.cases))
        return (happened.SupervisionRecorded(cases=cases, note=self.note),)


class PlanObservation(PractitionerCommand):
    """Plan when somebody's practice is observed, and by whom; planned again, it is put off."""

    act: ClassVar[Act] = Act.SUPERVISE

    planned_for: Moment = Field(description="when it will be")
    observer: PractitionerId = Field(description="who will be there and observe")

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the plan."""
        asking.practitioner(self.observer)
        held = practitioner.observation and practitioner.observation.observed_at
        if held:
            raise Nonsense("the last one was held: record that it was fed back to them first")
        return (happened.ObservationPlanned(planned_for=self.planned_for, observer=self.observer),)


class RecordObservedPractice(PractitionerCommand):
    """Record that somebody's practice was observed."""

    act: ClassVar[Act] = Act.SUPERVISE

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the observation."""
        return (happened.ObservedPracticeRecorded(),)


class FeedBackObservation(PractitionerCommand):
    """Record that what was observed of somebody's practice was talked through with them."""

    act: ClassVar[Act] = Act.SUPERVISE

    note: Note | None = Field(default=None, description="what they were told, and what they said")

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that it was fed back."""
        planned = practitioner.observation
        if planned is None or planned.observed_at is None:
            raise Nonsense("no observation waits to be fed back to them")
        return (happened.ObservationFedBack(note=self.note),)


class RecordDevelopment(PractitionerCommand):
    """Record hours of continuing professional development."""

    act: ClassVar[Act] = Act.SUPERVISE

    hours: float = Field(gt=0, le=200)
    approved: bool = Field(default=True, description="whether the professional body approves it")
    what: Note | None = Field(default=None, description="what it was")

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the hours."""
        hours, approved = self.hours, self.approved
        return (happened.DevelopmentRecorded(hours=hours, approved=approved, what=self.what),)


class RecordPractice(PractitionerCommand):
    """Record that somebody took part in a restorative process."""

    act: ClassVar[Act] = Act.SUPERVISE

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the practice."""
        return (happened.PracticeRecorded(),)


class ExplainRenewal(PractitionerCommand):
    """Say why what keeps somebody in date was not renewed in time; said again, it corrects that."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    clocks: tuple[ClockId, ...] = Field(
        min_length=1, description="which of their missed clocks, as the register shows them"
    )
    cause: MissCause
    words: Note | None = None

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the explanation of each."""
        if self.cause is MissCause.PERSON_ASKED_TO_WAIT:
            raise Nonsense("cause: no person of a case is asked for what keeps staff in date")
        for clock in dict.fromkeys(self.clocks):
            missed_clock(practitioner, clock)
            yield happened.RenewalExplained(clock=clock, cause=self.cause, words=self.words)
