"""One stream as the numbers read it: what counts of it, in the order in which it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import domain.events.every  # noqa: F401 - so that whatever was recorded can be read
from domain.fold import fold, fold_practitioner, in_order
from domain.ids import CASE_PREFIX, PRACTITIONER_PREFIX
from domain.matrix import DEFAULT, Matrix
from domain.waits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.case import Case
    from domain.event import Event
    from domain.pair import Thread
    from domain.party import Party
    from domain.practitioner import Practitioner
    from domain.record import Entry
    from domain.texts import TextRef
    from store import Log

COUNTED = (CASE_PREFIX, PRACTITIONER_PREFIX)
"""The streams that numbers are of."""
DEMO = "demo"
"""The origin of what was made up to show the service."""


def _nothing(stream: str, refs: Iterable[TextRef]) -> Mapping[str, Mapping[str, object]]:  # noqa: ARG001
    return {}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the numbers are counted with, besides the log."""

    at: datetime
    """Now, UTC: how things stand is asked of this moment."""
    limits: Limits = field(default_factory=Limits)
    matrix: Matrix = DEFAULT
    documents: Callable[[str, Iterable[TextRef]], Mapping[str, Mapping[str, object]]] = _nothing
    """Return what the vault holds of a stream, by text id; what cannot be read is left out. Only
    counts are made of it."""


@dataclass(frozen=True)
class Told:
    """A case, or a practitioner: its entries that count, and what they come to."""

    stream: str
    entries: tuple[Entry, ...]
    sources: Sources
    _known: tuple[Entry, ...] = ()

    @cached_property
    def case(self) -> Case:
        """The case as it stands by these entries."""
        return fold(self._known)

    def before(self, version: int) -> Case:
        """Return the case as it was before this entry was recorded."""
        return fold([e for e in self._known if e.version < version])

    @cached_property
    def practitioner(self) -> Practitioner:
        """The practitioner as they stand by these entries."""
        return fold_practitioner(self._known).on(self.sources.at)

    @property
    def is_case(self) -> bool:
        """Whether this is a case."""
        return self.stream.startswith(CASE_PREFIX)

    @property
    def goes_on_elsewhere(self) -> bool:
        """Whether this case goes on in another of the same matter, where its people are counted."""
        return self.case.merged is not None

    def happened(self, *kinds: type[Event]) -> Iterator[tuple[datetime, Any]]:
        """Yield each event of these kinds and when it took effect, earliest first."""
        for entry in self.entries:
            if isinstance(entry.event, kinds):
                yield entry.effective_at, entry.event

    @property
    def people(self) -> Iterator[Party]:
        """Yield the victims and offenders of the matter: no supporters, no stand-ins."""
        if not self.goes_on_elsewhere:
            yield from (p for p in self.case.parties.values() if p.is_victim or p.is_offender)

    @property
    def pairs(self) -> Iterator[Thread]:
        """Yield the pairs of one victim and one offender of the matter: none with a stand-in."""
        if not self.goes_on_elsewhere:
            theirs = {person.id for person in self.people}
            yield from (t for t in self.case.threads.values() if theirs.issuperset(t.people))

    def side(self, party: str) -> str:
        """Return on which side somebody is: VICTIM or OFFENDER."""
        return "VICTIM" if self.case.party(party).is_victim else "OFFENDER"


def told_of(
    log: Log,
    sources: Sources,
    *,
    demo: bool = False,
    known_at: datetime | None = None,
    moved: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[Told]:
    """Yield each case and practitioner of the log, made up ones only with `demo`, else none.

    `known_at` leaves out what was recorded later, so that what was counted once can be counted
    again. `moved` is told how many streams are done, and of how many. Raises what the log raises.
    """
    streams = [one for one in log.streams() if one.startswith(COUNTED)]
    for number, stream in enumerate(streams, 1):
        entries = log.load(stream)
        moved(number, len(streams))
        if (entries[0].recorded.origin == DEMO) is not demo:
            continue
        told = of_entries(entries, sources, known_at)
        if told is not None:
            yield told


def of_entries(
    entries: Sequence[Entry], sources: Sources, known_at: datetime | None = None
) -> Told | None:
    """Return a stream's entries as the numbers read them; None if nothing was known by then."""
    known = tuple(e for e in entries if known_at is None or e.recorded_at <= known_at)
    if not known:
        return None
    return Told(known[0].stream, tuple(in_order(known)), sources, known)
