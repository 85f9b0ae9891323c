"""Who is allocated is there, and is wanted by the people whom they work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.joining import threads_of

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.staff import Allocating


def those_allocated_must_still_be_there(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The lead or the co-facilitator of this case has left: hand it over, and a supervisor
    allocates somebody else."""
    known = (asking.known(name) for name in asking.now.facilitators)
    return all(who is not None and who.active for who in known)


def nobody_is_joined_by_somebody_they_do_not_want(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """One of the two does not want the lead or the co-facilitator, or who covers for them: a
    supervisor allocates somebody else first."""
    people = {person for thread in threads_of(case, command) for person in thread.people}
    there = {who.id for p in asking.now.facilitators if (who := asking.in_place_of(p))}
    facilitators = there | set(asking.now.facilitators)
    return not any(asking.now.party(person).not_wanted & facilitators for person in people)


def nobody_is_allocated_whom_they_do_not_want(
    case: Case, command: Allocating, asking: Asking
) -> bool:
    """Somebody in this case does not want this facilitator."""
    places = command.places(asking.now)
    named = {places.lead, places.co} - {None}
    people = {p for t in case.threads.values() if t.open for p in t.people}
    return not any(case.party(person).not_wanted & named for person in people)
