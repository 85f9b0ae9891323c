"""From the entries of a case to what an export tells of it: the one place that decides it.

Left out are: what was entered in error, everything of whoever's data are erased or restricted,
other cases, words, and staff unless the purpose is about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.fold import fold, in_order
from domain.record import BasisKind
from domain.texts import CASE
from exports.about import about
from exports.course import Course, Happening, Kind, Link
from exports.things import facts_of, things_of
from exports.withheld import withheld
from exports.within import Named, held, people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from domain.case import Case
    from domain.record import Entry
    from exports.course import Value
    from exports.names import Names

_SERVICE = "service:"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an export tells of cases."""

    names: Names
    staff: bool = False
    """Whether who acted is told."""
    by_day: bool = False
    """Whether of each time only the day (UTC) is told."""

    def time(self, at: datetime) -> datetime:
        """Return a time as it is told."""
        return at.replace(hour=0, minute=0, second=0, microsecond=0) if self.by_day else at


def courses(
    histories: Iterable[Sequence[Entry]],
    terms: Terms,
    without: Callable[[Case], frozenset[str]] = withheld,
) -> Iterator[Course]:
    """Yield what is told of each case; `histories` are the entries of one case after the other.

    `without` says of whom nothing is told; of a case that is itself among them, nothing is.
    """
    for entries in histories:
        case = fold(entries)
        if CASE not in (left_out := without(case)):
            yield _Telling(case, entries, terms, left_out).course()


class _Telling:
    def __init__(
        self, case: Case, entries: Sequence[Entry], terms: Terms, without: frozenset[str]
    ) -> None:
        self.case = case
        self.stream = entries[0].stream
        self.entries = entries
        self.terms = terms
        self.without = without
        self.by_version = {entry.version: entry for entry in entries}

    def course(self) -> Course:
        counting = sorted(in_order(self.entries), key=lambda e: (e.effective_at, e.version))
        told = [(e, named) for e in counting if (named := self._told_of(e)) is not None]
        happenings = tuple(self._happening(entry, named) for entry, named in told)
        things = tuple(things_of(self.case, told, self._name, self.terms.time))
        return Course(self._name(Kind.CASE), facts_of(self.case), happenings, things)

    def _told_of(self, entry: Entry) -> list[Named] | None:
        """Return what is told of what an entry is about; None if it is about nobody of whom
        anything is told."""
        named = about(self.case, entry, self.by_version)
        told = [one for one in named if self._may_be_told(one)]
        if len(told) < len(named):
            if not any(one.kind in (Kind.PARTY, Kind.THREAD) for one in told):
                return None
            # Whose words they are is not in the log.
            told = [one for one in told if one.kind is not Kind.TEXT]
        return [one for one in told if self.terms.staff or one.kind is not Kind.PRACTITIONER]

    def _happening(self, entry: Entry, named: Sequence[Named]) -> Happening:
        links = [
            Link(one.kind, self._name(one.kind, one.name), one.field.replace("_", " "))
            for one in (Named(Kind.CASE, "", "of"), *named)
        ]
        return Happening(
            id=self.terms.names.of("event", f"{self.stream}/{entry.version}"),
            activity=entry.name,
            at=self.terms.time(entry.effective_at),
            recorded_at=self.terms.time(entry.recorded_at),
            place=entry.version,
            facts=self._facts_of(entry),
            links=tuple(dict.fromkeys(links)),
        )

    def _may_be_told(self, one: Named) -> bool:
        if one.kind is Kind.PARTY:
            return one.name not in self.without
        return one.kind is not Kind.THREAD or self.without.isdisjoint(people(one.name))

    def _facts_of(self, entry: Entry) -> dict[str, Value]:
        envelope = entry.envelope
        actor = envelope.actor.id
        facts: dict[str, Value] = {
            "actor": actor if actor.startswith(_SERVICE) else "practitioner",
            "origin": envelope.origin,
            "rule_set": envelope.rules,
        }
        if envelope.basis.kind is BasisKind.ASSESSMENT:
            facts["assessment"] = True
        if envelope.why is not None and envelope.why.code is not None:
            facts["why"] = envelope.why.code
        return facts | {name: self._told(v) for name, v in held(entry.event).facts.items()}

    def _told(self, value: Value) -> Value:
        return self.terms.time(value) if isinstance(value, datetime) else value

    def _name(self, kind: Kind, name: str = "") -> str:
        """Return the name that something has in the export; no name means the case itself."""
        whole = name if kind is Kind.PRACTITIONER else f"{self.stream}/{name}".rstrip("/")
        return self.terms.names.of(kind, whole)
