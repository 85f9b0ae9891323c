"""Who stands in for whom at a moment: one place for the gate, the rules and the lists.

A cover acts in their own name, by their own roles and training, and only while whoever they cover
is away. Nobody covers while they are away themselves, so there is no chain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.case import Case
from domain.permissions import WORKING, View, allocated, may

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from domain.absence import Absence
    from domain.permissions import State
    from domain.practitioner import Practitioner
    from domain.words import Act


def perhaps_covered(who: Practitioner, what: Act | View, state: State) -> frozenset[str]:
    """Return whose absence decides whether somebody may do or see this; nobody's, if they may
    anyway, or could not even then."""
    if not isinstance(state, Case) or may(who, what, state):
        return frozenset()
    if not who.active or not who.roles & WORKING or who.id in state.conflicted:
        return frozenset()
    return allocated(state) - {who.id}


def as_covering(
    who: Practitioner,
    what: Act | View,
    state: State,
    registered: Callable[[str], Practitioner | None],
    moment: datetime,
) -> Practitioner:
    """Return somebody with everybody for whom they stand in here at this moment, where only so they
    may do or see this. `registered` returns a practitioner by reference, as they are now."""
    asked = sorted(perhaps_covered(who, what, state))
    if not asked:
        return who
    return standing_in(who, filter(None, map(registered, asked)), moment)


def standing_in(
    who: Practitioner, others: Iterable[Practitioner], moment: datetime
) -> Practitioner:
    """Return somebody with whom of these others they cover for at this moment."""
    return who.changed(covers=frozenset(o.id for o in others if covers(who, o, moment)))


def covers(who: Practitioner, other: Practitioner, moment: datetime) -> bool:
    """Say whether somebody covers for another one at this moment: both still work here, the one is
    away and named them, and they are there themselves.

    Nobody gives what was taken from them: without a role that works with people they are covered
    by nobody.
    """
    absence = other.away(moment) if other.active and other.roles & WORKING else None
    named = absence is not None and absence.cover == who.id
    return named and who.active and who.away(moment) is None


def stands_in(cover: Practitioner, other: Practitioner, case: Case, moment: datetime) -> bool:
    """Say whether somebody covers for another one at this moment, and may work on this case."""
    there = covers(cover, other, moment)
    return there and may(cover.changed(covers=frozenset({other.id})), View.CASE, case)


def away_from(
    case: Case, registered: Callable[[str], Practitioner | None], moment: datetime
) -> dict[str, Absence]:
    """Return who of those allocated is away at this moment, by reference, each with whoever really
    stands in for them here; `registered` as for `as_covering`."""
    found = {}
    for other in filter(None, map(registered, sorted(allocated(case)))):
        if (absence := other.away(moment)) is not None:
            cover = registered(absence.cover) if absence.cover else None
            if cover is None or not stands_in(cover, other, case, moment):
                absence = replace(absence, cover=None)
            found[other.id] = absence
    return found


def named_covers(away: Iterable[Practitioner], moment: datetime) -> frozenset[str]:
    """Return whom those of these who are away at this moment named to cover for them."""
    absences = (who.away(moment) for who in away)
    return frozenset(one.cover for one in absences if one is not None and one.cover)
