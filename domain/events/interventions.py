"""Interventions: planned, prepared, held, stopped; and the debriefs owed after each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from domain.event import CaseEvent
from domain.exchange import Intervention
from domain.ids import InterventionId, PartyId, PractitionerId, ThreadId
from domain.interventions import RESTS_ON_THE_DATE, participants
from domain.stale import after
from domain.texts import TextRef
from domain.words import Change, InterventionType
from domain.words import InterventionState as State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from domain.case import Case, When

NOT_BEGUN = frozenset({State.PLANNED, State.READY, State.POSTPONED})
BEGUN = frozenset({State.STARTED, State.ON_BREAK})


class InterventionPlanned(CaseEvent):
    """A form was chosen for one or several pairs, each of whom consents to it."""

    intervention: InterventionId
    type: InterventionType
    threads: tuple[ThreadId, ...]
    for_when: AwareDatetime | None = None
    attending: tuple[PartyId, ...] = ()
    venue: TextRef | None = None
    by_video: bool = False

    def apply(self, case: Case, when: When) -> Case:
        """Preparation begins."""
        planned = Intervention(
            id=self.intervention,
            type=self.type,
            threads=self.threads,
            state=State.PLANNED,
            planned_at=when.effective,
            since=when.effective,
            episodes={t: case.thread(t).current.number for t in self.threads},
            for_when=self.for_when,
            attending=frozenset(self.attending),
            by_video=self.by_video,
        )
        return case.changed(interventions={**case.interventions, self.intervention: planned})


class PersonPrepared(CaseEvent):
    """A facilitator prepared one person for an intervention."""

    intervention: InterventionId
    party: PartyId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Each person is prepared apart, at least once."""
        prepared = case.intervention(self.intervention).prepared
        case = case.in_touch(self.party, when.effective)
        return _changed(case, self.intervention, prepared={**prepared, self.party: when.effective})


class ChecklistItemChecked(CaseEvent):
    """One item of the preparation checklist is true, or does not apply for a stated reason."""

    intervention: InterventionId
    item: int = Field(ge=1, le=25)
    applies: bool = True
    reason: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is looked at again on the day."""
        before = case.intervention(self.intervention).checked
        checked = {**before, self.item: when.effective}
        return _changed(case, self.intervention, checked=checked)


class WillingnessConfirmed(CaseEvent):
    """A person said again, when it was fixed or on the day, that they want it."""

    intervention: InterventionId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is asked each time; it is never taken from an earlier one."""
        willing = case.intervention(self.intervention).willing
        case = case.in_touch(self.party, when.effective)
        return _changed(case, self.intervention, willing={**willing, self.party: when.effective})


class InterventionReady(CaseEvent):
    """Everything that must be true first is true."""

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """It may start on the day."""
        return _moved(case, self.intervention, NOT_BEGUN, when, state=State.READY)


class InterventionStarted(CaseEvent):
    """It began, with these facilitators present."""

    intervention: InterventionId
    facilitators: tuple[PractitionerId, ...]
    recorded: bool = False

    def apply(self, case: Case, when: When) -> Case:
        """Anyone may stop it at any moment."""
        return _moved(
            case,
            self.intervention,
            NOT_BEGUN,
            when,
            state=State.STARTED,
            facilitators=self.facilitators,
            began_at=when.effective,
            recorded=self.recorded,
        )


class InterventionPaused(CaseEvent):
    """A break, for whatever reason; no reason is asked."""

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """Nobody is left alone with the other side meanwhile."""
        return _moved(
            case,
            self.intervention,
            {State.STARTED},
            when,
            state=State.ON_BREAK,
        )


class InterventionResumed(CaseEvent):
    """Everybody wanted to go on; these facilitators are present."""

    intervention: InterventionId
    facilitators: tuple[PractitionerId, ...] = ()
    """Empty in entries from before it was asked: those who were there before the break."""

    def apply(self, case: Case, when: When) -> Case:
        """It goes on as before the break."""
        before = case.intervention(self.intervention).facilitators
        return _moved(
            case,
            self.intervention,
            {State.ON_BREAK},
            when,
            state=State.STARTED,
            facilitators=self.facilitators or before,
        )


class InterventionStopped(CaseEvent):
    """A participant or a facilitator ended it before its end. It does not count as held."""

    closes: ClassVar[bool] = True

    intervention: InterventionId
    by: Literal["PARTICIPANT", "FACILITATOR"]

    def apply(self, case: Case, when: When) -> Case:
        """Everybody there is owed a debrief the same day, and is asked afresh before anything
        else. Once it was over there is nothing left to stop."""
        stopped = case.intervention(self.intervention)
        if stopped.ended_at is not None and stopped.ended_at <= when.effective:
            return case
        return _stopped(case, stopped, State(f"STOPPED_BY_{self.by}"), when)


class InterventionPostponed(CaseEvent):
    """It does not take place as planned; what was prepared is kept."""

    closes: ClassVar[bool] = True

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """It is made ready again before it can start; willingness is asked afresh. What has begun
        by then takes a break. What the checklist says of the day is looked at again."""
        if case.intervention(self.intervention).state is State.STARTED:
            return _moved(case, self.intervention, BEGUN, when, state=State.ON_BREAK)
        return _moved(
            case,
            self.intervention,
            NOT_BEGUN,
            when,
            state=State.POSTPONED,
            for_when=None,
            pencilled_for=None,
            knows=_in_touch_just_now(case, self.intervention, when),
            willing={},
            checked=_without_the_day(case.intervention(self.intervention).checked),
        )


class DatePencilledIn(CaseEvent):
    """Each person agreed to keep a day free for it, before everything is ready. It fixes
    nothing."""

    intervention: InterventionId
    for_when: AwareDatetime
    agreed_by: tuple[PartyId, ...]

    def apply(self, case: Case, when: When) -> Case:
        """It counts as no step towards being ready; each is asked again once a date is fixed."""
        if case.intervention(self.intervention).state not in NOT_BEGUN:
            return case
        return _changed(case, self.intervention, pencilled_for=self.for_when, was_pencilled=True)


class DateFixed(CaseEvent):
    """A date, and perhaps a place, was agreed with everybody for what has none or had another."""

    intervention: InterventionId
    for_when: AwareDatetime
    venue: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is made ready for this date, and everybody is asked whether they want it then."""
        return _moved(
            case,
            self.intervention,
            NOT_BEGUN,
            when,
            state=State.PLANNED,
            for_when=self.for_when,
            pencilled_for=None,
            willing={},
            checked=_without_the_day(case.intervention(self.intervention).checked),
        )


class CheckedOnTheDay(CaseEvent):
    """The whole checklist was gone through again on the day; these items are no longer true."""

    intervention: InterventionId
    no_longer: tuple[Annotated[int, Field(ge=1, le=25)], ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """What is no longer true is put right and checked before it can start."""
        before = case.intervention(self.intervention).checked
        left = {item: when.effective for item in before if item not in self.no_longer}
        return _changed(case, self.intervention, checked=left)


class InterventionCancelled(CaseEvent):
    """It will not take place. The other side is told "not going ahead" and no more."""

    closes: ClassVar[bool] = True

    intervention: InterventionId

    def apply(self, case: Case, when: When) -> Case:
        """Another can be planned if both wish. What has begun by then is stopped."""
        intervention = case.intervention(self.intervention)
        if intervention.state in BEGUN:
            return _stopped(case, intervention, State.STOPPED_BY_FACILITATOR, when)
        return _moved(
            case,
            self.intervention,
            NOT_BEGUN,
            when,
            state=State.CANCELLED,
            pencilled_for=None,
            knows=_in_touch_just_now(case, self.intervention, when),
            ended_at=when.effective,
        )


class InterventionCompleted(CaseEvent):
    """It was held to its end."""

    intervention: InterventionId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Debriefs the same day, then follow-up."""
        return _moved(
            case,
            self.intervention,
            {State.STARTED},
            when,
            state=State.COMPLETED,
            ended_at=when.effective,
        )


class DebriefHeld(CaseEvent):
    """A facilitator talked with one person after an intervention."""

    intervention: InterventionId
    party: PartyId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Everybody who took part is owed one."""
        case = case.in_touch(self.party, when.effective)
        debriefed = case.intervention(self.intervention).debriefed | {self.party}
        return _changed(case, self.intervention, debriefed=debriefed)


def _in_touch_just_now(case: Case, intervention: str, when: When) -> frozenset[str]:
    """Return who said it themselves: they were in touch at that moment, and need not be told."""
    people = participants(case, case.intervention(intervention))
    return frozenset(p for p in people if case.party(p).last_contact == when.effective)


def _moved(
    case: Case, intervention: str, possible: AbstractSet[State], when: When, **changes: Any
) -> Case:
    """What finds it in another state, by an entry that came late, moves nothing."""
    if case.intervention(intervention).state not in possible:
        return case
    return _changed(case, intervention, since=when.effective, **changes)


def _stopped(case: Case, intervention: Intervention, state: State, when: When) -> Case:
    case = after(case, Change.STOPPED, intervention.threads, when.effective)
    return _changed(
        case,
        intervention.id,
        state=state,
        since=when.effective,
        ended_at=when.effective,
        willing={},
    )


def _changed(case: Case, intervention: str, **changes: Any) -> Case:
    return case.with_one("interventions", intervention, **changes)


def _without_the_day(checked: Mapping[int, datetime]) -> dict[int, datetime]:
    """Return what was checked and does not rest on when and where it is."""
    return {item: at for item, at in checked.items() if item not in RESTS_ON_THE_DATE}
