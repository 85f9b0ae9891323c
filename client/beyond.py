"""What a reader of one case may know of its people in other cases: yes or no, and whom to ask.

A link opens no case from another. The other case's reference is given to whoever may see that case,
and to nobody else; each look is written down as a combination.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from access import Combination
from domain.beyond import other_appearances
from domain.changing import with_changes
from domain.events.linking import PersonLinked
from domain.events.protection import ActedInBreach
from domain.fold import fold, fold_person
from domain.ids import CASE_PREFIX, is_reference
from domain.permissions import View
from domain.person import Elsewhere, Other, elsewhere, word_of
from store import Altered, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client.gate import Gate
    from domain.case import Case
    from domain.person import Key, Person, Word
    from domain.record import Actor, Entry
    from store import Log

LOOKED_AT = "person"
"""What a combination is for, where somebody looks at a person."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One other case of a person, as a reader may know of it."""

    same_matter: bool
    ask: tuple[str, ...]
    """Whom to ask: who works on that case, by reference; else its organisation and area."""
    word: Word | None
    """What they wish there about contact; None if it cannot be read now."""
    case: str | None
    """Its reference, and the name they have there, for a reader who may see it."""
    party: str | None


@dataclass(frozen=True, slots=True)
class Beyond:
    """Somebody of a case beyond it."""

    party: str
    person: str | None
    """The person's own stream; None if there is none."""
    holds: Elsewhere
    """What follows for this case."""
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
        case.party(party)
        linked = case.persons.get(party)
        if linked is None or linked.undone:
            return Beyond(party, None, Elsewhere(), ())
        person, unreadable = self._person(linked.person)
        known = other_appearances(case, party, person)
        seen = [self._appearance(key, one, same=linked.same_matter) for key, one in known.items()]
        cases = tuple(sorted({key.case for key in known}))
        self.tell(Combination(self.actor, case.id, (linked.person,), cases, LOOKED_AT))
        words = [Other(one.word, one.same_matter) for one in seen if one.word is not None]
        unreadable |= any(one.word is None for one in seen)
        holds = elsewhere(word_of(case, party), words, unreadable=unreadable)
        return Beyond(party, linked.person, holds, tuple(seen))

    def _person(self, stream: str) -> tuple[Person | None, bool]:
        try:
            entries = self.log.load(stream)
        except (Altered, Unreadable):
            return None, True
        return (fold_person(entries) if entries else None), False

    def _appearance(self, key: Key, known: Other | None, *, same: bool) -> Appearance:
        matter = known.same_matter if known else same
        try:
            entries = self.log.load(key.case)
            other = fold(entries)
        except (Altered, Unreadable):
            return Appearance(matter, (), None, None, None)
        word = word_of(other, key.party) if key.party in other.parties else None
        may = self.gate.opens_for(self.actor.id, View.CASE, entries)
        staff = dict.fromkeys(filter(None, (other.lead, other.case_worker, other.supervisor)))
        ask = tuple(staff) or (f"{other.organisation}, {other.area}",)
        return Appearance(matter, ask, word, key.case if may else None, key.party if may else None)


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
    return [replace(one, hash=f"{one.hash}~{actor.id}") for one in told]


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
    return replace(
        entry,
        event=event.model_copy(update=less) if less else event,
        envelope=envelope.model_copy(update={"data": {**envelope.data, **less}, "read": read}),
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
