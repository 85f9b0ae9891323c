"""Rules about who covers for somebody who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.absence import LONGEST
from domain.competence import trained_for
from domain.permissions import WORKING
from domain.rules.staff import able_to_facilitate
from domain.words import Act, StaffRole

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.commands.absence import Arranging
    from domain.practitioner import Practitioner


def an_absence_is_for_a_time(
    practitioner: Practitioner, command: Arranging, asking: Asking
) -> bool:
    """An absence ends within half a year: whoever is away for longer hands their cases over."""
    starts, back = command.span(practitioner, asking)
    return back - starts <= LONGEST


def nobody_is_away_twice_at_once(
    practitioner: Practitioner, command: Arranging, asking: Asking
) -> bool:
    """They are away then already: change that absence instead (change_absence)."""
    span = command.span(practitioner, asking)
    others = (a for a in practitioner.absences.values() if a.id != command.changes())
    return not any(one.meets(*span) for one in others)


def a_cover_works_in_the_same_service(
    practitioner: Practitioner, command: Arranging, asking: Asking
) -> bool:
    """Whoever covers is active, and in the same organisation and area."""
    cover = _cover(asking, practitioner, command)
    same = cover is None or (
        (cover.organisation, cover.area) == (practitioner.organisation, practitioner.area)
    )
    return cover is None or (cover.active and same)


def a_cover_may_do_what_they_cover(
    practitioner: Practitioner, command: Arranging, asking: Asking
) -> bool:
    """Whoever covers has the roles in which the other one works with people, and is trained and in
    date for them; what a single case asks for besides is asked at each act."""
    cover = _cover(asking, practitioner, command)
    if cover is None:
        return True
    roles = practitioner.roles & WORKING
    facilitates = StaffRole.FACILITATOR not in roles or able_to_facilitate(cover, asking)
    supervises = StaffRole.SUPERVISOR not in roles or trained_for(
        cover, Act.SUPERVISE, asking.matrix
    )
    return roles <= cover.roles and facilitates and supervises


def a_cover_is_there_themselves(
    practitioner: Practitioner, command: Arranging, asking: Asking
) -> bool:
    """Whoever covers is away themselves for some of that time: nobody covers for a cover."""
    cover = _cover(asking, practitioner, command)
    span = command.span(practitioner, asking)
    return cover is None or not any(one.meets(*span) for one in cover.absences.values())


def _cover(asking: Asking, practitioner: Practitioner, command: Arranging) -> Practitioner | None:
    reference = command.covering(practitioner)
    return asking.practitioner(reference) if reference else None
