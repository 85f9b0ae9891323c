"""Asking beforehand whether somebody may be tried now, when and how: nothing is recorded but the
look.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.beyond import Looking
from client.failures import Denied
from client.reading import What
from domain.asking import Asking
from domain.fold import fold
from domain.permissions import View, may
from domain.welcome import welcome
from domain.words import Act

if TYPE_CHECKING:
    from client.reading import Reading
    from domain.matrix import Matrix
    from domain.record import Actor
    from domain.welcome import Welcome


def before_reaching(
    reading: Reading, actor: Actor, of: tuple[str, str], matrix: Matrix, purpose: str
) -> Welcome:
    """Return how welcome it is now that this actor tries to reach a person of a case.

    `of` is the case and the person's name in it. Raises `Denied` also for whoever may see the case
    and may not be in touch, `Nonsense` if there is no such person, and what reading raises.
    """
    case, party = of
    with reading.reading(actor, What(View.CASE, case), purpose) as entries:
        now = fold(entries)
        who = reading.gate.who_here(actor.id, Act.INFORM, now)
        if not entries or who is None or not may(who, Act.INFORM, now):
            raise Denied
        known = Looking(reading.log, reading.gate, actor, reading.combined).elsewhere(now, party)
        asking = Asking(
            actor=actor,
            origin="asked",
            at=datetime.now(UTC),
            command_id="asked-beforehand",
            practitioners={who.id: who},
            signed_in=who,
            elsewhere={} if known is None else {party: known},
            history=entries,
            matrix=matrix,
        )
        return welcome(entries, party, asking)
