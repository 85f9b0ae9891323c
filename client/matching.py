"""Whether people or matters are known in other cases: yes or no, how like, and whom to ask.

A link between appearances never opens one case from another: another case is named only to
somebody who may see it, everybody else hears whom to ask. Each use is logged as a combination.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from access import Combination
from client.reading import What
from domain.commands.merging import may_be_one
from domain.fold import fold
from domain.permissions import View
from store import Altered, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client.reading import Reading
    from domain.case import Case
    from domain.record import Actor
    from domain.words import Strength
    from vault.details import OffenceDetails, PartyDetails
    from vault.matching import Likeness, Matter, WhoIsWho

FINDING = "find"
"""What stands for the case, where somebody is looked for who is in none yet."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """That there is somebody, or a matter, in another case. Without `case`: whom to ask only."""

    ask: str | None
    """The supervisor of the other case, by reference; None for any supervisor of the area."""
    case: str | None = None
    strength: Strength | None = None
    """How much speaks for one matter; for a search, for this being the person."""
    people: tuple[WhoIsWho, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubles:
    """Two cases that may be one matter: the one opened later, and the other."""

    newer: str
    older: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Matching:
    """Asks the vault what is like. Each raises `Denied`, `Unavailable` of a store, `KeyMissing`."""

    readings: Reading

    def matches(self, actor: Actor, case: str, purpose: str) -> tuple[Found, ...]:
        """Return who or what of this case is in others too; those told apart are left out."""
        with self.readings.reading(actor, What(View.MATCHES, case), purpose) as entries:
            here = fold(entries)
            matters = self._matters(actor, case, purpose)
            found = [self._of_matter(actor, here, matter) for matter in matters]
            return _each_once(one for one in found if one is not None)

    def find(
        self, actor: Actor, person: PartyDetails, offence: OffenceDetails, purpose: str
    ) -> tuple[Found, ...]:
        """Return where somebody is known, or a reference; for a caller who has been identified."""
        with self.readings.reading(actor, What(View.FIND), purpose):
            like = self.readings.stores.vault.matching.resembling(person, offence)
            self._combined(actor, FINDING, (one.stream for one in like), purpose)
            best: dict[str, Likeness] = {}
            for one in like:
                known = best.get(one.stream)
                if known is None or one.strength.rank > known.strength.rank:
                    best[one.stream] = one
            found = (self._of_person(actor, one) for one in best.values())
            return _each_once(one for one in found if one is not None)

    def appearances(
        self, actor: Actor, case: str, party: str, purpose: str
    ) -> tuple[Likeness, ...]:
        """Return who in other cases is like this person of this case, by case and id there.

        For the service's own work: it names cases, and is not to be shown to people as it is.
        """
        with self.readings.reading(actor, What(View.MATCHES, case), purpose):
            like = self.readings.stores.vault.matching.appearances(case, party)
            self._combined(actor, case, (one.stream for one in like), purpose)
            return like

    def doubles(self, actor: Actor, case: str, purpose: str) -> tuple[Doubles, ...]:
        """Return the pairs of cases, this one being one of them, that may be one matter."""
        with self.readings.reading(actor, What(View.MATCHES, case), purpose) as entries:
            if not entries:
                return ()
            here = fold(entries)
            matters = self._matters(actor, case, purpose)
            pairs = (_pair(here, self._load(one.stream), one.strength) for one in matters)
            return tuple(pair for pair in pairs if pair is not None)

    def suppressed(self, actor: Actor, case: str, purpose: str) -> tuple[str, ...]:
        """Return who of this case is like somebody who asked not to be contacted and was erased:
        yes or no, and nothing of who that was."""
        with self.readings.reading(actor, What(View.MATCHES, case), purpose):
            return self.readings.stores.vault.erasing.suppressed_in(case)

    def _matters(self, actor: Actor, case: str, purpose: str) -> tuple[Matter, ...]:
        matters = self.readings.stores.vault.matching.matters(case)
        self._combined(actor, case, (one.stream for one in matters), purpose)
        return matters

    def _of_matter(self, actor: Actor, here: Case, matter: Matter) -> Found | None:
        other = self._load(matter.stream)
        if other is not None and not may_be_asked(here, other):
            return None
        if other is None or not self._sees(actor, matter.stream):
            return Found(other.supervisor if other else None)
        return Found(other.supervisor, matter.stream, matter.strength, matter.people)

    def _of_person(self, actor: Actor, like: Likeness) -> Found | None:
        case = self._load(like.stream)
        if case is None or not self._sees(actor, like.stream):
            return Found(case.supervisor if case else None)
        return Found(case.supervisor, like.stream, like.strength)

    def _combined(self, actor: Actor, about: str, cases: Iterable[str], purpose: str) -> None:
        there = tuple(sorted(set(cases)))
        self.readings.combined(Combination(actor, about, (), there, purpose))

    def _sees(self, actor: Actor, case: str) -> bool:
        entries = self.readings.log.load(case)
        return self.readings.gate.opens_for(actor.id, View.CASE, entries)

    def _load(self, case: str) -> Case | None:
        try:
            entries = self.readings.log.load(case)
        except (Altered, Unreadable) as error:
            # Somebody is known there all the same: whoever asks is told whom to ask.
            _log.warning("case_not_compared", stream=case, why=type(error).__name__)
            return None
        return fold(entries) if entries else None


def may_be_asked(here: Case, other: Case) -> bool:
    """Say whether it is of use to know of the other case: not once the two were told apart."""
    told_apart = other.id in here.not_the_same or here.id in other.not_the_same
    joined = other.id in here.received or here.id in other.received
    return not (told_apart or joined)


def _pair(here: Case, other: Case | None, strength: Strength | None) -> Doubles | None:
    if other is None or strength is None or not may_be_one(here, other):
        return None
    if here.merged or other.merged:
        return None
    ordered = sorted((here, other), key=lambda case: (str(case.opened_at), case.id))
    return Doubles(ordered[1].id, ordered[0].id, strength)


def _each_once(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(_first(sorted(found, key=_rank)))


def _first(found: list[Found]) -> Iterator[Found]:
    seen: set[Found] = set()
    for one in found:
        if one not in seen:
            seen.add(one)
            yield one


def _rank(found: Found) -> tuple[int, str, str]:
    rank = found.strength.rank if found.strength else 0
    return -rank, found.case or "~", found.ask or "~"
