"""What a reader of one case may know of its people in other cases: yes or no, and whom to ask.

A link opens no case from another. The other case's reference is given to whoever may see that case,
and to nobody else; each look is written down as a combination.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from access import Combination
from domain.beyond import other_appearances
from domain.changing import with_changes
from domain.events.linking import PersonLinked
from domain.events.protection import ActedInBreach
from domain.fold import fold, fold_person
from domain.ids import CASE_PREFIX, is_reference
from domain.permissions import View, may
from domain.person import Other, elsewhere, word_of
from store import Altered, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client.gate import Gate
    from domain.case import Case
    from domain.person import Elsewhere, Key, Person, Word
    from domain.record import Actor, Entry
    from domain.words import Channel, FutureOffers
    from store import Log

LOOKED_AT = "person"
"""What a combination is for, where somebody looks at a person."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What whoever is in touch with a person is to know of another case: yes or no, and no more."""

    no_contact: bool
    later_offers: FutureOffers
    withheld: bool
    """They asked that their details are not passed on."""
    safe_ways: tuple[Channel, ...] | None
    """The ways that they called safe there; None if they did not say."""
    closed_ways: tuple[Channel, ...]
    died: bool
    danger: bool
    """Whether a concern of safeguarding or danger about them was raised there."""
    conflicts: tuple[str, ...]
    """Who works on the reader's case and may have a conflict of interest because of that one."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What follows from all of them for the reader's case."""

    no_contact: bool = False
    later_offers_refused: bool = False
    to_be_seen: bool = False
    """Whether something was said in another matter that is to be seen before they are in touch."""
    died: bool = False
    danger: bool = False
    conflicts: tuple[str, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Appearance:
    """One other case of a person, as a reader may know of it."""

    same_matter: bool
    ask: tuple[str, ...]
    """Whom to ask: who works on that case, by reference; else its organisation and area."""
    wishes: Wishes | None
    """None if it cannot be read now."""
    case: str | None
    """Its reference, and the name they have there, for a reader who may see it."""
    party: str | None


@dataclass(frozen=True, slots=True)
class Beyond:
    """Somebody of a case beyond it."""

    party: str
    person: str | None
    """The person's own stream; None if there is none."""
    holds: Holds
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks at a person for a reader who may see the case."""

    log: Log
    gate: Gate
    actor: Actor
    tell: Callable[[Combination], None]
    """Writes down that a link was used."""

    def at(self, case: Case, party: str) -> Beyond:
        """Return what this reader may know of this person's other cases.

        Raises `Nonsense` if there is no such person in the case, and `Unavailable` of the log.
        """
        return self._at(case, party)[0]

    def elsewhere(self, case: Case, party: str) -> Elsewhere | None:
        """Return what they said in other cases, as far as rules ask for it; None if in none.

        Raises what `at` raises.
        """
        return self._at(case, party)[1]

    def _at(self, case: Case, party: str) -> tuple[Beyond, Elsewhere | None]:
        case.party(party)
        linked = case.persons.get(party)
        if linked is None or linked.undone:
            return Beyond(party, None, Holds(), ()), None
        person, unreadable = self._person(linked.person)
        known = other_appearances(case, party, person)
        cases = tuple(sorted({key.case for key in known}))
        self.tell(Combination(self.actor, case.id, (linked.person,), cases, LOOKED_AT))
        mine, words, seen = word_of(case, party), list[Other](), list[Appearance]()
        for key, one in known.items():
            other, matter = self._other(key), one.same_matter if one else linked.same_matter
            word = word_of(other, key.party) if other and key.party in other.parties else None
            words += [] if word is None else [Other(word, matter)]
            wishes = None if word is None else _wishes(case, mine, word)
            seen.append(self._appearance(key, other, wishes, same=matter))
        unreadable |= any(one.wishes is None for one in seen)
        found = elsewhere(mine, words, unreadable=unreadable)
        holds = _holds(case, found)
        return Beyond(party, linked.person, holds, tuple(seen)), found

    def _person(self, stream: str) -> tuple[Person | None, bool]:
        try:
            entries = self.log.load(stream)
        except (Altered, Unreadable):
            return None, True
        return (fold_person(entries) if entries else None), False

    def _other(self, key: Key) -> Case | None:
        try:
            return fold(self.log.load(key.case))
        except (Altered, Unreadable):
            return None

    def _appearance(
        self, key: Key, other: Case | None, wishes: Wishes | None, *, same: bool
    ) -> Appearance:
        if other is None:
            return Appearance(same, (), None, None, None)
        who = self.gate.who_here(self.actor.id, View.CASE, other)
        sees = who is not None and may(who, View.CASE, other)
        staff = dict.fromkeys(filter(None, (other.lead, other.case_worker, other.supervisor)))
        ask = tuple(staff) or (f"{other.organisation}, {other.area}",)
        case, party = key if sees else (None, None)
        return Appearance(same, ask, wishes, case, party)


def _wishes(case: Case, mine: Word, word: Word) -> Wishes:
    """Return what a reader of this case is to know of a word that was said in another."""
    return Wishes(
        no_contact=word.no_contact,
        later_offers=word.later_offers,
        withheld=word.withheld,
        safe_ways=word.safe_ways,
        closed_ways=word.closed_ways,
        died=word.died,
        danger=word.danger_at is not None,
        conflicts=_of_this_case(case, elsewhere(mine, [Other(word, same_matter=False)])),
    )


def _holds(case: Case, known: Elsewhere) -> Holds:
    return Holds(
        no_contact=known.no_contact,
        later_offers_refused=known.later_offers_refused,
        to_be_seen=known.to_see_at is not None or known.later_to_see_at is not None,
        died=known.died,
        danger=known.danger_at is not None,
        conflicts=_of_this_case(case, known),
        unreadable=known.unreadable,
    )


def _of_this_case(case: Case, known: Elsewhere) -> tuple[str, ...]:
    here = {case.case_worker, case.supervisor, *case.facilitators}
    return tuple(sorted(known.conflicts & here))


def as_they_may_see(case: Case, gate: Gate, log: Log, actor: Actor) -> Case:
    """Return the case without the references of others that this reader may not see."""
    hidden = {
        party: with_changes(linked, other=None, there=None)
        for party, linked in case.persons.items()
        if linked.other and not _sees(linked.other, gate, log, actor)
    }
    return case.changed(persons={**case.persons, **hidden}) if hidden else case


def entries_as_they_may_see(
    entries: Sequence[Entry], gate: Gate, log: Log, actor: Actor
) -> list[Entry]:
    """Return the entries without the references of other cases that links brought in, what was done
    in breach of a rule named, or a decision read, as far as this reader may not see those cases.

    Where an event says less, the hashes say so: whoever folds them must not take them for the log.
    """

    @cache
    def hidden(reference: str) -> bool:
        return not _sees(reference, gate, log, actor)

    told = [_entry(one, hidden) for one in entries]
    if all(one.event is before.event for one, before in zip(told, entries, strict=True)):
        return told
    return [one._replace(hash=f"{one.hash}~{actor.id}") for one in told]


def _entry(entry: Entry, hidden: Callable[[str], bool]) -> Entry:
    event, envelope = entry.event, entry.envelope
    less: dict[str, Any] = {}
    if isinstance(event, PersonLinked) and event.other and hidden(event.other):
        less = {"other": None, "there": None}
    if isinstance(event, ActedInBreach):
        named = [k for k, v in event.done.items() if _is_other(entry, v) and hidden(v)]
        if named:
            less = {"done": {k: v for k, v in event.done.items() if k not in {*named, "there"}}}
    read = {k: v for k, v in envelope.read.items() if not (_is_other(entry, k) and hidden(k))}
    if not less and len(read) == len(envelope.read):
        return entry
    return entry._replace(
        event=event.model_copy(update=less) if less else event,
        recorded=envelope.model_copy(update={"data": {**envelope.data, **less}, "read": read}),
    )


def _is_other(entry: Entry, value: Any) -> bool:
    """Say whether this is the reference of a case, and of another one."""
    case = isinstance(value, str) and is_reference(value) and value.startswith(CASE_PREFIX)
    return case and value != entry.stream


def _sees(case: str, gate: Gate, log: Log, actor: Actor) -> bool:
    try:
        return gate.opens_for(actor.id, View.CASE, log.load(case))
    except (Altered, Unreadable):
        return False
