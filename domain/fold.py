"""The one fold: from entries to what they mean, now or as at any moment by either clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from domain.case import Case, When
from domain.event import CaseEvent, PractitionerEvent
from domain.events.protection import EntryMarkedInError
from domain.practitioner import Practitioner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.record import Entry

Folded = TypeVar("Folded", Case, Practitioner)


def in_order(
    entries: Sequence[Entry], true_at: datetime | None = None, known_at: datetime | None = None
) -> list[Entry]:
    """Return the entries that count, in the order in which they count.

    Those that took effect by `true_at` and were recorded by `known_at` (all, if left out), in the
    order of taking effect, ties by place in the stream. A no, a pause or a withdrawal takes its
    place when it was recorded, so that it stands until a yes given and recorded after it. What was
    marked as entered in error is left out.
    """
    known = [
        e
        for e in entries
        if (known_at is None or e.recorded_at <= known_at)
        and (true_at is None or e.effective_at <= true_at)
    ]
    void = {e.event.entry for e in known if isinstance(e.event, EntryMarkedInError)}
    kept = [e for e in known if e.version not in void] if void else known
    return sorted(kept, key=_place)


def _place(entry: Entry) -> tuple[datetime, int]:
    at = entry.recorded_at if entry.event.closes else entry.effective_at
    return at, entry.version


def fold(
    entries: Sequence[Entry], true_at: datetime | None = None, known_at: datetime | None = None
) -> Case:
    """Return the case that these entries make: now, or as at a moment by either clock."""
    case = Case(id=entries[0].stream if entries else "")
    for entry in in_order(entries, true_at, known_at):
        event = entry.event
        if not isinstance(event, CaseEvent):
            raise TypeError(f"{entry.name} is not an event of a case")
        when = _when(entry)
        case = _touched(event.apply(case, when), event, when)
    return _at_head(case, entries)


def fold_practitioner(entries: Sequence[Entry], true_at: datetime | None = None) -> Practitioner:
    """Return the practitioner that these entries make, now or as at a moment."""
    practitioner = Practitioner(id=entries[0].stream if entries else "")
    for entry in in_order(entries, true_at):
        event = entry.event
        if not isinstance(event, PractitionerEvent):
            raise TypeError(f"{entry.name} is not an event of the register")
        practitioner = event.apply(practitioner, _when(entry))
    return _at_head(practitioner, entries)


def _at_head(state: Folded, entries: Sequence[Entry]) -> Folded:
    if not entries:
        return state
    return state.changed(version=entries[-1].version, head=entries[-1].hash)


def _when(entry: Entry) -> When:
    envelope = entry.envelope
    return When(
        effective=envelope.effective_at,
        recorded=envelope.recorded_at,
        actor=envelope.actor.id,
        version=entry.version,
        command=envelope.command,
        origin=envelope.origin,
    )


def _touched(case: Case, event: CaseEvent, when: When) -> Case:
    """Note on each pair that the event is about that something was done on it."""
    one = getattr(event, "thread", None)
    for thread in (one,) if one else getattr(event, "threads", ()):
        case = case.with_episode(thread, last_activity=when.effective)
    return case
