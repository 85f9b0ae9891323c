"""The one fold: from entries to what they mean, now or as at any moment by either clock.

An entry's hash stands for everything up to it, so what was folded once is remembered by it, and a
longer history is folded on from there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from domain.applying import (
    about_known,
    apply_to_case,
    apply_to_dossier,
    apply_to_person,
    apply_to_practitioner,
)
from domain.case import Case
from domain.changing import with_changes
from domain.dossier import Dossier
from domain.events.protection import EntryMarkedInError
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX, PERSON_PREFIX, PRACTITIONER_PREFIX
from domain.person import Person
from domain.practitioner import SERVICE, Practitioner
from domain.record import BROUGHT_ALONG

if TYPE_CHECKING:
    from domain.record import Entry

Folded = TypeVar("Folded", bound=Case | Practitioner | Person | Dossier)
Place = tuple[datetime, int]
BEFORE_ALL: Place = (datetime.min.replace(tzinfo=UTC), 0)
REMEMBERED = 4096
"""Streams whose latest fold is kept in memory."""
LOOK_BACK = 64
"""How many new entries at most are folded on from a remembered one."""
NEVER = 2**63
"""After every version."""


def fold(
    entries: Sequence[Entry],
    true_at: datetime | None = None,
    known_at: datetime | None = None,
    *,
    afresh: bool = False,
) -> Case:
    """Return the case that these entries make: now, or as at a moment by either clock.

    With `afresh` nothing of it is taken from memory or kept there.
    """
    if afresh and entries:
        return _CASES.from_nothing(entries, true_at, known_at)
    return _CASES.fold(entries, true_at, known_at)


def fold_practitioner(entries: Sequence[Entry], true_at: datetime | None = None) -> Practitioner:
    """Return the practitioner that these entries make, now or as at a moment."""
    return _PRACTITIONERS.fold(entries, true_at, None)


def fold_person(entries: Sequence[Entry]) -> Person:
    """Return the person that these entries make."""
    return _PERSONS.fold(entries, None, None)


def fold_dossier(entries: Sequence[Entry]) -> Dossier:
    """Return the entry of the data-protection register that these entries make."""
    return _DOSSIERS.fold(entries, None, None)


def folded(
    entries: Sequence[Entry], *, afresh: bool = False
) -> Case | Practitioner | Person | Dossier | None:
    """Return what the entries of a stream make, whatever it is; None if there are none, or if they
    are of nothing that is folded. With `afresh` nothing of it is taken from memory or kept there.
    """
    folding = _FOLDINGS.get(entries[0].stream.partition("-")[0]) if entries else None
    if folding is None:
        return None
    state: Case | Practitioner | Person | Dossier
    state = folding.from_nothing(entries) if afresh else folding.fold(entries, None, None)
    return state


def in_order(
    entries: Sequence[Entry], true_at: datetime | None = None, known_at: datetime | None = None
) -> list[Entry]:
    """Return the entries that count, in the order in which they count.

    Those that took effect by `true_at` and were recorded by `known_at` (all, if left out), in the
    order of taking effect, ties by place in the stream. Who is in the case comes first, whenever it
    was learnt. A no, a pause or a withdrawal takes its place when it was recorded, so that it
    stands until a yes given and recorded after it; in a history that was brought along whole, and
    as long as it was, when it took effect. What is known to have been entered in error never
    counts.
    """
    known = _known(entries, known_at)
    void = in_error(known)
    counting = known if not void else [e for e in known if e.version not in void]
    if true_at is not None:
        counting = [e for e in counting if e.event.founding or e.effective_at <= true_at]
    here = worked_on_from(known)
    return sorted(counting, key=partial(place, worked_on=here))


def _known(entries: Sequence[Entry], known_at: datetime | None) -> Sequence[Entry]:
    if known_at is None:
        return entries
    return [entry for entry in entries if entry.recorded.recorded_at <= known_at]


def place(entry: Entry, worked_on: int) -> Place:
    """Return where an entry counts: a moment, and its version where moments are equal.

    `worked_on` is the version from which on its history is none that was brought along whole.
    """
    event, recorded, version = entry.event, entry.recorded, entry.version
    if event.founding:
        return BEFORE_ALL[0], version
    if event.stands_from_recording:
        whole = version < worked_on and recorded.origin in BROUGHT_ALONG
        return (recorded.effective_at if whole else recorded.recorded_at), version
    return recorded.effective_at, version


def worked_on_from(entries: Sequence[Entry]) -> int:
    """Return the version with which somebody began to work on it here; `NEVER` if nobody did."""
    return next((entry.version for entry in entries if is_work_here(entry)), NEVER)


def is_work_here(entry: Entry) -> bool:
    """Say whether somebody recorded this here: it was not brought along, nor is it of a clock or
    another part of the service."""
    recorded = entry.recorded
    return recorded.origin not in BROUGHT_ALONG and not recorded.actor.id.startswith(SERVICE)


def in_error(entries: Sequence[Entry]) -> set[int]:
    """Return the versions that never count: what a mark says, as far as no later mark says that
    the mark itself was an error."""
    void: set[int] = set()
    for entry in reversed(entries):
        if type(entry.event) is EntryMarkedInError and entry.version not in void:
            void.add(entry.event.entry)
    return void


@dataclass(frozen=True, slots=True)
class _Seen(Generic[Folded]):
    """A history folded whole: what it makes, where its last entry counts, its newest effect, and
    with which version somebody began to work on it here."""

    state: Folded
    last: Place
    newest: datetime
    worked_on: int


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
        return self.from_nothing(entries, true_at, known_at)

    def _whole(self, entries: Sequence[Entry]) -> _Seen[Folded]:
        known, after = self._remembered(entries)
        here = worked_on_from(entries if known is None else after)
        if known is not None:
            here = min(here, known.worked_on)
        if known is None or not _follow(known.last, after, here):
            state = self.from_nothing(entries)
            last = max(place(entry, here) for entry in entries)
            newest = max(e.effective_at for e in entries)
        elif after:
            state = known.state
            for entry in after:
                state = self._apply(state, entry)
            state = at_head(state, entries[-1])
            last = place(after[-1], here)
            newest = max(known.newest, *(e.effective_at for e in after))
        else:
            return known
        seen = _Seen(state, last, newest, here)
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

    def from_nothing(
        self,
        entries: Sequence[Entry],
        true_at: datetime | None = None,
        known_at: datetime | None = None,
    ) -> Folded:
        state = self._begin(entries[0].stream)
        for entry in in_order(entries, true_at, known_at):
            if true_at is None or self._about_known(state, entry):
                state = self._apply(state, entry)
        known = _known(entries, known_at)
        return at_head(state, known[-1]) if known else state


def _follow(known: Place, after: Sequence[Entry], worked_on: int) -> bool:
    """Say whether the entries simply come after what was folded: no late entry, no correction."""
    for entry in after:
        where = place(entry, worked_on)
        if isinstance(entry.event, EntryMarkedInError) or where < known:
            return False
        known = where
    return True


def at_head(state: Folded, last: Entry) -> Folded:
    """Return the state with it noted up to which entry of its stream it is known."""
    return with_changes(state, version=last.version, head=last.hash)


_CASES: _Folding[Case] = _Folding(lambda stream: Case(id=stream), apply_to_case, about_known)
_PRACTITIONERS: _Folding[Practitioner] = _Folding(
    lambda stream: Practitioner(id=stream), apply_to_practitioner, lambda _state, _entry: True
)
_PERSONS: _Folding[Person] = _Folding(
    lambda stream: Person(id=stream), apply_to_person, lambda _state, _entry: True
)
_DOSSIERS: _Folding[Dossier] = _Folding(
    lambda stream: Dossier(id=stream), apply_to_dossier, lambda _state, _entry: True
)
_FOLDINGS: dict[str, _Folding[Any]] = {
    CASE_PREFIX: _CASES,
    PRACTITIONER_PREFIX: _PRACTITIONERS,
    PERSON_PREFIX: _PERSONS,
    DOSSIER_PREFIX: _DOSSIERS,
}
