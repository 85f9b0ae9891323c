"""Who works on a case: allocation, hand-over, conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import staff as happened
from domain.events.interventions import InterventionPaused
from domain.ids import PartyId, PractitionerId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, InterventionState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class Places(NamedTuple):
    """Who is named for which place in a case; None for a place that stays as it is."""

    case_worker: str | None = None
    lead: str | None = None
    co: str | None = None
    supervisor: str | None = None


class Allocating(CaseCommand, abstract=True):
    """Naming who works on a case."""

    act: ClassVar[Act] = Act.SUPERVISE

    def places(self, case: Case) -> Places:
        """Return who is named, in the case as it is now."""
        raise NotImplementedError(self.name())

    def allocated(self, asking: Asking) -> CaseEvent:
        """Return the allocation. Raises `Nonsense` for somebody who is not there, or is both."""
        places = self.places(asking.now)
        if (places.lead or asking.now.lead) == (places.co or asking.now.co) is not None:
            raise Nonsense("lead and co-facilitator are two people")
        for practitioner in filter(None, places):
            asking.practitioner(practitioner)
        return happened.CaseAllocated(**places._asdict())


class AllocateCase(Allocating):
    """Name who works on the case; what is left out stays as it is."""

    case_worker: PractitionerId | None = None
    lead: PractitionerId | None = None
    co: PractitionerId | None = None
    supervisor: PractitionerId | None = None

    def places(self, case: Case) -> Places:
        """Return who is named."""
        return Places(self.case_worker, self.lead, self.co, self.supervisor)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the allocation."""
        if not any(self.places(case)):
            raise Nonsense("name a case worker, a lead, a co-facilitator or a supervisor")
        return (self.allocated(asking),)


class HandOverTo(Allocating):
    """Give the places that somebody has in the case to a named successor, at once."""

    practitioner: PractitionerId
    to: PractitionerId = Field(description="who takes the case on, by reference")
    note: Note | None = None

    def places(self, case: Case) -> Places:
        """Return the successor in each place that they have."""
        theirs = (case.case_worker, case.lead, case.co, case.supervisor)
        return Places(*(self.to if one == self.practitioner else None for one in theirs))

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the hand-over and the allocation; a meeting that they are in takes a break."""
        if self.to == self.practitioner:
            raise Nonsense("to: it is somebody else who takes a case on")
        if not any(self.places(asking.now)):
            raise Nonsense(f"{self.practitioner} does not work on this case")
        if self.places(case) != self.places(asking.now):
            raise Nonsense("effective_at: they did not have the places then that they have now")
        yield happened.CaseHandedOver(practitioner=self.practitioner, note=self.note)
        yield self.allocated(asking)
        yield from _left(case, self.practitioner, asking.on)


class HandOver(CaseCommand):
    """Hand the case back, so that a supervisor allocates it afresh."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    practitioner: PractitionerId
    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the hand-over; a meeting that they are in takes a break."""
        yield happened.CaseHandedOver(practitioner=self.practitioner, note=self.note)
        yield from _left(case, self.practitioner, asking.on)


class DeclareConflict(CaseCommand):
    """Declare a practitioner's conflict of interest: one's own, or one that was noticed."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    practitioner: PractitionerId
    note: Note | None = None
    began: Moment | None = Field(
        default=None, description="since when it is one, if that is known: what they did since"
    )
    party: PartyId | None = Field(
        default=None, description="whom of the case it is about, if it is one person"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the conflict; a meeting that they are in takes a break."""
        asking.practitioner(self.practitioner)
        if self.party:
            case.party(self.party)
        yield happened.ConflictDeclared(
            practitioner=self.practitioner, note=self.note, began=self.began, party=self.party
        )
        yield from _left(case, self.practitioner, asking.on)


class DecideConflict(CaseCommand):
    """Decide whether somebody has a conflict of interest in this case."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    practitioner: PractitionerId
    conflicted: bool
    reasons: Note

    def fits(self, case: Case) -> bool:
        """Say whether one was declared, here or about somebody who appears in another case."""
        found = frozenset().union(*(one.conflicts for one in case.persons.values()))
        return self.practitioner in case.conflicted | found

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        return (
            happened.ConflictDecided(
                practitioner=self.practitioner, conflicted=self.conflicted, reasons=self.reasons
            ),
        )


def _left(case: Case, practitioner: str, on: datetime) -> Iterator[At]:
    for intervention in case.interventions.values():
        there = practitioner in intervention.facilitators
        if there and intervention.state is InterventionState.STARTED:
            paused = InterventionPaused(intervention=intervention.id)
            yield At(paused, max(on, intervention.since))
