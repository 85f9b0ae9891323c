"""Interventions: planned, prepared, held, stopped; and the debriefs owed after each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from domain.event import CaseEvent
from domain.exchange import Intervention
from domain.ids import InterventionId, PartyId, PractitionerId, ThreadId
from domain.texts import TextRef
from domain.words import InterventionState, InterventionType

if TYPE_CHECKING:
    from domain.case import Case, When


class InterventionPlanned(CaseEvent):
    """A form was chosen for one or several pairs, each of whom consents to it."""

    intervention: InterventionId
    type: InterventionType
    threads: tuple[ThreadId, ...]
    for_when: AwareDatetime | None = None
    attending: tuple[PartyId, ...] = ()
    venue: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Preparation begins."""
        planned = Intervention(
            id=self.intervention,
            type=self.type,
            threads=self.threads,
            state=InterventionState.PLANNED,
            planned_at=when.effective,
            for_when=self.for_when,
            attending=frozenset(self.attending),
            prepared={},
            willing={},
        )
        return case.changed(interventions={**case.interventions, self.intervention: planned})


class PersonPrepared(CaseEvent):
    """A facilitator prepared one person for an intervention."""

    intervention: InterventionId
    party: PartyId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Each person is prepared apart, at least once."""
        prepared = case.intervention(self.intervention).prepared or {}
        case = case.with_party(self.party, last_contact=when.effective)
        return _changed(case, self.intervention, prepared={**prepared, self.party: when.effective})


class ChecklistItemChecked(CaseEvent):
    """One item of the preparation checklist is true, or does not apply for a stated reason."""

    intervention: InterventionId
    item: int = Field(ge=1, le=25)
    applies: bool = True
    reason: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is looked at again on the day."""
        checked = case.intervention(self.intervention).checked | {self.item}
        return _changed(case, self.intervention, checked=checked)


class WillingnessConfirmed(CaseEvent):
    """A person said again, when it was fixed or on the day, that they want it."""

    intervention: InterventionId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is asked each time; it is never taken from an earlier one."""
        willing = case.intervention(self.intervention).willing or {}
        return _changed(case, self.intervention, willing={**willing, self.party: when.effective})


class InterventionReady(CaseEvent):
    """Everything that must be true first is true."""

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """It may start on the day."""
        return _changed(case, self.intervention, state=InterventionState.READY)


class InterventionStarted(CaseEvent):
    """It began, with these facilitators present."""

    intervention: InterventionId
    facilitators: tuple[PractitionerId, ...]

    def apply(self, case: Case, when: When) -> Case:
        """Anyone may stop it at any moment."""
        return _changed(
            case,
            self.intervention,
            state=InterventionState.STARTED,
            facilitators=self.facilitators,
        )


class InterventionPaused(CaseEvent):
    """A break, for whatever reason; no reason is asked."""

    closes: ClassVar[bool] = True

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """Nobody is left alone with the other side meanwhile."""
        return _changed(case, self.intervention, state=InterventionState.ON_BREAK)


class InterventionResumed(CaseEvent):
    """Everybody wanted to go on."""

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """It goes on as before the break."""
        return _changed(case, self.intervention, state=InterventionState.STARTED)


class InterventionStopped(CaseEvent):
    """A participant or a facilitator ended it before its end. It does not count as held."""

    closes: ClassVar[bool] = True

    intervention: InterventionId
    by: Literal["PARTICIPANT", "FACILITATOR"]

    def apply(self, case: Case, when: When) -> Case:
        """Everybody there is owed a debrief the same day."""
        return _changed(
            case,
            self.intervention,
            state=InterventionState(f"STOPPED_BY_{self.by}"),
            ended_at=when.effective,
        )


class InterventionPostponed(CaseEvent):
    """It does not take place as planned; what was prepared is kept."""

    closes: ClassVar[bool] = True

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """It is made ready again before it can start; willingness is asked afresh."""
        return _changed(
            case,
            self.intervention,
            state=InterventionState.POSTPONED,
            for_when=None,
            willing={},
        )


class InterventionCancelled(CaseEvent):
    """It will not take place. The other side is told "not going ahead" and no more."""

    closes: ClassVar[bool] = True

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """Another can be planned if both wish."""
        return _changed(
            case,
            self.intervention,
            state=InterventionState.CANCELLED,
            ended_at=when.effective,
        )


class InterventionCompleted(CaseEvent):
    """It was held to its end."""

    intervention: InterventionId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Debriefs the same day, then follow-up."""
        case = _changed(
            case,
            self.intervention,
            state=InterventionState.COMPLETED,
            ended_at=when.effective,
        )
        for thread in case.intervention(self.intervention).threads:
            held = case.thread(thread).current.held_at
            case = case.with_episode(thread, held_at=held or when.effective)
        return case


class DebriefHeld(CaseEvent):
    """A facilitator talked with one person after an intervention."""

    intervention: InterventionId
    party: PartyId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Everybody who took part is owed one."""
        case = case.with_party(self.party, last_contact=when.effective)
        debriefed = case.intervention(self.intervention).debriefed | {self.party}
        return _changed(case, self.intervention, debriefed=debriefed)


def _changed(case: Case, intervention: str, **changes: Any) -> Case:
    changed = replace(case.intervention(intervention), **changes)
    return case.changed(interventions={**case.interventions, intervention: changed})
