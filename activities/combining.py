"""Reading what the people of a case said in their other cases; each time that is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import structlog

from access import Combination
from activities.facts import facts_in
from domain.asking import PersonCommand
from domain.beyond import other_appearances
from domain.command import StreamKind
from domain.commands.linking import LinkPerson
from domain.fold import fold, fold_person
from domain.person import Elsewhere, Key, Other, elsewhere, word_of
from domain.record import Actor
from store import Altered, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.case import Case
    from domain.command import Command
    from domain.person import Person
    from domain.record import Entry
    from store import Log
    from vault import Vault

WORKER = Actor(id="service:worker", identified="service")
"""The service itself, which looks on somebody's behalf."""
Tell: TypeAlias = Callable[[Combination], None]
"""Writes down that a link was used."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which persons' streams a decision rests on, the cases it names, and who asks."""

    persons: frozenset[str]
    cases: Mapping[str, Case]
    actor: str


@dataclass(slots=True)
class Combined:
    """What a decision in one case may look at of others."""

    persons: dict[str, Person] = field(default_factory=dict)
    elsewhere: dict[str, Elsewhere] = field(default_factory=dict)
    linked_by: dict[str, frozenset[str]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


def combine(
    log: Log,
    history: Sequence[Entry],
    command: Command,
    wanted: Wanted,
    tell: Tell,
) -> Combined:
    """Return these persons, and what each said in cases other than this one, as those say by now.

    What cannot be read counts as the stricter value. Nothing is read if nobody here is linked, and
    nothing told if nobody appears elsewhere. Raises `Unavailable` of the log.
    """
    persons = set(wanted.persons)
    if isinstance(command, LinkPerson) and command.other in wanted.cases:
        theirs = wanted.cases[command.other].persons.get(command.there)
        persons |= {theirs.person} if theirs and not theirs.undone else set()
    found = Combined()
    if not persons:
        return found
    unreadable = {one for one in persons if not _person(log, one, found)}
    case, seen = fold(history), set(found.versions)
    if not command.protective:
        for party, linked in case.persons.items():
            if not linked.undone and linked.person in persons:
                _party(log, case, party, found, unread=linked.person in unreadable)
    others = sorted(set(found.versions) - seen)
    if others or any(len(one.appearances) > 1 for one in found.persons.values()):
        named = tuple(sorted(persons))
        tell(Combination(WORKER, case.id, named, tuple(others), command.name(), wanted.actor))
    return found


def goes_on_in(command: Command, cases: Mapping[str, Case]) -> set[str]:
    """Return the cases that those a person's stream looks at go on in: they may appear there."""
    if not isinstance(command, PersonCommand):
        return set()
    return {case.merged.into for case in cases.values() if case.merged is not None}


def details_of(
    vault: Vault, history: Sequence[Entry], command: Command, cases: Mapping[str, Case]
) -> dict[str, Any]:
    """Return a person's details in the case that their stream is told of, where it may be that they
    are an adult there by now; else nothing, and the vault is not asked."""
    if not isinstance(command, PersonCommand) or not history or command.case not in cases:
        return {}
    person, case = fold_person(history), cases[command.case]
    party = case.parties.get(command.party)
    known = person.appearances.get(Key(command.case, command.party))
    corrected = party is not None and known is not None and known.word.child and not party.is_child
    if not corrected or party is None or party.details is None or not person.awaits_age:
        return {}
    return facts_in(vault, case.id, [party.details])


def documents(
    log: Log, vault: Vault, history: Sequence[Entry], actor: str, tell: Tell
) -> list[dict[str, Any]]:
    """Return a person's details in each of their cases, while they are recorded as a child.

    Nothing for any other stream. Raises `Unavailable` of the log or the vault.
    """
    if not history or history[0].stream[:2] != StreamKind.PERSON:
        return []
    person = fold_person(history)
    found: list[dict[str, Any]] = []
    if not person.awaits_age:
        return []
    for key in person.appearances:
        party = _case(log, key.case).parties.get(key.party)
        if party is not None and party.details is not None:
            found += facts_in(vault, key.case, [party.details]).values()
    cases = tuple(sorted({key.case for key in person.appearances}))
    if len(cases) > 1:
        tell(Combination(WORKER, person.id, (person.id,), cases, "came_of_age", actor))
    return found


def _person(log: Log, stream: str, found: Combined) -> bool:
    """Take in a person's stream; say whether it could be read. An empty one knows nothing yet."""
    try:
        entries = log.load(stream)
        if entries:
            found.persons[stream], found.versions[stream] = fold_person(entries), len(entries)
    except (Altered, Unreadable) as error:
        _log.error("person_not_read", person=stream, why=type(error).__name__)
        return False
    return True


def _party(log: Log, case: Case, party: str, found: Combined, *, unread: bool) -> None:
    person = found.persons.get(case.persons[party].person)
    said, words = other_appearances(case, party, person), []
    for key, known in said.items():
        try:
            other = _case(log, key.case)
        except (Altered, Unreadable) as error:
            _log.error("case_not_read", case=key.case, why=type(error).__name__)
            unread = True
            continue
        found.versions[key.case] = other.version
        same = known.same_matter if known else case.persons[party].same_matter
        if key.party in other.parties:
            words.append(Other(word_of(other, key.party), same))
        there = other.persons.get(key.party)
        if there is not None and (there.other, there.there) == (case.id, party):
            found.linked_by[party] = found.linked_by.get(party, frozenset()) | {there.by}
    if words or unread:
        found.elsewhere[party] = elsewhere(word_of(case, party), words, unreadable=unread)


def _case(log: Log, stream: str) -> Case:
    return fold(log.load(stream))
