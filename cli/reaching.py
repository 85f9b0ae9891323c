"""How somebody may be reached safely: codes of the record, and what they said of it in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.ending import nonsense
from cli.moments import shown
from cli.wording import words_of
from client import Denied
from domain.words import THEIR_OWN_RIGHT
from vault import Unopened
from vault.details import PartyDetails
from vault.problems import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cli.looking import Look
    from domain.party import Party
    from domain.words import Channel


@dataclass(frozen=True, slots=True)
class Reaching:
    """How one person may be reached."""

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


def reaching(look: Look, case: str, party: str, purpose: str) -> Reaching:
    """Return how this person may be reached. Raises `Denied`, and `Ended` if there is none such."""
    state = look.reading.case_as_it_is(look.actor, case, purpose)
    if not state.version:
        raise Denied
    if party not in state.parties:
        raise nonsense("there is no such person in this case")
    person = state.party(party)
    beside = (p.id for p in state.parties.values() if p.of == party and p.role in THEIR_OWN_RIGHT)
    return Reaching(
        party=party,
        no_contact=person.no_contact,
        will_be_in_touch=person.will_ring,
        not_before=person.next_contact,
        safe=None if person.safe_ways is None else tuple(sorted(person.safe_ways)),
        not_safe=tuple(sorted(person.closed_ways)),
        said=_in_their_words(look, case, person, purpose),
        interpreters=tuple(sorted(beside)),
    )


def _in_their_words(look: Look, case: str, person: Party, purpose: str) -> str | None:
    if person.details is None:
        return None
    told = look.reading.words(look.actor, case, [person.details], purpose)[person.details.id]
    if isinstance(told, Unopened):
        return f"[{told}]"
    try:
        return PartyDetails.parse(told).safe_way
    except Unfit as error:
        return f"[{error}]"


def in_words(one: Reaching) -> Iterator[str]:
    """Yield how they may be reached, for whoever is about to be in touch."""
    if one.no_contact:
        yield f"{one.party} asked not to be contacted"
    if one.will_be_in_touch:
        yield f"{one.party} will be in touch themselves"
    if one.not_before:
        yield f"{one.party} set a day and hour for the next contact: {shown(one.not_before)}"
    if one.safe is not None:
        yield f"{one.party} may be reached by {_ways(one.safe)}, and in no other way"
    if one.not_safe:
        yield f"{one.party} is not to be reached by {_ways(one.not_safe)}"
    if one.said:
        yield f"{one.party} said of it: {one.said}"
    if one.interpreters:
        yield f"{', '.join(one.interpreters)} interprets for {one.party}"


def _ways(channels: Iterable[Channel]) -> str:
    return ", ".join(words_of(channel) for channel in channels) or "nothing"
