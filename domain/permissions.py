"""Who may do or see what, and where: the one question that door, activity and lists all ask.

May is not the same as trained: whoever may not act here is told only that; rules about training,
stage and consent speak to those who may.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.case import Case
from domain.person import Person
from domain.practitioner import Practitioner
from domain.words import Act, PractitionerKind, StaffRole

if TYPE_CHECKING:
    from collections.abc import Callable


class View(StrEnum):
    """What can be looked at."""

    CASE = "CASE"
    """A case as it is: coded facts."""
    HISTORY = "HISTORY"
    """Who did what when, and what changed."""
    WORDS = "WORDS"
    """Personal texts of a case."""
    BOTH_CLOCKS = "BOTH_CLOCKS"
    """What was known at an earlier time, corrected or not."""
    REGISTER = "REGISTER"
    """The register of practitioners."""
    MATCHES = "MATCHES"
    """Whether others are like the people of a case, or another case is of the same matter."""
    FIND = "FIND"
    """Whether somebody is known here: yes or no, and whom to ask."""
    OVERVIEW = "OVERVIEW"
    """Lists and work queues: of them, the cases that the reader may see."""


State = Case | Practitioner | Person | None
MAY_OPEN = frozenset(
    {StaffRole.INTAKE, StaffRole.CASE_WORKER, StaffRole.FACILITATOR, StaffRole.SUPERVISOR}
)
WORKING = MAY_OPEN | {StaffRole.SPECIALIST}
"""Whoever is allocated acts while they have a role that works with people: not once it was taken
back, and not as an administrator."""


def may(who: Practitioner, what: Act | View, state: State = None) -> bool:
    """Say whether this practitioner may do or see this, on this case or register entry.

    `state` is None, or a case of version 0, for what does not exist yet. Somebody who is not
    active may nothing.
    """
    if not who.active:
        return False
    if what is Act.PROTECT:
        return True
    if who.kind is PractitionerKind.SYSTEM:
        return (who.id, what) in SYSTEMS
    if isinstance(state, Case) and who.id in state.conflicted:
        return False
    return TABLE[what](who, state)


SYSTEMS = frozenset(
    {
        ("service:clock", Act.CLOCK),
        ("service:follow_up", Act.FINISH_FOLLOW_UP),
        ("service:setup", Act.KEEP_REGISTER),
        ("service:worker", View.OVERVIEW),
        ("service:worker", View.CASE),
        ("service:matcher", View.MATCHES),
    }
)
"""What the service itself may do, system by system."""


def _opens_or_works(who: Practitioner, state: State) -> bool:
    if isinstance(state, Person):
        return False
    if not isinstance(state, Case) or state.version == 0:
        return bool(who.roles & MAY_OPEN)
    takes_calls = StaffRole.INTAKE in who.roles and state.accepted_at is None
    return _works_on(who, state) or takes_calls


def _works_on(who: Practitioner, state: State) -> bool:
    if not isinstance(state, Case) or not who.roles & WORKING:
        return False
    allocated = (state.case_worker, state.lead, state.co, state.supervisor)
    return who.id in allocated or _supervises(who, state)


def _compares(who: Practitioner, state: State) -> bool:
    return isinstance(state, Case) and state.version > 0 and _opens_or_works(who, state)


def _finds(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return bool(who.roles & MAY_OPEN)


def _facilitates(who: Practitioner, state: State) -> bool:
    allocated = isinstance(state, Case) and who.id in state.facilitators
    return allocated and StaffRole.FACILITATOR in who.roles


def _resolves(who: Practitioner, state: State) -> bool:
    opens = not isinstance(state, Case | Person) or state.version == 0
    return opens and StaffRole.CASE_WORKER in who.roles


def _supervises(who: Practitioner, state: State) -> bool:
    if StaffRole.SUPERVISOR not in who.roles or state is None:
        return False
    if isinstance(state, Case) and who.id == state.supervisor:
        return True
    if isinstance(state, Person):
        return False
    return (who.organisation, who.area) == (state.organisation, state.area)


def _keeps_register(who: Practitioner, state: State) -> bool:
    return StaffRole.ADMINISTRATOR in who.roles and not isinstance(state, Case | Person)


def _sees(who: Practitioner, state: State) -> bool:
    reviewers = {StaffRole.AUDITOR, StaffRole.DATA_PROTECTION_OFFICER}
    return _works_on(who, state) or bool(who.roles & reviewers)


def _reviews(who: Practitioner, state: State) -> bool:
    reviewers = {StaffRole.AUDITOR, StaffRole.DATA_PROTECTION_OFFICER}
    return bool(who.roles & reviewers) or _supervises(who, state)


def _decides_handling(who: Practitioner, state: State) -> bool:
    if isinstance(state, Person):
        return False
    return StaffRole.DATA_PROTECTION_OFFICER in who.roles or _supervises(who, state)


def _anyone(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return True


def _nobody(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return False


TABLE: dict[Act | View, Callable[[Practitioner, State], bool]] = {
    Act.INFORM: _opens_or_works,
    Act.LOCAL_RESOLUTION: _resolves,
    Act.FACILITATE: _facilitates,
    Act.SUPERVISE: _supervises,
    Act.FINISH_FOLLOW_UP: _supervises,
    Act.DECIDE_HANDLING: _decides_handling,
    Act.PROTECT: _anyone,
    Act.KEEP_REGISTER: _keeps_register,
    Act.CLOCK: _nobody,
    View.CASE: _sees,
    View.HISTORY: _sees,
    View.WORDS: _works_on,
    View.BOTH_CLOCKS: _reviews,
    View.MATCHES: _compares,
    View.FIND: _finds,
    View.REGISTER: _anyone,
    View.OVERVIEW: _anyone,
}
