"""What a person said in their other cases, as events of this one; and that they are 18 now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.commands.coming_of_age import comes_of_age
from domain.commands.suspending import How, suspended
from domain.commands.taking_over import STAYS as PUT_OFF
from domain.events import choice, contacting, linking, people, protection
from domain.linked import Fact
from domain.person import Key, elsewhere, others_of, word_of
from domain.words import ContactBy, FutureOffers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.asking import At
    from domain.case import Case, Party
    from domain.event import CaseEvent
    from domain.person import Elsewhere, Person, Word

STAYS = (*PUT_OFF, linking.PersonLinked, linking.PersonFollowed, linking.PersonToldNoted)
"""What is not undone with a link: what was put off is planned afresh or not at all."""


def heeded(case: Case, party: str, person: Person, on: datetime) -> Iterator[CaseEvent | At]:
    """Yield what is to hold here of what this person said elsewhere, and that it was looked at.

    The latest word counts. What holds already is left out; what was taken over and no longer holds
    elsewhere is lifted, as they lifted it.
    """
    here, key = case.party(party), Key(case.id, party)
    known = elsewhere(word_of(case, party), others_of(person, key).values())
    linked = case.persons.get(party)
    before = linked.carried if linked else frozenset()
    carried = set(before)
    if known.no_contact and not here.no_contact:
        carried.add(Fact.CONTACT)
        yield choice.ContactStopped(party=party)
        yield from _off(case, party, on)
    elif here.no_contact and not known.no_contact and _said_later(case, party, person):
        carried.add(Fact.CONTACT)
        yield choice.ContactAllowed(party=party)
    if known.later_offers_refused and here.later_offers is not FutureOffers.REFUSED:
        carried.add(Fact.LATER_OFFERS)
        yield people.LaterOffersWishRecorded(party=party, later_offers=FutureOffers.REFUSED)
    elif Fact.LATER_OFFERS in before and _offers_wished_again(known, person, key):
        yield people.LaterOffersWishRecorded(party=party, later_offers=FutureOffers.NOT_SAID)
    yield from _reaching(here, known, person, key, carried)
    if known.died and not here.died:
        carried.add(Fact.DEATH)
        yield protection.DeathRecorded(party=party)
        yield from _off(case, party, on)
    came = person.came_of_age
    if came is not None and here.is_child and came > (linked.read if linked else 0):
        carried.add(Fact.AGE)
        yield from comes_of_age(case, party, on)
    yield from _warned(case, party, known)
    yield linking.PersonFollowed(
        party=party,
        person=person.id,
        read=person.version,
        carried=tuple(sorted(carried)),
        conflicts=tuple(sorted(known.conflicts)),
    )


def _warned(case: Case, party: str, known: Elsewhere) -> Iterator[CaseEvent]:
    """Yield what a person is to look at because of another case, as far as nobody was told yet."""
    linked = case.persons.get(party)
    told = linked.conflicts_told if linked else frozenset()
    here = {case.case_worker, case.lead, case.co, case.supervisor}
    for practitioner in sorted((known.conflicts & here) - told):
        yield linking.ConflictFoundElsewhere(party=party, practitioner=practitioner)
    before = linked.danger_told if linked else None
    if known.danger_at is not None and (before is None or known.danger_at > before):
        threads = tuple(thread.id for thread in case.open_threads_of(party))
        yield linking.DangerFoundElsewhere(party=party, raised_at=known.danger_at, threads=threads)


def _said_later(case: Case, party: str, person: Person) -> bool:
    """Say whether they lifted their wish in another case of this matter after it was made here.

    And after it was known here that it is them: to make a link lifts nothing.
    """
    mine, linked = word_of(case, party), case.persons.get(party)
    said = [word for word in _in_this_matter(person, Key(case.id, party)) if word.contact_at]
    lifted = [w.contact_at for w in said if not w.no_contact and w.contact_at]
    known = [at for at in lifted if linked is not None and at > linked.since]
    return any(mine.contact_at is None or at > mine.contact_at for at in known)


def _offers_wished_again(known: Elsewhere, person: Person, key: Key) -> bool:
    """Say whether they took back elsewhere in this matter that they want no later offers; a case
    that is now said to be of another matter takes nothing back."""
    said = [word for word in _in_this_matter(person, key) if word.later_offers_at]
    return bool(said) and not known.later_offers_refused


def _in_this_matter(person: Person, key: Key) -> list[Word]:
    return [one.word for one in others_of(person, key).values() if one.same_matter]


def _reaching(
    here: Party, known: Elsewhere, person: Person, key: Key, carried: set[Fact]
) -> Iterator[CaseEvent]:
    withheld = _withheld_in_this_matter(here, person, key)
    if withheld and here.contact_by is not ContactBy.REFERRER_ONLY:
        carried.add(Fact.DETAILS)
        yield contacting.DetailsWithheld(party=here.id)
    if known.ways is None:
        return
    closed = _closed(known.ways, here)
    opened = known.ways.safe_ways is not None and here.safe_ways is None
    if closed or opened:
        carried.add(Fact.WAYS)
    if opened:
        ways = set(known.ways.safe_ways or ()) - here.closed_ways - set(known.ways.closed_ways)
        yield contacting.SafeWaysRecorded(party=here.id, channels=tuple(sorted(ways)))
    if closed:
        yield contacting.WaysClosed(party=here.id, channels=tuple(sorted(closed)))


def _withheld_in_this_matter(here: Party, person: Person, key: Key) -> bool:
    """Say whether they last asked, in this matter and elsewhere, not to have details passed on."""
    said = [word for word in _in_this_matter(person, key) if word.details_at]
    last = max(said, key=lambda word: str(word.details_at), default=None)
    if last is None or not last.withheld or last.details_at is None:
        return False
    return here.contact_by_at is None or last.details_at > here.contact_by_at


def _closed(ways: Word, here: Party) -> set[str]:
    """Return the ways that are to be closed here, so that the stricter of both holds."""
    closed = set(ways.closed_ways) - here.closed_ways
    if ways.safe_ways is not None and here.safe_ways is not None:
        closed |= here.safe_ways - set(ways.safe_ways)
    return {str(way) for way in closed}


def _off(case: Case, party: str, on: datetime) -> Iterator[At]:
    threads = tuple(t.id for t in case.open_threads_of(party))
    yield from suspended(case, threads, How.FOR_GOOD, on, party=party)
