"""The one fold: from entries to what they mean, now or as at any moment by either clock.

An entry's hash stands for everything up to it, so what was folded once is remembered by it, and a
longer history is folded on from there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from domain.about import is_known, named, pairs
from domain.case import Case, When, latest
from domain.changing import with_changes
from domain.event import CaseEvent, PersonEvent, PractitionerEvent
from domain.events.linking import alone
from domain.events.merging import (
    CaseMerged,
    CaseReceived,
    FollowUpNoted,
    MergeUndone,
    WishesCarriedOver,
)
from domain.events.people import PartyAdded
from domain.events.protection import EntryMarkedInError
from domain.events.roles import LearntUnderAge, RoleCorrected
from domain.handling import Handling
from domain.linked import told_to_persons
from domain.merged import FollowUp
from domain.person import Person
from domain.practitioner import Practitioner
from domain.record import Regime

if TYPE_CHECKING:
    from domain.record import Entry

Folded = TypeVar("Folded", bound=Case | Practitioner | Person)
Place = tuple[datetime, int]
MAKES_A_CHILD = (PartyAdded, LearntUnderAge, RoleCorrected)
"""After these somebody may be recorded as under 18, and has a stream of their own."""
MOVES = (CaseMerged, MergeUndone, FollowUpNoted, CaseReceived, WishesCarriedOver)
"""With these the people of a case are known by other names in another one, or no longer, or what
was said in one comes over to the other."""
BEFORE_ALL: Place = (datetime.min.replace(tzinfo=UTC), 0)
REMEMBERED = 4096
"""Streams whose latest fold is kept in memory."""
LATE = timedelta(days=1)
"""Between what happened and its recording, if it is to count as entered late."""
LOOK_BACK = 64
"""How many new entries at most are folded on from a remembered one."""


def fold(
    entries: Sequence[Entry], true_at: datetime | None = None, known_at: datetime | None = None
) -> Case:
    """Return the case that these entries make: now, or as at a moment by either clock."""
    return _CASES.fold(entries, true_at, known_at)


def fold_practitioner(entries: Sequence[Entry], true_at: datetime | None = None) -> Practitioner:
    """Return the practitioner that these entries make, now or as at a moment."""
    return _PRACTITIONERS.fold(entries, true_at, None)


def fold_person(entries: Sequence[Entry]) -> Person:
    """Return the person that these entries make."""
    return _PERSONS.fold(entries, None, None)


def in_order(
    entries: Sequence[Entry], true_at: datetime | None = None, known_at: datetime | None = None
) -> list[Entry]:
    """Return the entries that count, in the order in which they count.

    Those that took effect by `true_at` and were recorded by `known_at` (all, if left out), in the
    order of taking effect, ties by place in the stream. Who is in the case comes first, whenever it
    was learnt. A no, a pause or a withdrawal takes its place when it was recorded, so that it
    stands until a yes given and recorded after it. What is known to have been entered in error
    never counts.
    """
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    void = _in_error(known)
    counting = known if not void else [e for e in known if e.version not in void]
    if true_at is not None:
        counting = [e for e in counting if e.event.founding or e.effective_at <= true_at]
    return sorted(counting, key=place)


def place(entry: Entry) -> Place:
    """Return where an entry counts: a moment, and its version where moments are equal."""
    if entry.event.founding:
        return BEFORE_ALL[0], entry.version
    late = entry.event.stands_from_recording
    return (entry.recorded_at if late else entry.effective_at), entry.version


def _in_error(entries: Sequence[Entry]) -> set[int]:
    void: set[int] = set()
    for entry in reversed(entries):
        if isinstance(entry.event, EntryMarkedInError) and entry.version not in void:
            void.add(entry.event.entry)
    return void


@dataclass(frozen=True, slots=True)
class _Seen(Generic[Folded]):
    """A history folded whole: what it makes, where its last entry counts, its newest effect."""

    state: Folded
    last: Place
    newest: datetime


class _Folding(Generic[Folded]):
    def __init__(
        self,
        begin: Callable[[str], Folded],
        apply: Callable[[Folded, Entry], Folded],
        about_known: Callable[[Folded, Entry], bool],
    ) -> None:
        self._begin = begin
        self._apply = apply
        self._about_known = about_known
        self._seen: OrderedDict[str, _Seen[Folded]] = OrderedDict()
        self._lock = threading.Lock()

    def fold(
        self, entries: Sequence[Entry], true_at: datetime | None, known_at: datetime | None
    ) -> Folded:
        if not entries:
            return self._begin("")
        if known_at is None:
            whole = self._whole(entries)
            if true_at is None or whole.newest <= true_at:
                return whole.state
        return self._from_nothing(entries, true_at, known_at)

    def _whole(self, entries: Sequence[Entry]) -> _Seen[Folded]:
        known, after = self._remembered(entries)
        if known is None or not _follow(known.last, after):
            state = self._from_nothing(entries, None, None)
            last = max(map(place, entries))
            newest = max(e.effective_at for e in entries)
        elif after:
            state = known.state
            for entry in after:
                state = self._apply(state, entry)
            state = _at_head(state, entries[-1])
            last = place(after[-1])
            newest = max(known.newest, *(e.effective_at for e in after))
        else:
            return known
        seen = _Seen(state, last, newest)
        with self._lock:
            self._seen[entries[-1].hash] = seen
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return seen

    def _remembered(self, entries: Sequence[Entry]) -> tuple[_Seen[Folded] | None, Sequence[Entry]]:
        with self._lock:
            for new in range(min(LOOK_BACK, len(entries))):
                seen = self._seen.get(entries[-1 - new].hash)
                if seen is not None:
                    return seen, entries[len(entries) - new :]
        return None, ()

    def _from_nothing(
        self, entries: Sequence[Entry], true_at: datetime | None, known_at: datetime | None
    ) -> Folded:
        state = self._begin(entries[0].stream)
        for entry in in_order(entries, true_at, known_at):
            if true_at is None or self._about_known(state, entry):
                state = self._apply(state, entry)
        known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
        return _at_head(state, known[-1]) if known else state


def _follow(known: Place, after: Sequence[Entry]) -> bool:
    """Say whether the entries simply come after what was folded: no late entry, no correction."""
    for entry in after:
        if isinstance(entry.event, EntryMarkedInError) or place(entry) < known:
            return False
        known = place(entry)
    return True


def _at_head(state: Folded, last: Entry) -> Folded:
    return with_changes(state, version=last.version, head=last.hash)


def _apply_to_case(case: Case, entry: Entry) -> Case:
    event = entry.event
    if not isinstance(event, CaseEvent):
        raise TypeError(f"{entry.name} is not an event of a case")
    when = _when(entry)
    before = case
    case = _told_on(_touched(event.apply(case, when), event, when), event, when)
    case = _told_to_persons(before, case, event, when)
    if event.is_work and when.recorded - when.effective > LATE:
        case = case.changed(entered_late_at=latest(case.entered_late_at, when.recorded))
    return case


def _apply_to_practitioner(practitioner: Practitioner, entry: Entry) -> Practitioner:
    event = entry.event
    if not isinstance(event, PractitionerEvent):
        raise TypeError(f"{entry.name} is not an event of the register")
    after = event.apply(practitioner, _when(entry))
    return after.changed(entered_at=entry.recorded_at) if event.is_work else after


def _apply_to_person(person: Person, entry: Entry) -> Person:
    event = entry.event
    if not isinstance(event, PersonEvent):
        raise TypeError(f"{entry.name} is not an event of a person")
    return event.apply(person, _when(entry))


def _when(entry: Entry) -> When:
    envelope = entry.envelope
    return When(
        effective=envelope.effective_at,
        recorded=envelope.recorded_at,
        actor=envelope.actor.id,
        version=entry.version,
        command=envelope.command,
        origin=envelope.origin,
        handling=_handling(envelope.controller, envelope.regime),
    )


@lru_cache(maxsize=64)
def _handling(controller: str, regime: Regime) -> Handling:
    # The same few for every entry there is; a model is dear to make.
    return Handling(controller=controller, regime=regime)


def _touched(case: Case, event: CaseEvent, when: When) -> Case:
    """Note on each pair that the event is about that something was done on it."""
    if not event.is_work:
        return case
    for thread in pairs(case, event):
        before = case.thread(thread).current.last_activity
        now = latest(before, when.effective)
        if now != before:
            case = case.with_episode(thread, last_activity=now)
    return case


def _told_on(case: Case, event: CaseEvent, when: When) -> Case:
    """Note that the case in which this one goes on is to hear of a no that was said here."""
    if case.merged is None:
        return case
    said = event.is_work and event.stands_from_recording and any(named(event))
    if not said:
        return case
    return case.changed(follow_up=FollowUp(case.merged.into, when.recorded, when.version))


def _told_to_persons(before: Case, case: Case, event: CaseEvent, when: When) -> Case:
    """Note which persons' streams are to hear of it; a child has one from the start."""
    if isinstance(event, MAKES_A_CHILD) and event.party not in case.persons:
        person = case.parties.get(event.party)
        if person is not None and person.is_child:
            own = alone(case.id, event.party, 0, when)
            case = case.changed(persons={**case.persons, event.party: own})
    if not case.persons:
        return case
    return told_to_persons(before, case, when, moved=isinstance(event, MOVES))


def _about_known(case: Case, entry: Entry) -> bool:
    """Say whether what a protective entry is about was there by then.

    A stop that took effect before the meeting was planned leaves nothing to stop as at that time.
    """
    return not entry.event.stands_from_recording or is_known(case, entry.event)


_CASES: _Folding[Case] = _Folding(lambda stream: Case(id=stream), _apply_to_case, _about_known)
_PRACTITIONERS: _Folding[Practitioner] = _Folding(
    lambda stream: Practitioner(id=stream), _apply_to_practitioner, lambda _state, _entry: True
)
_PERSONS: _Folding[Person] = _Folding(
    lambda stream: Person(id=stream), _apply_to_person, lambda _state, _entry: True
)
