"""The day of an intervention: when and where it is to be, and what is looked at again on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.calendar import Moment
from domain.commands.interventions import OPEN, OfIntervention
from domain.errors import Nonsense
from domain.events import interventions as happened
from domain.ids import PartyId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import InterventionState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.asking import Asking
    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class PencilInDate(OfIntervention):
    """Record a first date that each person agreed to keep free, before everything is ready."""

    possible: ClassVar[frozenset[InterventionState]] = OPEN - {InterventionState.READY}

    for_when: Moment
    agreed_by: tuple[PartyId, ...] = Field(
        default=(), description="who agreed to keep it free: each person of its pairs"
    )

    def fits(self, case: Case) -> bool:
        """Say whether no date is fixed for it."""
        return super().fits(case) and self.found(case).for_when is None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the date."""
        self.found(case)
        if self.for_when < asking.on:
            raise Nonsense("for_when lies in the past")
        return (
            happened.DatePencilledIn(
                intervention=self.intervention,
                for_when=self.for_when,
                agreed_by=self.agreed_by,
            ),
        )


class FixDate(OfIntervention):
    """Agree a date, and perhaps a place, with everybody, or another one than before."""

    possible: ClassVar[frozenset[InterventionState]] = OPEN

    for_when: Moment
    venue: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the date."""
        self.found(case)
        if self.for_when < asking.on:
            raise Nonsense("for_when lies in the past")
        return (
            happened.DateFixed(
                intervention=self.intervention, for_when=self.for_when, venue=self.venue
            ),
        )


class CheckOnTheDay(OfIntervention):
    """Go through the whole checklist again on the day: what was true still is, but for these."""

    possible: ClassVar[frozenset[InterventionState]] = OPEN

    no_longer: tuple[Annotated[int, Field(ge=1, le=25)], ...] = Field(
        default=(), description="items that are no longer true"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was gone through."""
        self.found(case)
        return (happened.CheckedOnTheDay(intervention=self.intervention, no_longer=self.no_longer),)
