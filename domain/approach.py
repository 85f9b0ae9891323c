"""Whether one may hear from the service, where it was the other who began, and from when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import wait_key
from domain.words import Choice, TowardsThem

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.party import Party


UNTOUCHED = frozenset({Choice.NOT_YET_OFFERED, Choice.INFORMATION_GIVEN})


def may_hear(case: Case, victim: str, named: str | None = None) -> bool:
    """Say whether nothing that the offender began holds the service back from this victim.

    Asked of the pair named; else of what is open, since a pair that ended holds nobody up.
    """
    pairs = case.open_threads_of(victim) or case.threads_of(victim)
    if named is not None:
        pairs = (case.thread(named),)
    return not pairs or any(
        not case.is_held(pair.id)
        or (pair.approach is not None and pair.approach.allowed)
        or pair.current.victim.interested_at is not None
        for pair in pairs
    )


def wants_no_offer(case: Case, party: str, thread: str) -> bool:
    """Say whether taking part in this pair would be a later offer to this person, who wants none:
    it was opened, or taken up again, after they said so, and not at their asking."""
    pair, since = case.thread(thread), case.party(party).no_later_offers_since
    if since is None:
        return False
    side = pair.side(party)
    theirs = pair.current.asked_by == party or side.interested_at is not None
    return not theirs and side.choice in UNTOUCHED and pair.current.opened_at > since


def is_not_turned_to(case: Case, party: str, named: str | None = None) -> bool:
    """Say whether all that is under way with this person is a later offer, and they want none.

    Asked of the pair named, if one is.
    """
    pairs = case.open_threads_of(party) if named is None else (case.thread(named),)
    return bool(pairs) and all(wants_no_offer(case, party, pair.id) for pair in pairs)


def may_be_taken(case: Case, offender: str, step: TowardsThem) -> bool:
    """Say whether nothing that a victim began holds this step towards the offender back.

    What one victim did not agree to holds nothing up that is done for another pair.
    """
    pairs = case.open_threads_of(offender) or case.threads_of(offender)
    return not pairs or any(victim_agrees(case, pair.id, step) for pair in pairs)


def victim_agrees(case: Case, thread: str, step: TowardsThem) -> bool:
    """Say whether the victim agreed to this step in this pair, or it is not theirs to set."""
    return not case.is_the_victims_pace(thread) or step in case.thread(thread).current.victim.steps


def may_be_told(case: Case, party: str) -> bool:
    """Say whether nothing forbids the service to tell this person what is theirs to know."""
    person = case.party(party)
    return person.reachable and (not person.is_victim or may_hear(case, party))


def may_be_spoken_to(case: Case, party: str) -> bool:
    """Say whether besides that it is not for them to say when they are in touch: they will not ring
    themselves, and no day that they set, which is a clock of its own, is still to come."""
    person = case.party(party)
    waits = person.next_contact is not None and not day_came(case, person)
    return may_be_told(case, party) and not person.will_ring and not waits


def day_came(case: Case, person: Party) -> bool:
    """Say whether the day that this person set for the next contact came, as the clock told."""
    day = person.next_contact
    return day is not None and wait_key("contact_as_they_asked", person.id, day) in case.missed


def spoken_to_from(case: Case, party: str, known: datetime) -> datetime | None:
    """Return from when the service owes it to this person to be in touch: from when something was
    known of them, what held it back was over, or a day that they set came; None as long as it may
    not be in touch."""
    person = case.party(party)
    if not may_be_spoken_to(case, party):
        return None
    known = max(known, person.next_contact or known)
    if person.is_victim:
        return heard_from(case, party, known)
    return asked_from(case, party, known) if person.is_offender else known


def heard_from(case: Case, victim: str, known: datetime) -> datetime | None:
    """Return from when this victim may hear from the service: from when something was known of
    them, and where the offender began from when two people gave leave, the victim asked, or the
    case was found to be of another kind; None as long as none of these is so."""
    pairs = case.open_threads_of(victim) or case.threads_of(victim)
    if not pairs or any(not case.offender_began(pair.id) for pair in pairs):
        return known
    free = [case.classified_at or known for pair in pairs if not case.is_held(pair.id)]
    free += [a.decided_at or known for pair in pairs if (a := pair.approach) and a.allowed]
    asked = [pair.current.victim.interested_at for pair in pairs]
    free += [at for at in asked if at is not None]
    return max(known, min(free)) if free else None


def asked_from(case: Case, offender: str, known: datetime) -> datetime | None:
    """Return from when the service may turn to this offender: from when they were known to it, and
    if a victim began from when the case was classified, or from when a victim whose leave it takes
    agreed to that; None as long as none did."""
    pairs = case.open_threads_of(offender) or case.threads_of(offender)
    free = [pair for pair in pairs if not case.is_the_victims_pace(pair.id)]
    if not pairs or any(not case.victim_began(pair.id) for pair in free):
        return known
    if free:
        return max(known, case.classified_at or known)
    steps = (pair.current.victim.steps.get(TowardsThem.APPROACH_THEM) for pair in pairs)
    agreed = [at for at in steps if at is not None]
    return max(known, min(agreed)) if agreed else None
