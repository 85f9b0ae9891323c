"""How somebody may be reached safely, and beforehand whether they may be tried now: nothing is
recorded but the looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.beyond import Looking
from client.failures import Denied
from client.reading import What
from domain.asking import Asking
from domain.fold import fold
from domain.permissions import View, may
from domain.welcome import welcome
from domain.words import THEIR_OWN_RIGHT, Act
from vault import Unfit, Unopened
from vault.details import PartyDetails

if TYPE_CHECKING:
    from client.reading import Reading
    from domain.case import Case
    from domain.contact_plan import ContactPlan
    from domain.matrix import Matrix
    from domain.record import Actor
    from domain.texts import TextRef
    from domain.welcome import Welcome
    from domain.words import Channel


@dataclass(frozen=True, slots=True)
class Reaching:
    """How one person may be reached: codes of the record, and what they said of it in words."""

    party: str
    no_contact: bool
    will_be_in_touch: bool
    not_before: datetime | None
    """The day and hour that they set."""
    safe: tuple[Channel, ...] | None
    """These ways and no others; None if they did not say."""
    not_safe: tuple[Channel, ...]
    said: str | None
    """What they said of it, in words."""
    interpreters: tuple[str, ...]
    """Who interprets for them, or helps them to speak and understand."""


def reaching(reading: Reading, actor: Actor, of: tuple[str, str], purpose: str) -> Reaching:
    """Return how a person of a case may be reached, `of` as for `before_reaching`.

    Raises `Denied`, `Nonsense` if there is no such person, and what reading raises.
    """
    case, party = of
    state = reading.case_as_it_is(actor, case, purpose)
    if not state.version:
        raise Denied
    return _how(reading, actor, state, party, purpose)


def before_reaching(
    reading: Reading,
    actor: Actor,
    of: tuple[str, str],
    *,
    purpose: str,
    matrix: Matrix,
    contact_plan: ContactPlan,
) -> tuple[Welcome, Reaching]:
    """Return how welcome it is now that this actor tries to reach a person of a case, and how that
    person may be reached.

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
            contact_plan=contact_plan,
        )
        found = welcome(entries, party, asking)
    return found, _how(reading, actor, now, party, purpose)


def _how(reading: Reading, actor: Actor, state: Case, party: str, purpose: str) -> Reaching:
    person = state.party(party)
    beside = (p.id for p in state.parties.values() if p.of == party and p.role in THEIR_OWN_RIGHT)
    return Reaching(
        party=party,
        no_contact=person.no_contact,
        will_be_in_touch=person.will_ring,
        not_before=person.next_contact,
        safe=None if person.safe_ways is None else tuple(sorted(person.safe_ways)),
        not_safe=tuple(sorted(person.closed_ways)),
        said=_in_their_words(reading, actor, state.id, person.details, purpose),
        interpreters=tuple(sorted(beside)),
    )


def _in_their_words(
    reading: Reading, actor: Actor, case: str, details: TextRef | None, purpose: str
) -> str | None:
    if details is None:
        return None
    told = reading.words(actor, case, [details], purpose)[details.id]
    if isinstance(told, Unopened):
        return f"[{told}]"
    try:
        return PartyDetails.parse(told).safe_way
    except Unfit as error:
        return f"[{error}]"
