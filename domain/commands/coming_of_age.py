"""That somebody is 18 by now: the choice is theirs alone, and made afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.commands.suspending import How, suspended
from domain.events.linking import AdultStoodDown
from domain.events.roles import RoleCorrected
from domain.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.asking import At
    from domain.case import Case
    from domain.event import CaseEvent

AS_AN_ADULT = {
    Role.CHILD_VICTIM: Role.DIRECT_VICTIM,
    Role.CHILD_IN_DA_HOUSEHOLD: Role.WITNESSING_VICTIM,
    Role.CHILD_OFFENDER: Role.OFFENDER,
}
"""What somebody recorded as a child is once they are 18; a person looks at it."""


def comes_of_age(case: Case, party: str, on: datetime) -> Iterator[CaseEvent | At]:
    """Yield that this child is an adult: what is booked waits, and their adults stand down."""
    threads = tuple(t.id for t in case.open_threads_of(party))
    role = AS_AN_ADULT[case.party(party).role]
    yield RoleCorrected(party=party, role=role, threads=threads)
    yield from stand_down(case, party)
    yield from suspended(case, threads, How.A_BREAK, on, party=party, by="FACILITATOR")


def stand_down(case: Case, child: str) -> Iterator[CaseEvent]:
    """Yield that whoever answered for this child has no say any more.

    Somebody of whom it is not on record whose adult they are answers for every child of the case,
    and goes on doing so while there is another.
    """
    others = [p for p in case.parties.values() if p.is_child and p.id != child]
    for person in case.parties.values():
        theirs = person.of == child or (person.of is None and not others)
        if person.answers_for_a_child and theirs:
            yield AdultStoodDown(party=person.id, child=child)
