"""What is owed after a pair has ended: weighing a later offer. It is put to nobody as a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_hear
from domain.calendar import working_days_after
from domain.words import EndReason, FutureOffers

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, Thread
    from domain.limits import Limits
    from domain.owed.who import Found

ELSEWHERE = frozenset(
    {
        EndReason.DUPLICATE_MERGED,
        EndReason.ENTERED_IN_ERROR,
        EndReason.TRANSFERRED,
        EndReason.NOT_RESTORATIVE_JUSTICE,
    }
)
"""There is nothing here to make an offer of."""


def later_stage(case: Case, limits: Limits) -> Found:
    """Yield each ended pair whose criminal case has moved on since, or that was referred since, and
    whose victim did not say no to later offers, until one was made or somebody weighed it."""
    for thread in case.threads.values():
        victim, offender = case.party(thread.victim), case.party(thread.offender)
        welcome = victim.reachable and victim.later_offers is not FutureOffers.REFUSED
        moved = _moved_on(thread, offender.stage_at, case.referred_at)
        if welcome and moved and not offender.died and may_hear(case, victim.id, thread.id):
            yield thread.id, moved, working_days_after(moved, limits.later_stage)


def _moved_on(thread: Thread, *moved: datetime | None) -> datetime | None:
    ended = thread.current.ended
    if ended is None or ended.reason in ELSEWHERE:
        return None
    weighed = [at for at in (thread.later_offer_at, thread.no_later_offer_at) if at]
    since = [at for at in moved if at is not None and at > max([ended.at, *weighed])]
    return min(since, default=None)
