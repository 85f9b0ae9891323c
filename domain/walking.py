"""A case's history taken in entry by entry: what was known after each, and as at any moment.

To fold every beginning of a history from its first entry on takes as many steps as the square of
its length. Here what was applied in order stays; an entry that counts before others (recorded late,
or marked as an error) costs a step for each that counts after it, and nothing else.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from domain.applying import about_known, apply_to_case
from domain.case import Case
from domain.events.protection import EntryMarkedInError
from domain.fold import NEVER, at_head, fold, in_error, is_work_here, place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.fold import Place
    from domain.record import Entry


class Walk:
    """A case as it becomes known. What it says is what `fold` says of the same entries."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self._taken: list[Entry] = []
        self._void: set[int] = set()
        self._places: list[Place] = []
        self._order: list[Entry] = []
        """The entries that count, in the order in which they count."""
        self._states: list[Case] = [Case(id="")]
        """What was before each of them, and at the end what is."""
        self._waiting: list[Entry] = []
        """Those that count only from when they were recorded, and took effect before."""
        self._newest: datetime | None = None
        self._worked_on = NEVER
        """With which version somebody began to work on it here."""
        self._is_plain = True
        """Whether all that is protective is about what was there by then, as nearly always."""
        for entry in entries:
            self._take(entry)
        self._apply(0)

    def take(self, entry: Entry) -> Case:
        """Take in the next entry in the order of recording; return what is known now."""
        self._apply(self._take(entry))
        return at_head(self._states[-1], entry)

    def true_at(self, moment: datetime) -> Case:
        """Return what by the entries so far was true at a moment."""
        if self._newest is None:
            return Case(id="")
        last = self._taken[-1]
        if self._newest <= moment:
            return at_head(self._states[-1], last)
        if not self._is_plain:
            return fold(self._taken, true_at=moment)
        until = bisect(self._places, (moment, NEVER))
        state = self._states[until]
        for entry in self._waiting:
            if entry.effective_at <= moment < self._place(entry)[0] and about_known(state, entry):
                state = apply_to_case(state, entry)
        return at_head(state, last)

    def _take(self, entry: Entry) -> int:
        """Put an entry where it counts; return from where on everything is to be applied anew."""
        if not self._taken:
            self._states = [Case(id=entry.stream)]
        self._taken.append(entry)
        if self._worked_on == NEVER and is_work_here(entry):
            self._worked_on = entry.version
        at = entry.effective_at
        self._newest = at if self._newest is None else max(self._newest, at)
        first = len(self._order) if entry.version in self._void else self._put(entry)
        if isinstance(entry.event, EntryMarkedInError):
            first = min(first, self._strike())
        return first

    def _strike(self) -> int:
        """Let what is an error as far as known now count no longer, and what is none, again."""
        void = in_error(self._taken)
        changed = self._void ^ void
        self._void = void
        first = len(self._order)
        for entry in self._taken:
            if entry.version in changed:
                take = self._leave_out if entry.version in void else self._put
                first = min(first, take(entry))
        return first

    def _put(self, entry: Entry) -> int:
        where = self._place(entry)
        at = bisect(self._places, where)
        self._places.insert(at, where)
        self._order.insert(at, entry)
        if not entry.event.founding and where[0] != entry.effective_at:
            self._waiting.insert(bisect(self._waiting, where, key=self._place), entry)
            self._is_plain &= where[0] > entry.effective_at
        return at

    def _place(self, entry: Entry) -> Place:
        return place(entry, self._worked_on)

    def _leave_out(self, entry: Entry) -> int:
        at = self._order.index(entry)
        del self._places[at], self._order[at]
        if entry in self._waiting:
            self._waiting.remove(entry)
        return at

    def _apply(self, first: int) -> None:
        del self._states[first + 1 :]
        state = self._states[-1]
        for entry in self._order[first:]:
            self._is_plain &= not entry.event.stands_from_recording or about_known(state, entry)
            state = apply_to_case(state, entry)
            self._states.append(state)
