"""Whether a victim may hear from the service, where it was the offender who began."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.case import Case


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
