"""What one entry makes of a case, a practitioner, a person or a dossier: the step of every fold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from domain.about import is_known, named, threads
from domain.case import Case, When, latest
from domain.event import CaseEvent, DossierEvent, PersonEvent, PractitionerEvent
from domain.events.linking import alone
from domain.events.merging import (
    CaseMerged,
    CaseReceived,
    FollowUpNoted,
    MergeUndone,
    WishesCarriedOver,
)
from domain.events.people import PartyAdded
from domain.events.roles import LearntUnderAge, RoleCorrected
from domain.ledger import with_line
from domain.linked import told_to_persons
from domain.merged import FollowUp

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.merged import Merged
    from domain.person import Person
    from domain.practitioner import Practitioner
    from domain.record import Entry

MAKES_A_CHILD = frozenset({PartyAdded, LearntUnderAge, RoleCorrected})
"""After these somebody may be recorded as under 18, and has a stream of their own."""
MOVES = frozenset({CaseMerged, MergeUndone, FollowUpNoted, CaseReceived, WishesCarriedOver})
"""With these the people of a case are known by other names in another one, or no longer, or what
was said in one comes over to the other."""
LATE = timedelta(days=1)
"""Between what happened and its recording, if it is to count as entered late."""


def apply_to_case(case: Case, entry: Entry) -> Case:
    """Return what a case is once this has happened. Raises `TypeError` for another event."""
    event = entry.event
    if not isinstance(event, CaseEvent):
        raise TypeError(f"{entry.name} is not an event of a case")
    when = _when(entry)
    before = case
    case = _touched(event.apply(case, when), event, when)
    if case.merged is not None:
        case = _told_on(case, case.merged, event, when)
    case = _told_to_persons(before, with_line(case, event, when), event, when)
    if event.is_work and when.recorded - when.effective > LATE:
        case = case.changed(entered_late_at=latest(case.entered_late_at, when.recorded))
    return case


def apply_to_practitioner(practitioner: Practitioner, entry: Entry) -> Practitioner:
    """Return what a practitioner is once this has happened. Raises `TypeError` likewise."""
    event = entry.event
    if not isinstance(event, PractitionerEvent):
        raise TypeError(f"{entry.name} is not an event of the register")
    after = event.apply(practitioner, _when(entry))
    return after.changed(entered_at=entry.recorded_at) if event.is_work else after


def apply_to_person(person: Person, entry: Entry) -> Person:
    """Return what is known of a person once this has happened. Raises `TypeError` likewise."""
    event = entry.event
    if not isinstance(event, PersonEvent):
        raise TypeError(f"{entry.name} is not an event of a person")
    return event.apply(person, _when(entry))


def apply_to_dossier(dossier: Dossier, entry: Entry) -> Dossier:
    """Return what a dossier is once this has happened. Raises `TypeError` likewise."""
    event = entry.event
    if not isinstance(event, DossierEvent):
        raise TypeError(f"{entry.name} is not an event of the data-protection register")
    return event.apply(dossier, _when(entry))


def _when(entry: Entry) -> When:
    recorded = entry.recorded
    # Made for every entry there is: what `When` does, without the step that names the fields.
    return tuple.__new__(
        When,
        (
            recorded.effective_at,
            recorded.recorded_at,
            recorded.actor.id,
            entry.version,
            recorded.command,
            recorded.origin,
            recorded.controller,
            recorded.regime,
        ),
    )


def _touched(case: Case, event: CaseEvent, when: When) -> Case:
    """Note on each pair that the event is about that something was done on it."""
    if not event.is_work:
        return case
    for thread in threads(case, event):
        before = thread.current.last_activity
        if before is None or before < when.effective:
            case = case.with_episode(thread.id, last_activity=when.effective)
    return case


def _told_on(case: Case, merged: Merged, event: CaseEvent, when: When) -> Case:
    """Note that the case in which this one goes on is to hear of a no that was said here."""
    said = event.is_work and event.stands_from_recording and any(named(event))
    if not said:
        return case
    return case.changed(follow_up=FollowUp(merged.into, when.recorded, when.version))


def _told_to_persons(before: Case, case: Case, event: CaseEvent, when: When) -> Case:
    """Note which persons' streams are to hear of it; a child has one from the start."""
    if type(event) in MAKES_A_CHILD:
        party = cast("PartyAdded", event).party
        person = case.parties.get(party)
        if party not in case.persons and person is not None and person.is_child:
            own = alone(case.id, party, 0, when)
            case = case.changed(persons={**case.persons, party: own})
    if not case.persons:
        return case
    return told_to_persons(before, case, when, moved=type(event) in MOVES)


def about_known(case: Case, entry: Entry) -> bool:
    """Say whether what a protective entry is about was there by then.

    A stop that took effect before the meeting was planned leaves nothing to stop as at that time.
    """
    return not entry.event.stands_from_recording or is_known(case, entry.event)
