"""Whether one may hear from the service, where it was the other who began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import Choice, TowardsThem

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case


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
