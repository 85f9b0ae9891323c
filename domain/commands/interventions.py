"""Planning, preparing and holding an intervention; stopping it is always possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import interventions as happened
from domain.ids import InterventionId, PartyId, PractitionerId, ThreadId
from domain.interventions import CATALOGUE, participants
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, InterventionState, InterventionType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.exchange import Intervention

Note = Annotated[TextRef, OwnedBy(CASE)]
Words = Annotated[TextRef, OwnedBy("party")]
State = InterventionState


class PlanIntervention(CaseCommand):
    """Plan a face-to-face meeting, a written exchange or a shuttle exchange."""

    act: ClassVar[Act] = Act.FACILITATE

    type: InterventionType
    threads: tuple[ThreadId, ...] = Field(min_length=1)
    for_when: Moment | None = Field(default=None, description="when it is to take place")
    attending: tuple[PartyId, ...] = Field(default=(), description="supporters and others invited")
    venue: Note | None = None
    by_video: bool = Field(default=False, description="people meet by video, not in one room")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the plan."""
        if len(set(self.threads)) < len(self.threads):
            raise Nonsense("threads: a pair is named twice")
        if self.type is InterventionType.LOCAL_RESOLUTION:
            raise Nonsense("a local resolution is recorded, not planned: record_local_resolution")
        if self.by_video and not CATALOGUE[self.type].direct:
            raise Nonsense("by_video: only a meeting is held by video")
        if self.for_when is not None and self.for_when < asking.on:
            raise Nonsense("for_when lies in the past")
        return (
            happened.InterventionPlanned(
                intervention=asking.number("I", "intervention"),
                type=self.type,
                threads=self.threads,
                for_when=self.for_when,
                attending=self.attending,
                venue=self.venue,
                by_video=self.by_video,
            ),
        )


class OfIntervention(CaseCommand, abstract=True):
    """What is done with one intervention."""

    act: ClassVar[Act] = Act.FACILITATE
    possible: ClassVar[frozenset[State]] = frozenset()
    """The states in which this makes sense."""

    intervention: InterventionId

    def fits(self, case: Case) -> bool:
        """Say whether it is in a state in which this makes sense."""
        return not self.possible or case.intervention(self.intervention).state in self.possible

    def found(self, case: Case) -> Intervention:
        """Return the intervention. Raises `Nonsense` if it is not there."""
        return case.intervention(self.intervention)


class WithOnePerson(OfIntervention, abstract=True):
    """What is done with one person who takes part in an intervention."""

    party: PartyId

    def found(self, case: Case) -> Intervention:
        """Return the intervention. Raises `Nonsense` if the person has no part in it."""
        intervention = super().found(case)
        if self.party not in participants(case, intervention):
            raise Nonsense(f"{self.party} has no part in {self.intervention}")
        return intervention


OPEN = frozenset({State.PLANNED, State.READY, State.POSTPONED})


class PreparePerson(WithOnePerson):
    """Record that one person was prepared, apart from the others."""

    possible: ClassVar[frozenset[State]] = OPEN

    note: Words | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the preparation."""
        self.found(case)
        return (
            happened.PersonPrepared(
                intervention=self.intervention, party=self.party, note=self.note
            ),
        )


class CheckItem(OfIntervention):
    """Record that items of the preparation checklist are true, or do not apply and why."""

    possible: ClassVar[frozenset[State]] = OPEN

    items: tuple[Annotated[int, Field(ge=1, le=25)], ...] = Field(min_length=1)
    applies: bool = True
    reason: Note | None = Field(default=None, description="why they do not apply")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return each item."""
        self.found(case)
        if not self.applies and self.reason is None:
            raise Nonsense("reason: an item that does not apply is marked so with a reason")
        for item in self.items:
            yield happened.ChecklistItemChecked(
                intervention=self.intervention,
                item=item,
                applies=self.applies,
                reason=self.reason,
            )


class ConfirmWillingness(WithOnePerson):
    """Record that a person says again that they want it, when it is fixed or on the day."""

    possible: ClassVar[frozenset[State]] = OPEN | {State.ON_BREAK}

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they want it."""
        self.found(case)
        return (happened.WillingnessConfirmed(intervention=self.intervention, party=self.party),)


class ConfirmReady(OfIntervention):
    """Confirm that everything that must be true first is true."""

    possible: ClassVar[frozenset[State]] = frozenset({State.PLANNED, State.POSTPONED})

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is ready."""
        self.found(case)
        return (happened.InterventionReady(intervention=self.intervention),)


class StartIntervention(OfIntervention):
    """Start it, on the day, with these facilitators present throughout."""

    possible: ClassVar[frozenset[State]] = frozenset({State.READY})

    facilitators: tuple[PractitionerId, ...] = Field(min_length=1)
    recorded: bool = Field(default=False, description="sound or pictures of it are recorded")

    def present(self, case: Case) -> tuple[str, ...]:
        """Return the facilitators who are there."""
        return self.facilitators

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it began."""
        self.found(case)
        return (
            happened.InterventionStarted(
                intervention=self.intervention,
                facilitators=self.facilitators,
                recorded=self.recorded,
            ),
        )


class PauseIntervention(OfIntervention):
    """Take a break, for whatever reason."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the break; what has not begun is put off."""
        return (put_off(self.found(case), asking),)


def put_off(intervention: Intervention, asking: Asking) -> CaseEvent | At:
    """Return the break of what has begun; what has not begun is put off.

    A stop that is said to have been long ago makes nothing older than it is.
    """
    if intervention.state in OPEN:
        return happened.InterventionPostponed(intervention=intervention.id)
    paused = happened.InterventionPaused(intervention=intervention.id)
    return At(paused, max(asking.on, intervention.since, intervention.planned_at))


class ResumeIntervention(OfIntervention):
    """Go on after a break, because everybody there wants to, with these facilitators present."""

    possible: ClassVar[frozenset[State]] = frozenset({State.ON_BREAK})

    facilitators: tuple[PractitionerId, ...] = Field(
        default=(), description="those present now, if not the same as before the break"
    )

    def present(self, case: Case) -> tuple[str, ...]:
        """Return the facilitators who are there: those named, else those there before."""
        return self.facilitators or self.found(case).facilitators

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it goes on."""
        return (
            happened.InterventionResumed(
                intervention=self.intervention, facilitators=self.present(case)
            ),
        )


class StopIntervention(OfIntervention):
    """Stop it before its end: a participant or a facilitator may, at any moment."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    by: Literal["PARTICIPANT", "FACILITATOR"]

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it stopped."""
        self.found(case)
        return (happened.InterventionStopped(intervention=self.intervention, by=self.by),)


class PostponeIntervention(OfIntervention):
    """Put it off; what was prepared is kept."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was put off; what has begun takes a break."""
        self.found(case)
        return (happened.InterventionPostponed(intervention=self.intervention),)


class CancelIntervention(OfIntervention):
    """Record that it will not take place."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was cancelled; what has begun is stopped."""
        self.found(case)
        return (happened.InterventionCancelled(intervention=self.intervention),)


class CompleteIntervention(OfIntervention):
    """Record that it was held to its end."""

    possible: ClassVar[frozenset[State]] = frozenset({State.STARTED})

    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was completed."""
        self.found(case)
        return (happened.InterventionCompleted(intervention=self.intervention, note=self.note),)


class RecordDebrief(WithOnePerson):
    """Record a debrief with one person after an intervention."""

    possible: ClassVar[frozenset[State]] = frozenset(
        {State.COMPLETED, State.STOPPED_BY_FACILITATOR, State.STOPPED_BY_PARTICIPANT}
    )

    note: Words | None = None

    def found(self, case: Case) -> Intervention:
        """Return the intervention. Raises `Nonsense` if the person had no part in it."""
        intervention = case.intervention(self.intervention)
        return intervention if self.party in intervention.left else super().found(case)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the debrief."""
        self.found(case)
        return (
            happened.DebriefHeld(intervention=self.intervention, party=self.party, note=self.note),
        )
