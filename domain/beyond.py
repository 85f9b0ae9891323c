"""What a decision and the clock do with a person's stream, and when a case needs to read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.age import may_be_told_on
from domain.calendar import end_of, is_working_day, local_day
from domain.commands.linking import FollowPerson, NotePersonTold
from domain.events.persons import CameOfAge
from domain.fold import fold_person
from domain.message import Present
from domain.owed.row import Binds
from domain.person import Key, Other, others_of
from domain.record import Draft

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.command import Command
    from domain.person import Person
    from domain.record import Entry

STAGE = "PERSON"
"""The stage of every person's stream."""


def linked_to(case: Case, command: Command) -> frozenset[str]:
    """Return the persons' streams that deciding this command in this case reads.

    Those of everybody in the case who is linked; of a protective act only what it is about.
    """
    if isinstance(command, FollowPerson):
        return frozenset({command.person})
    if isinstance(command, NotePersonTold):
        linked = case.persons.get(command.party)
        return frozenset(filter(None, (linked.person, linked.left) if linked else ()))
    if command.protective:
        return frozenset()
    return frozenset(one.person for one in case.persons.values() if not one.undone)


def other_appearances(case: Case, party: str, person: Person | None) -> Mapping[Key, Other | None]:
    """Return where else this person appears, and what their stream knows of what they said there.

    Also the case by which they were linked, if their stream does not know of it yet: that it is
    this person, and of which matter, is known; what was said is to be read there (None).
    """
    linked, key = case.persons[party], Key(case.id, party)
    known: dict[Key, Other | None] = dict(others_of(person, key)) if person else {}
    if person is not None and key in person.appearances:
        return known
    if linked.other is None:
        # The person's stream does not count this case among theirs any more.
        return {}
    if person is not None and linked.other and linked.there:
        # Not noted yet: who is of the same matter follows from the appearance linked with.
        through = person.appearances.get(Key(linked.other, linked.there))
        for other, one in person.appearances.items():
            same = through is not None and one.matter == through.matter and linked.same_matter
            known[other] = Other(one.word, same)
    if linked.other and linked.there:
        known.setdefault(Key(linked.other, linked.there), None)
    return known


def tick_of_person(
    history: Sequence[Entry], at: datetime, documents: Iterable[Mapping[str, Any]]
) -> tuple[Draft, ...]:
    """Return that a person came of age, once it may be put on record; nothing else falls due.

    `documents` are their details in each case, as the vault has them today.
    """
    ready = fold_person(history).awaits_age and may_be_told_on(documents, local_day(at))
    return (Draft(CameOfAge(), at),) if ready else ()


def present_of_person(history: Sequence[Entry], at: datetime | None) -> Present:
    """Return where a person's stream stands at this moment; at its last entry, if none is given.

    While they are recorded as a child, the vault is asked on every working day.
    """
    person, last = fold_person(history), history[-1]
    since = max(at or last.recorded_at, last.recorded_at)
    due = next_look(since) if person.awaits_age else None
    waits_for = [Binds.STAFF.value] if person.untold else []
    waits_for += [Binds.CLOCK.value] if due else []
    return Present(
        version=last.version,
        head=last.hash,
        stage=STAGE,
        waits_for=tuple(sorted(waits_for)),
        next_due=due,
        open=bool(waits_for),
    )


def next_look(moment: datetime) -> datetime:
    """Return the midnight, Europe/London, with which the next working day begins, in UTC."""
    day = local_day(moment) + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return end_of(day - timedelta(days=1))
